"""Rules that tie sentences to the evidence."""

from __future__ import annotations

import re
from typing import Iterator

from ..article import CITATION, Article
from ..problem import nearest
from ..site import Site

Found = Iterator[tuple[int, str]]

NUMBER_WORDS = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
COUNT = rf"(?:\d[\d,.]*|{NUMBER_WORDS})"
PEOPLE = r"(?:people|persons|women|men|adults|children|patients|mothers|families|participants|volunteers|babies|teens|trials|studies)"
FIGURE = re.compile(
    rf"\d[\d.,]*\s*%|\bper ?cent\b"
    rf"|\b{COUNT}\s+(?:in|of|out of)\s+(?:every\s+)?\d[\d,]*"
    rf"|\b(?:one|two|three)\s+in\s+(?:two|three|four|five|six|seven|eight|nine|ten)\b"
    rf"|\b\d[\d,.]*\s+(?:\w+\s+){{0,2}}{PEOPLE}\b"
    rf"|\b\d[\d,.]*\s+points?\b"
    rf"|\b\d[\d,.]*\s*(?:micrograms?|ng|mg|kg|mmol|mmHg|cm)\b"
    rf"|\bferritin\b[^.]*\b\d+"
    rf"|\b\d[\d,.]*\s+times (?:as|more|less|higher|lower)\b",
    re.IGNORECASE,
)
"""A figure that states a fact: a percentage, a proportion, a count of people or studies, points, a lab value, a multiple."""

CERTAINTY = re.compile(r"\b(very[ -]low|low|moderate|high)[ -]certainty\b", re.IGNORECASE)
AGREES = {
    "low": re.compile(r"\bmay\b|\bmight\b|\bcould\b", re.IGNORECASE),
    "moderate": re.compile(r"\bprobabl[ey]\b", re.IGNORECASE),
    "very-low": re.compile(r"uncertain|not know|unknown|no (?:trial|study|one)|nobody|not tested|cannot", re.IGNORECASE),
}


AFTER_STOP = re.compile(r"(?<=\w)[.?!]\s*\[@[^\]\n]*\](?=\s|$)")


def citations_exist(article: Article, site: Site) -> Found:
    """Every citation names a source of ``references.bib``.

    Wrong: ``[@letieri2009]``
    Right: ``[@lettieri2009pneumatic]``
    """
    for line, key in article.citations:
        if not key:
            yield line, "a citation must name a source: found an empty one; write [@key]"
        elif key not in site.evidence.references:
            yield line, f"a citation must stand in docs/evidence/references.bib: found '{key}'{nearest(key, site.evidence.references)}"
    for number, line in article.lines:
        rest = CITATION.sub("", re.sub(r"`[^`]*`", "", line))
        if "[@" in rest or re.search(r"(?<![\w;])@[a-z]+\d{4}\w*", rest):
            yield number, "a citation must stand in brackets: found '@' outside them; write [@key]"


def citation_place(article: Article, site: Site) -> Found:
    """A citation stands before the full stop of the sentence it supports.

    Wrong: ``It helped a little. [@park2020foot]``
    Right: ``It helped a little [@park2020foot].``
    """
    for number, line in article.lines:
        if match := AFTER_STOP.search(re.sub(r"`[^`]*`", "", line)):
            yield number, f"a citation must stand before the full stop: found '{match.group(0).strip()}'; move the full stop behind it"


def figures_cited(article: Article, site: Site) -> Found:
    """Every figure with a unit, a proportion or a count of people stands in a sentence with its source.

    Wrong: ``About 22 in 100 have it late in pregnancy.``
    Right: ``About 22 in 100 have it late in pregnancy [@chen2018pregnancy].``
    """
    for sentence in article.sentences:
        match = FIGURE.search(sentence.text)
        if match and not CITATION.search(sentence.raw):
            yield sentence.line, f"a sentence with a figure must have a citation: found '{match.group(0).strip()}' in '{_cut(sentence.text)}'; add [@key] before the full stop"


def certainty_words(article: Article, site: Site) -> Found:
    """The certainty named and the verb used agree: may for low, probably for moderate, uncertain for very low.

    Wrong: ``Massage eases restless legs (low certainty).``
    Right: ``Massage may ease restless legs (low certainty).``
    """
    for sentence in article.sentences:
        for match in CERTAINTY.finditer(sentence.text):
            level = match.group(1).lower().replace(" ", "-")
            wanted = AGREES.get(level)
            if wanted and len(sentence.text.split()) > 8 and not wanted.search(sentence.text):
                word = {"low": "may", "moderate": "probably", "very-low": "we are very uncertain"}[level]
                yield sentence.line, f"a sentence of {level.replace('-', ' ')} certainty must say '{word}': found '{_cut(sentence.text)}'; reword it"


def _cut(text: str) -> str:
    return text if len(text) <= 70 else text[:67] + "…"
