"""An article to fill in: what ``rls-site new`` writes, and what the link "Add a page" opens."""

from __future__ import annotations

import datetime
import json

from .front_matter import KEYS, TYPES, YEAR, longest
from .rules.blocks import NEEDS_SAFETY_LINE, NEEDS_SHORT_VERSION
from .rules.headings import REQUIRED_HEADINGS
from .rules.wording import UNWRITTEN
from .site import EDITORS, Site
from .strict_yaml import YamlFault, load

ENDINGS = {
    "What it is": "What it is",
    "How to": "How to do it",
    "How well": "How well it works",
    "Harms": "Harms and cautions",
    "If you do nothing": "If you do nothing",
    "How to tell": "How to tell if it works for you",
    "What we do not know": "What we do not know",
    "When to get help": "When to get help",
    "When to stop": "When to stop",
}
"""For the phrase a required heading begins with, a whole heading."""

TAGS = {"treatment": "treatment", "device": "leg-massager", "tool": "tools", "about": "about"}
"""A first tag by type."""

STEPS = """\
/// steps | Ten minutes
1. **1 minute.** Look at both legs.
2. **9 minutes.** {unwritten} what to do.
///
"""

QUESTION = """\
## {unwritten} the first question, as readers ask it? {{ #first-question }}

{unwritten} the answer in the first sentence, then who was studied, how sure we are, and a link to the page that tells more.
"""


def _value(text: str) -> str:
    """Return text as YAML reads it back: in quotes where it would be taken for something else."""
    try:
        same = load(f"key: {text}").plain() == {"key": text}
    except YamlFault:
        same = False
    return text if same else json.dumps(text, ensure_ascii=False)


def draft(site: Site, path: str, kind: str, title: str, day: datetime.date) -> str:
    """Return a whole article of type ``kind``, last reviewed on ``day``: valid, with UNWRITTEN wherever its writer has something to write."""
    tag = TAGS.get(kind, "self-care")
    claims = site.evidence.claims.values()
    claim = next((claim.id for claim in claims if tag in claim.topics), next(iter(site.evidence.claims), ""))
    front = {
        "title": _value(title),
        "description": json.dumps(f"{UNWRITTEN} the answer in one sentence, 50 to 165 characters, for {title}", ensure_ascii=False),
        "type": kind,
        "audience": "[people-with-rls]",
        "tags": f"[{tag}]",
        "authors": f"[{EDITORS}]",
        "reviewed_by": "nobody",
        "written": day.isoformat(),
        "last_reviewed": day.isoformat(),
        "next_review": _due(day, path).isoformat(),
        "evidence_searched": day.isoformat(),
    }
    if "scope" in TYPES[kind]:
        front["scope"] = f'"{UNWRITTEN} what this page covers, and what it does not."'
    if "main_claim" in TYPES[kind]:
        front["main_claim"] = claim
    parts = ["---", *(f"{key}: {front[key]}" for key in KEYS if key in front), "---", "", f"# {title}", ""]
    if kind in NEEDS_SHORT_VERSION:
        parts += ["/// short-version", f"- {UNWRITTEN} the answer first.", f"- {UNWRITTEN} how sure we are, and who was studied.", "///", ""]
    if kind in NEEDS_SAFETY_LINE:
        parts += ["/// safety | line", "///", ""]
    if kind == "questions":
        return "\n".join(parts) + "\n" + QUESTION.format(unwritten=UNWRITTEN)
    if kind == "how-to":
        parts += ["## How to do it", "", *STEPS.format(unwritten=UNWRITTEN).split("\n")]
    for phrases in REQUIRED_HEADINGS.get(kind, ()):
        parts += [f"## {ENDINGS[phrases[0]]}", ""]
        if phrases[0] == "How well":
            parts += [f"/// evidence | {claim}", "///", "", f"{UNWRITTEN} what the card means for you. Is this the claim the page is about?", ""]
        else:
            parts += [f"{UNWRITTEN} one to three short sentences.", ""]
    if kind not in REQUIRED_HEADINGS:
        parts += [f"{UNWRITTEN} the first sentence answers the question.", ""]
    return "\n".join(parts).rstrip("\n") + "\n"


def _due(day: datetime.date, path: str) -> datetime.date:
    if longest(path, ()) < YEAR:
        return day + datetime.timedelta(days=longest(path, ()))
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)
