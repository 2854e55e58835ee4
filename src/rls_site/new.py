"""``rls-site new SECTION/NAME``: a valid article to fill in, and its line in the navigation."""

from __future__ import annotations

import datetime
import json
import os
import re
from pathlib import Path

from .article import slug
from .front_matter import KEYS, TITLE_LENGTH, TYPES
from .problem import nearest
from .rules.blocks import NEEDS_SAFETY_LINE, NEEDS_SHORT_VERSION
from .rules.headings import REQUIRED_HEADINGS
from .rules.wording import UNWRITTEN
from .site import Site

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*")
"""What ``SECTION/NAME`` looks like: it becomes the address."""

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

STEPS = """\
/// steps | In ten minutes
1. **1 minute.** Look at both legs. No sores, no new swelling, no hot or sore calf.
2. **9 minutes.** {unwritten} what to do.
///
"""

QUESTION = """\
## {unwritten} the first question, as readers ask it? {{ #first-question }}

{unwritten} the answer in the first sentence, then who was studied, how sure we are, and a link to the page that tells more.
"""


class Refused(Exception):
    """Why no article was made, in words for an editor."""


def new(site: Site, name: str, kind: str, title: str) -> tuple[Path, int]:
    """Write ``docs/NAME.md`` and its nav line; returns the file and the line of ``mkdocs.yml`` that was added.

    Raises Refused, with nothing written, for a name, type or title that cannot be used.
    """
    path = f"{name.removeprefix('docs/').removesuffix('.md')}.md"
    _look_at(site, path, kind, title)
    nav_file = site.root / "mkdocs.yml"
    nav, line = nav_with(nav_file.read_text(encoding="utf-8"), path, title)
    article = text_of(site, path, kind, title)
    file = site.docs / path
    # Both texts are complete before either is written; the article is taken back if the nav cannot be.
    _write(file, article)
    try:
        _write(nav_file, nav)
    except OSError:
        file.unlink(missing_ok=True)
        raise
    return file, line


def _look_at(site: Site, path: str, kind: str, title: str) -> None:
    stem = path.removesuffix(".md")
    if not NAME.fullmatch(stem):
        raise Refused(f"the name must be SECTION/NAME in lower case with hyphens: found '{stem}'; write, for example, massage/{slug(Path(stem).name.replace('_', '-'))}")
    section = stem.split("/")[0]
    sections = sorted({other.split("/")[0] for other in site.articles if "/" in other})
    if section not in sections:
        raise Refused(f"the section must be one of {', '.join(sections)}: found '{section}'{nearest(section, sections)}")
    if kind not in TYPES:
        raise Refused(f"the type must be one of {', '.join(TYPES)}: found '{kind}'{nearest(kind, TYPES)}")
    if not TITLE_LENGTH[0] <= len(title) <= TITLE_LENGTH[1] or "\n" in title:
        raise Refused(f"the title must have {TITLE_LENGTH[0]} to {TITLE_LENGTH[1]} characters: found {len(title)}; reword it")
    same = next((article for article in site.articles.values() if str(article.meta.get("title", "")).lower() == title.lower()), None)
    if same:
        raise Refused(f"a title must be unique: {same.shown} has the same; reword it")
    if (site.docs / path).exists() or (site.docs / stem).exists() or path in site.nav:
        raise Refused(f"the name must be free: docs/{path} exists; choose another")


def nav_with(text: str, path: str, title: str) -> tuple[str, int]:
    """Return ``mkdocs.yml`` with a line for ``path`` after the last of its section, and that line's number.

    The file is edited as text, so that its comments and order stay.
    """
    section = path.split("/")[0]
    lines = text.split("\n")
    entry = re.compile(rf"^(\s*)- .*\b{re.escape(section)}/[\w./-]+\.md['\"]?\s*(?:#.*)?$")
    found = [(number, match.group(1)) for number, line in enumerate(lines) if (match := entry.match(line))]
    if not found:
        raise Refused(f"the nav of mkdocs.yml must have the section '{section}': found no line of it; add one by hand")
    number, indent = found[-1]
    label = title if re.fullmatch(r"[A-Za-z][\w ,?'().-]*", title) and ": " not in title else json.dumps(title, ensure_ascii=False)
    lines.insert(number + 1, f"{indent}- {label}: {path}")
    return "\n".join(lines), number + 2


def text_of(site: Site, path: str, kind: str, title: str) -> str:
    """Return a whole article of type ``kind``: valid, with UNWRITTEN wherever its writer has something to write."""
    claim = _claim_for(site, f"{title} {path}")
    front = {
        "title": json.dumps(title, ensure_ascii=False) if re.search(r"[:#\[\]{}\"'&*!|>%@`]", title) else title,
        "description": json.dumps(f"{UNWRITTEN} the answer in one sentence, 60 to 160 characters, for {title}", ensure_ascii=False),
        "type": kind,
        "audience": "[people-with-rls]",
        "tags": f"[{_tag(kind)}]",
        "authors": "[The site's editors]",
        "reviewed_by": "nobody",
        "last_reviewed": site.today.isoformat(),
        "next_review": _year_on(site.today).isoformat(),
        "evidence_searched": site.today.isoformat(),
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


def _claim_for(site: Site, words: str) -> str:
    """The claim that shares most words with the article's name: a guess, and the article asks about it."""
    wanted = set(re.findall(r"[a-z]{4,}", words.lower()))
    claims = site.evidence.claims.values()
    shared = {claim.id: len(wanted & set(re.findall(r"[a-z]{4,}", f"{claim.id} {claim.claim}".lower()))) for claim in claims}
    return max(shared, key=shared.get, default="")


def _tag(kind: str) -> str:
    return {"treatment": "treatment", "device": "leg-massager", "tool": "tools", "about": "about"}.get(kind, "self-care")


def _year_on(day: datetime.date) -> datetime.date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)


def _write(file: Path, text: str) -> None:
    """Write a file whole or not at all."""
    scratch = file.with_name(f".{file.name}.new")
    try:
        scratch.write_text(text, encoding="utf-8", newline="\n")
        os.replace(scratch, file)
    finally:
        scratch.unlink(missing_ok=True)
