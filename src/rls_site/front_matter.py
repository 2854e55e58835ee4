"""The specification of an article's front matter, and the check against it."""

from __future__ import annotations

import datetime
import re
from typing import Iterable

from .article import NIGHT, Article
from .evidence import Evidence
from .problem import Found, nearest
from .strict_yaml import Lined

TYPES = {
    "condition": ("scope",),
    "treatment": ("scope", "main_claim"),
    "how-to": ("scope",),
    "device": ("scope", "main_claim"),
    "situation": ("scope",),
    "questions": (),
    "evidence": (),
    "tool": (),
    "about": (),
    "landing": (),
}
"""Each page type, and the keys it requires beyond REQUIRED."""

REQUIRED = (
    "title", "description", "type", "audience", "tags", "authors", "reviewed_by", "last_reviewed", "next_review",
    "evidence_searched",
)
"""The keys every article has."""

KEYS = (
    "title", "description", "type", "audience", "tags", "scope", "main_claim", "script", "moved_from", "withdrawn",
    "authors", "reviewed_by", "written", "last_reviewed", "next_review", "evidence_searched",
)
"""All keys, in the order they are written: ``script`` a tool's module, ``moved_from`` old addresses, ``withdrawn`` why a page was taken back."""

AUDIENCES = {
    "people-with-rls": "people with restless legs",
    "partners": "partners",
    "carers": "carers",
    "parents": "parents",
    "pregnant": "pregnant women",
    "dialysis": "people on dialysis",
    "therapists": "massage therapists",
    "clinicians": "health workers",
    "everyone": "everyone",
    "editors": "editors",
}
"""Who a page is for, in the words readers see."""

TAGS = (
    "about", "causes", "children", "compression", "diagnosis", "guideline", "health-information-quality", "heat-cold",
    "impact", "iron", "kidney", "leg-massager", "look-alikes", "manual-massage", "mechanism", "movement",
    "nerve-stimulation", "older-adults", "placebo", "pregnancy", "prevalence", "reflexology-acupressure", "safety",
    "seeking-help", "self-care", "sleep", "tools", "travel", "treatment", "vibration", "wraps-stockings",
)
"""The controlled list of topics."""

TITLE_LENGTH = (8, 70)
DESCRIPTION_LENGTH = (50, 165)
"""Fewest and most characters: what search results show without cutting it off."""

LISTS = ("audience", "tags", "authors", "moved_from")
DATES = ("written", "last_reviewed", "next_review", "evidence_searched")
DUE_SOON = 60
"""Days before ``next_review`` when a review counts as due soon."""

FIRST_DAY = datetime.date(2026, 11, 1)
"""Before it there was no page: one that was written earlier has a slip in its year."""

YEAR, HALF_YEAR = 366, 184


def when(days: int) -> str:
    """Return in words when a date comes that is ``days`` away, or since when it is overdue."""
    number = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return "today" if not days else f"in {number}" if days > 0 else f"{number} overdue"


def longest(path: str, tags: object) -> int:
    """Return the most days between two reviews of a page: half a year with the tag safety or under ``tonight/``, else a year."""
    return HALF_YEAR if path.startswith(NIGHT) or "safety" in (tags if isinstance(tags, list) else ()) else YEAR


