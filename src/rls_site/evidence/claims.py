"""Claims: what people hear, with a verdict and how sure we are, from ``claims.yml``."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator

from ..article import day_of
from ..problem import Say, nearest
from .records import one_of, records
from .references import Reference

CERTAINTIES = ("very-low", "low", "moderate", "high")
"""The four words for how sure we are, weakest first (after GRADE; our own reading)."""

VERDICTS = ("supported", "partly", "unproven", "contradicted")
"""What a claim met elsewhere comes to."""

SURE = {
    "high": "We are confident in what we found.",
    "moderate": "What we found is probably close to the truth.",
    "low": "The truth may be quite different.",
    "very-low": "We are very uncertain.",
}
"""What each certainty means, in one line."""

VERDICT_WORDS = {
    "supported": "Supported",
    "partly": "Partly supported",
    "unproven": "Not proven",
    "contradicted": "Contradicted",
}
"""The verdicts, in the words readers see."""

CLAIM_GROUPS = {
    "safety": "Is it safe?",
    "massage": "Does massage by hand help?",
    "touch": "Oils, pressure points and home remedies",
    "devices": "Massagers and other devices",
    "movement": "Heat, movement and feeling better",
    "workings": "How massage is said to work",
    "causes": "What causes restless legs",
    "medicine": "Iron and medicines",
    "illness": "What restless legs is",
}
"""The headings claims stand under, in order; safety comes first."""

CLAIM_FIELDS = (
    "id", "group", "claim", "heard_as", "verdict", "certainty", "who_was_studied", "finding", "sources", "none_found",
    "searched", "topics",
)
CLAIM_REQUIRED = ("id", "group", "claim", "verdict", "certainty", "who_was_studied", "finding", "topics")

MONTHS = "|".join(calendar.month_name[1:])

VERBS = {
    "low": (r"\bmay\b",),
    "moderate": (r"\bprobabl[ey]\b",),
    "very-low": (
        r"\b(?:very )?uncertain\b",
        r"\bno(?:ne| one|body)?\b[^.]*\b(?:stud|trial|test|found|research|evidence|data|proof)",
        r"\b(?:not|n't|nor|never)\b",
        r"\bunknown\b",
        r"\bproves? nothing\b",
        r"\bsays nothing\b",
    ),
}
"""The words a finding must use for its certainty (GRADE guideline 26 by way of our writing guide); high is a plain statement."""

OVERSAID = re.compile(r"\bbut (?!(?:[^.]*\b(?:no|not|may|might|could|whether|probably|uncertain|unknown)\b))[^.]*\b(?:works?|worked|help(?:s|ed)?|ease[sd]?|cure[sd]?|improve[sd]?|stop(?:s|ped)?|will)\b", re.IGNORECASE)
"""A sure word behind the "but" of an unsure finding."""


@dataclass(frozen=True)
class Claim:
    """One record of ``claims.yml``; see CLAIM_FIELDS."""

    id: str
    line: int
    group: str
    claim: str
    verdict: str
    certainty: str
    who_was_studied: str
    finding: str
    topics: tuple[str, ...]
    sources: tuple[str, ...] = ()
    heard_as: tuple[str, ...] = ()
    none_found: bool = False
    searched: str = ""

    @property
    def nothing_found(self) -> str:
        """What stands in place of sources where there are none: that no study was found, and where we looked."""
        return "" if self.sources else f"No study found. {self.searched}".strip()


def certainty_words(level: str) -> tuple[str, str, str]:
    """Return a certainty in the words readers see: the level, its step of four, and what it means."""
    return f"Certainty: {level.replace('-', ' ')}", f"(step {CERTAINTIES.index(level) + 1} of 4).", SURE[level]


def by_group(claims: dict[str, Claim]) -> dict[str, list[Claim]]:
    """Return the claims under each heading of CLAIM_GROUPS, in the order of the file; a heading without a claim is left out."""
    found = {title: [claim for claim in claims.values() if claim.group == group] for group, title in CLAIM_GROUPS.items()}
    return {title: group for title, group in found.items() if group}


def load_claims(file: Path, references: dict[str, Reference], say: Say) -> dict[str, Claim]:
    """Return the claims by id; faults go to ``say(name, line, message)``."""
    claims: dict[str, Claim] = {}
    for record in records(file, CLAIM_FIELDS, CLAIM_REQUIRED, "id", say):
        values = record.plain()
        for name, message in _claim_faults(values, references):
            say(file.name, record.keys[name], message)
        for name in ("sources", "heard_as", "topics"):
            values[name] = tuple(str(item) for item in values.get(name) or ())
        claims[values["id"]] = Claim(line=record.line, **values)
    return claims


def _claim_faults(claim: dict[str, Any], references: dict[str, Reference]) -> Iterator[tuple[str, str]]:
    """Yield the field and what is wrong with it."""
    name = claim["id"]
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name):
        yield "id", f"id must be small letters, digits and hyphens: found '{name}'; write it so"
    for field, known in (("group", CLAIM_GROUPS), ("verdict", VERDICTS), ("certainty", CERTAINTIES)):
        yield from one_of(field, name, claim[field], known)
    sources = claim.get("sources") or []
    if not sources and not claim.get("none_found"):
        yield "id", f"a claim must name its sources or say 'none_found: true': '{name}' does neither; add one of the two"
    if claim.get("none_found", True) is not True:
        yield "none_found", f"none_found must be true or left out: '{name}' has '{claim['none_found']}'; write true, or take the line out"
    if claim.get("none_found") and sources:
        yield "none_found", f"a claim must name its sources or say 'none_found: true': '{name}' does both; take one out"
    if claim.get("none_found") and not claim.get("searched"):
        yield "none_found", f"a claim without a study must say what was 'searched': '{name}' does not; say where and when we looked"
    if searched := claim.get("searched"):
        days = re.findall(rf"\b0?(\d{{1,2}} (?:{MONTHS}) \d{{4}})\b", str(searched))
        if not isinstance(searched, str) or not re.search(rf"\b(?:{MONTHS}) 20\d\d\b", searched):
            yield "searched", f"searched must be a sentence with its month and year: '{name}' has {searched!r}; say where and when we looked"
        elif wrong := [day for day in days if not day_of(day)]:
            yield "searched", f"searched must name a day that exists: '{name}' has '{wrong[0]}'; mend it"
    for key in sources:
        if key not in references:
            yield "sources", f"a claim's sources must stand in references.bib: '{name}' has '{key}'{nearest(key, references)}"
    finding = str(claim["finding"])
    if not re.search(r"[.?]\W*$", finding):
        yield "finding", f"a finding must be whole sentences: '{name}' ends with {finding[-30:]!r}; end it with a full stop"
    if claim["certainty"] == "very-low" and (match := OVERSAID.search(finding)):
        yield "finding", f"a finding of very-low certainty must not be sure of anything after its 'but': '{name}' has {match.group(0)[:60]!r}; reword it"
    verbs = VERBS.get(claim["certainty"], ())
    if verbs and not any(re.search(verb, finding, re.IGNORECASE) for verb in verbs):
        word = {"low": "'may'", "moderate": "'probably'", "very-low": "'very uncertain', or that no study was found"}
        yield "finding", f"a finding of {claim['certainty']} certainty must say {word[claim['certainty']]}: '{name}' does not; reword it"
