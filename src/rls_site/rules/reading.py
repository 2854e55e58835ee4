"""The rule on reading grade, and how the grade is measured."""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from typing import Iterable

# textstat 0.7.3 still asks setuptools where its word lists are; the warning about that is no news to a writer.
with warnings.catch_warnings():
    warnings.simplefilter("ignore", UserWarning)
    import textstat

from ..article import Article, Sentence
from ..problem import Found
from ..site import Site

LIMITS = {"night": (6.0, 7.0), "other": (8.0, 9.0)}
"""Warn above the first, fail above the second: ``night`` is everything under ``tonight/``."""

LEAST_WORDS = 60
"""Below this many words a grade says nothing."""

SKIP = ("also-called", "caption", "doors", "tool")
"""Blocks that are lists of words or labels, not sentences."""


def prepared(text: str) -> str:
    """Return a sentence as the measure reads it.

    textstat ends a sentence at every full stop, so the stops inside numbers and in "a.m." are taken out first, and a
    sentence without an end mark (a list item) gets one.
    """
    text = re.sub(r"(?<=\d)[.,](?=\d)", "", text)
    text = re.sub(r"\b([ap])\.m\.", r"\1m", text)
    text = re.sub(r"\b(e)\.g\.|\b(i)\.e\.", "", text)
    text = re.sub(r"[:;](?=\s)", ",", text).rstrip(" .,:;")
    return text if text.endswith(("?", "!")) else text + "."


def grade(sentences: Iterable[str]) -> float:
    """Return the Flesch-Kincaid grade (textstat) of sentences; each list item counts as a sentence."""
    return _grade(" ".join(prepared(text) for text in sentences))


@lru_cache(maxsize=1024)
def _grade(text: str) -> float:
    return textstat.flesch_kincaid_grade(text)


def counted(article: Article) -> list[Sentence]:
    """Return the sentences of an article that count: its own prose, three words or more."""
    return [s for s in article.sentences if s.block not in SKIP and len(s.text.split()) >= 3]


@lru_cache(maxsize=1024)
def grade_of(article: Article) -> float:
    """Return the Flesch-Kincaid grade of an article's own prose."""
    return grade(s.text for s in counted(article))


def reading_grade(article: Article, site: Site) -> Found:
    """A page reads at grade 8 or below, pages under ``tonight/`` at 6 or below; it fails a grade above that.

    Wrong: ``The aetiology of the condition remains incompletely characterised.``
    Right: ``Nobody knows the whole cause yet.``
    """
    sentences = counted(article)
    if sum(len(s.text.split()) for s in sentences) < LEAST_WORDS:
        return
    found = grade_of(article)
    warn, fail = LIMITS["night" if article.night else "other"]
    if found <= warn:
        return
    hardest = sorted(sentences, key=lambda s: (-grade([s.text]), s.line))[:3]
    named = "; ".join(f"line {s.line}: '{s.text[:60]}'" for s in hardest)
    yield article.body_line, f"the reading grade must be {warn:g} or below: found {found:.1f}; shorten the hardest sentences ({named})", found <= fail