def check_front_matter(article: Article, evidence: Evidence, today: datetime.date) -> Found:
    """Yield ``(line, message)`` for each fault of one article's front matter; dates are compared with ``today``."""
    front = article.front.value
    for key in front:
        if key not in KEYS:
            yield article.line_of(key), f"keys must be known: found '{key}'{nearest(key, KEYS) or '; remove it'}"
    kind = article.type
    if "type" in front and kind not in TYPES:
        yield article.line_of("type"), f"type must be one of {', '.join(TYPES)}: found '{kind}'{nearest(kind, TYPES)}"
    for key in REQUIRED + TYPES.get(kind, ()):
        if key not in front:
            reason = "" if key in REQUIRED else f" for type '{kind}'"
            yield 1, f"'{key}' must be given{reason}: it is missing; add it (see docs/_template.md)"
        elif front[key].value in (None, "", []):
            yield article.line_of(key), f"'{key}' must not be empty: found nothing; fill it in"
    for key in LISTS:
        item = front.get(key)
        if item and item.value not in (None, "") and not isinstance(item.value, list):
            yield article.line_of(key), f"'{key}' must be a list: found {_shown(item)}; write [{item.value if isinstance(item.value, str) else 'one, two'}]"
        for entry in item.value if item and isinstance(item.value, list) else ():
            if not isinstance(entry.value, str) or not entry.value.strip():
                yield entry.line, f"an entry of '{key}' must be text: found {str(entry.plain())!r}; write it, or take it out"
    for key, item in front.items():
        if re.search("[<>]", str(item.plain())):
            yield article.line_of(key), f"'{key}' must be plain text: found '<' or '>'; use words"
    for key, length in (("title", TITLE_LENGTH), ("description", DESCRIPTION_LENGTH)):
        yield from _text(article, key, *length)
    yield from _members(article, "audience", AUDIENCES)
    yield from _members(article, "tags", TAGS)
    for key in ("reviewed_by", "scope", "script", "withdrawn", "main_claim"):
        item = front.get(key)
        if item and item.value not in (None, "") and not isinstance(item.value, str):
            cure = "say why, in a sentence" if key == "withdrawn" else "put it in quotes"
            yield article.line_of(key), f"'{key}' must be text: found {_shown(item)}; {cure}"
    claim = front.get("main_claim")
    if claim and isinstance(claim.value, str) and claim.value and claim.value not in evidence.claims:
        yield (
            article.line_of("main_claim"),
            f"'main_claim' must be a claim of docs/evidence/claims.yml: found '{claim.value}'{nearest(claim.value, evidence.claims)}",
        )
    yield from _dates(article, today)


def _shown(item: Lined) -> str:
    return f"{item.plain()!r:.60}"


def _text(article: Article, key: str, fewest: int, most: int) -> Found:
    item = article.front.value.get(key)
    if not item or item.value in (None, ""):
        return
    if not isinstance(item.value, str):
        yield article.line_of(key), f"'{key}' must be text: found {_shown(item)}; put it in quotes"
        return
    length = len(item.value)
    if not fewest <= length <= most:
        change = "shorten it" if length > most else "say more"
        yield article.line_of(key), f"'{key}' must have {fewest} to {most} characters: found {length}; {change}"
    if re.search(r"https?:|www\.", item.value):
        yield article.line_of(key), f"'{key}' must be plain text: found an address; link to it in the article"
    if "[@" in item.value:
        yield article.line_of(key), f"'{key}' must be plain text: found a citation; cite in the article"


def _members(article: Article, key: str, allowed: Iterable[str]) -> Found:
    item = article.front.value.get(key)
    for entry in item.value if item and isinstance(item.value, list) else ():
        word = str(entry.value)
        if word not in allowed:
            yield entry.line, f"'{key}' must be from the list in CONTRIBUTING.md: found '{word}'{nearest(word, allowed) or f'; choose from {_few(allowed)}'}"


def _few(allowed: Iterable[str]) -> str:
    words = list(allowed)
    return ", ".join(words) if len(words) <= 12 else f"{', '.join(words[:4])} and others, listed in CONTRIBUTING.md"


def _dates(article: Article, today: datetime.date) -> Found:
    dates: dict[str, datetime.date] = {}
    for key in DATES:
        item: Lined | None = article.front.value.get(key)
        if not item or item.value in (None, ""):
            continue
        if type(item.value) is not datetime.date:
            cure = "take the quotes away" if isinstance(item.value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", item.value) else "write year-month-day"
            yield article.line_of(key), f"'{key}' must be a date such as 2026-11-20: found {str(item.value)!r}; {cure}"
        else:
            dates[key] = item.value
    for key in ("written", "last_reviewed", "evidence_searched"):
        if key in dates and dates[key] > today:
            yield article.line_of(key), f"'{key}' must not be in the future: found {dates[key]}; today is {today}"
    if "written" in dates and dates["written"] < FIRST_DAY:
        yield article.line_of("written"), f"'written' must not come before the site's first month, {FIRST_DAY}: found {dates['written']}; look at the year"
    if "written" in dates and "last_reviewed" in dates and dates["last_reviewed"] < dates["written"]:
        yield (
            article.line_of("last_reviewed"),
            f"'last_reviewed' must not come before 'written': found {dates['last_reviewed']}, before {dates['written']}; mend the one that is wrong",
        )
    if "last_reviewed" in dates and "next_review" in dates and dates["next_review"] <= dates["last_reviewed"]:
        yield (
            article.line_of("next_review"),
            f"'next_review' must come after 'last_reviewed': found {dates['next_review']}, not after {dates['last_reviewed']}; set it a year on",
        )
