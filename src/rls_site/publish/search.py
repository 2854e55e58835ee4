"""The search index: one compact file of words, made from the articles and the evidence, read by ``search.js``.

What is found is a *target*: an article, one of its sections, a question, a claim, a glossary term. Each word weighs by
the fields it stands in, after BM25F (Robertson, Zaragoza and Taylor, 2004, doi:10.1145/1031171.1031181); the script
adds the rarity of the words when a reader types. Words are cut to stems by Snowball's English stemmer here, and the
index lists the forms of each, so that the browser needs no stemmer of its own.
"""

from __future__ import annotations

import itertools
import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Iterator

import snowballstemmer

from ..article import Article, address_of, plain_text, slug
from ..evidence.claims import CERTAINTIES, VERDICTS
from ..site import CLAIMS, DARK_THOUGHTS, GLOSSARY, HOME, NUMBERS, PREGNANCY_SIGNS, SAFETY_CHECK, TOO_MUCH, Site
from .sections import sections

INDEX = "javascripts/search-index.json"
"""Beside the script that reads it, so that both get the same hashed folder."""

STOP = frozenset(
    "a about am an and any are as at be been being but by can could d did do does doing for from get gets getting got had"
    " has have having he her him his i if in into is it its ive id im just let like ll m make makes may me might"
    " my of on or our out please s shall she should so some t that the their them then there these they this those to"
    " too up us use using very was we were what which whom will with would you your yours youre"
    .split()
)
"""Words too common to find anything by; the script looks them up only when a query holds nothing else."""

LIGHT = frozenset("how when where who why".split())
"""Words that tell questions apart and say nothing in running text: they count in titles, sayings and headings only."""

NAME, CALLED, HEADINGS, DESCRIPTION, BODY = 6.0, 4.0, 2.0, 3.0, 1.0
"""What one occurrence in a field weighs: title or heading, other words for it, headings within, description, text."""

SATURATION = 2.0
"""The weight at which a word counts half of what it can count at most (BM25's k1)."""

STEPS = 5
"""Impacts are rounded to this many steps."""

PRIOR = {"about": 0.8, "evidence": 0.85, "tool": 0.95, "questions": 0.95}
"""What a page's score is multiplied with, by type; 1 where no type is named."""

FRONT = 1.04
"""The first page of a section comes before its others when all else is equal."""

SECTION_PRIOR = {"question": 1.15, "claim": 0.86, "term": 0.7, "section": 0.93}
"""The same for what is not a whole page."""

EDITORS = "about/design.md"
"""Shows editors each word of an article: danger signs stand on it as examples, and no reader looks for it."""

REPEATED = 3
"""A heading on this many pages tells nothing apart."""

COMMON = 41
"""A word on more targets than this tells little by standing in running text: it is kept in names and headings only."""


class Stemmer(dict):
    """Cuts words to their stems, and holds every word it was asked for with its stem; the words of ``keep`` lose no more than their plural."""

    def __init__(self, keep: list[str]) -> None:
        super().__init__()
        self.keep = frozenset(keep)
        self.snowball = snowballstemmer.stemmer("english")

    def __missing__(self, word: str) -> str:
        self[word] = word.removesuffix("s") if word in self.keep else self.snowball.stemWord(word)
        return self[word]


@dataclass
class Target:
    """Something a search can find. ``page``: the number of the page it stands on, its own number for a page."""

    stem: Stemmer = field(repr=False)
    page: int
    anchor: str
    title: str
    text: str
    prior: float
    certainty: str = ""
    verdict: str = ""
    phrases: list[str] = field(default_factory=list)
    weights: Counter = field(default_factory=Counter)

    def add(self, text: str, weight: float, most: int = 3) -> None:
        """Count the words of ``text`` with ``weight``, each at most ``most`` times."""
        words = (word for word in tokens(text) if word not in STOP and (weight > BODY or word not in LIGHT))
        for name, count in Counter(self.stem[word] for word in words).items():
            self.weights[name] += weight * min(count, most)


def tokens(text: str) -> list[str]:
    """Return the words of a text as both sides see them: small letters, no accents, no apostrophes, no bare numbers."""
    text = unicodedata.normalize("NFKD", text.lower())
    text = re.sub(r"['’‘`\u0300-\u036f]", "", text)
    return [word for word in re.findall(r"[a-z0-9]+", text) if not word.isdigit()]


def stems(text: str, stem: Stemmer) -> list[str]:
    """Return the stems of a text in order, without STOP."""
    return [stem[word] for word in tokens(text) if word not in STOP]


def searched(site: Site) -> list[Article]:
    """Return the articles a search can find, in the order of their paths."""
    return [article for path, article in site.published.items() if path != EDITORS]


def targets(site: Site, stem: Stemmer) -> list[Target]:
    """Return everything that can be found: articles in the order of their paths, each followed by its parts."""
    found: list[Target] = []
    extra = site.search_words["pages"]
    for article in searched(site):
        number = len(found)
        prior = PRIOR.get(article.type, 1.0) * (FRONT if article.path.endswith("index.md") else 1)
        page = Target(stem, number, "", article.meta["title"], article.meta["description"], prior)
        called = [*_also_called(article), *extra.get(article.address, ())]
        page.add(page.title, NAME)
        page.add(", ".join(called), CALLED, most=2)
        page.add(page.text, DESCRIPTION)
        page.add(" ".join(article.meta["tags"]), HEADINGS)
        page.add(". ".join(heading.text for heading in article.headings if heading.level > 1), HEADINGS, most=2)
        page.phrases = [page.title, *called]
        found.append(page)
        for heading, text in sections(article, site):
            if heading is None:
                page.add(text, BODY)
                continue
            question = article.type == "questions"
            kind = "question" if question else "section"
            part = Target(stem, number, heading.anchor, heading.text, _first_sentences(text) if question else "", SECTION_PRIOR[kind])
            called = extra.get(f"{article.address}#{heading.anchor}", ())
            part.add(text, BODY)
            part.add(", ".join(called), CALLED, most=2)
            part.phrases = [heading.text, *called]
            found.append(part)
        found += _records(article.path, number, site, stem)
    _quieten_repeated_headings(found)
    return found


def _quieten_repeated_headings(found: list[Target]) -> None:
    """Give headings their weight; one that stands on REPEATED pages or more ("When to stop") tells nothing apart."""
    times = Counter(target.title for target in found if target.anchor)
    for target in found:
        if target.anchor and not target.verdict:
            repeated = times[target.title] >= REPEATED
            target.add(target.title, BODY if repeated else NAME)
            if repeated:
                target.phrases = []


def _records(path: str, number: int, site: Site, stem: Stemmer) -> Iterator[Target]:
    """Yield what the claim checker and the glossary hold."""
    if path == CLAIMS:
        for claim in site.evidence.claims.values():
            part = Target(
                stem, number, claim.id, claim.claim.rstrip("."), plain_text(claim.finding), SECTION_PRIOR["claim"], claim.certainty, claim.verdict
            )
            part.add(claim.claim, NAME)
            part.add(". ".join(claim.heard_as), CALLED, most=2)
            part.add(claim.finding, BODY)
            part.add(claim.who_was_studied, BODY)
            part.phrases = [claim.claim, *claim.heard_as]
            yield part
    if path == GLOSSARY:
        for entry in site.evidence.glossary:
            also = list(entry.get("also") or ())
            part = Target(stem, number, slug(entry["term"]), entry["term"], plain_text(entry["meaning"]), SECTION_PRIOR["term"])
            part.add(", ".join(also), CALLED)
            part.add(entry["meaning"], BODY)
            part.phrases = [entry["term"], *also]
            yield part


def _also_called(article: Article) -> list[str]:
    return [
        words.strip()
        for block in article.blocks
        if block.name == "also-called"
        for words in re.split(r"[,;\n]", plain_text(block.body))
        if words.strip()
    ]


def _first_sentences(text: str, most: int = 170) -> str:
    """Return the first paragraph, cut after the last sentence that ends within ``most`` characters."""
    paragraph = next((line for line in text.split("\n") if line.strip()), "")
    if len(paragraph) <= most:
        return paragraph
    end = max(paragraph.rfind(mark, 0, most) for mark in (". ", "? "))
    return paragraph[: end + 1] if end > 40 else paragraph[: paragraph.rfind(" ", 0, most)] + "…"


def index(site: Site) -> dict[str, Any]:
    """Return the whole index as plain data; see ``search.js`` for how it is read."""
    chosen = site.search_words
    stem = Stemmer(chosen["keep"])
    found = targets(site, stem)
    told = [[_telling(phrase, stem) for phrase in target.phrases] for target in found]
    for words in (*itertools.chain(*chosen["same"]), *chosen["who"], *LIGHT, *itertools.chain(*chosen["read_as"].items())):
        stems(words, stem)
    forms: dict[str, list[str]] = {}
    for word, name in sorted(stem.items()):
        forms.setdefault(name, []).append(word)
    order = sorted(forms)
    number = {name: position for position, name in enumerate(order)}
    postings: dict[int, list[int]] = {position: [] for position in range(len(order))}
    spread = Counter(name for target in found for name in target.weights)
    for target_number, target in enumerate(found):
        for name, weight in target.weights.items():
            if weight >= HEADINGS or spread[name] <= COMMON:
                postings[number[name]].append((target_number, _impact(weight)))
    pages = [target for target in found if not target.anchor]
    page_number = {target.page: position for position, target in enumerate(pages)}
    addresses = [article.address for article in searched(site)]
    same, read_as = _meanings(chosen, number, stem)
    return {
        "pages": addresses,
        "targets": [
            [
                page_number[target.page], target.anchor, target.title, target.text, round(target.prior * 100),
                *((CERTAINTIES.index(target.certainty) + 1, VERDICTS.index(target.verdict)) if target.verdict else ()),
            ]
            for target in found
        ],
        "words": "|".join(" ".join(forms[name]) for name in order),
        "postings": [_packed(postings[position]) for position in range(len(order))],
        "phrases": [sorted({tuple(number[name] for name in names) for names in phrases if names}) for phrases in told],
        "same": same,
        "readAs": read_as,
        "stop": " ".join(sorted(STOP)),
        "light": [number[stem[word]] for word in sorted(LIGHT)],
        "who": sorted({number[name] for words in chosen["who"] for name in stems(words, stem)}),
        "doors": _doors(site),
        "safety": plain_text(site.evidence.safety["line"]),
        "warnings": _warnings(chosen, site),
        "harmless": chosen["harmless"],
    }


def _warnings(chosen: dict[str, Any], site: Site) -> list[dict[str, Any]]:
    """Return what may stand above all that is found, the gravest first: for which words, a head, a list, what comes after it, where it leads."""
    safety = site.evidence.safety
    check, numbers = [_where(SAFETY_CHECK), "Is it safe for me?"], [_where(NUMBERS), "Numbers to call"]
    worse = next(plain_text(line) for line in safety["check"]["outcomes"]["urgent"]["do"] if "999" in line)
    call, *others = [_sentences(line) for line in safety["call"].splitlines()]
    too_much = next(" ".join([head, *rest]) for head, rest in others if head.startswith("Too much"))
    shown = {
        "crisis": (*_sentences(safety["crisis"]), [], [numbers, [_where(DARK_THOUGHTS), "When thoughts turn dark"]]),
        "overdose": (*_listed(safety["lists"]["drowsy"] | {"after": ""}, too_much), [[_where(TOO_MUCH), "Taken too much?"], numbers]),
        "alarm": (*call, [plain_text(safety["line"]), *(" ".join([head, *rest]) for head, rest in others)], [check, numbers]),
        "maternity": (*_listed(safety["lists"]["pregnancy"], plain_text(safety["line"]), worse), [[_where(PREGNANCY_SIGNS), "Pregnancy: when to get help"], numbers]),
        "today": (*_listed(safety["lists"]["urgent"], worse), [check, numbers]),
    }
    return [
        {"name": name, "words": chosen[name], "together": chosen["together"].get(name, []), "head": head, "items": items, "after": after, "doors": doors}
        for name, (head, items, after, doors) in shown.items()
    ]


def _where(place: str) -> str:
    path, mark, anchor = place.partition("#")
    return f"{address_of(path)}{mark}{anchor}"


def _sentences(text: str) -> tuple[str, list[str]]:
    """Return the first sentence of a safety text, and the others."""
    head, *others = re.split(r"(?<=[.?]) ", plain_text(text))
    return head, others


def _listed(part: dict[str, Any], *others: str) -> tuple[str, list[str], list[str]]:
    """Return the title of a list of the safety text, its items, and what comes after them."""
    return plain_text(part["title"]), [plain_text(item) for item in part["items"]], [*others, *([plain_text(part["after"])] if part.get("after") else [])]


def _telling(phrase: str, stem: Stemmer) -> list[str]:
    """Return the stems of a phrase, each once; nothing where only one of several words is more than a stop word."""
    names = list(dict.fromkeys(stems(phrase, stem)))
    return names if len(names) > 1 or len(tokens(phrase)) == 1 else []


def _impact(weight: float) -> int:
    """Return what a weight counts, from 1 to STEPS; more of the same word adds less and less."""
    return max(1, round(STEPS * weight / (weight + SATURATION)))


def _packed(entries: list[tuple[int, int]]) -> str:
    """Return ``(target, impact)`` pairs, in order, as the gap to the one before in base 36 and the impact as a capital."""
    text, last = "", -1
    for target, impact in entries:
        text += (_base36(target - last) if target != last + 1 else "") + "ABCDEFGHI"[impact - 1]
        last = target
    return text


def _base36(value: int) -> str:
    digits = ""
    while True:
        value, rest = divmod(value, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
        if not value:
            return digits


def _meanings(chosen: dict[str, Any], number: dict[str, int], stem: Stemmer) -> tuple[list, list]:
    """Return the groups of words that mean the same, and the phrases with the stems they are read as.

    A phrase in a group is read as the group's first word.
    """
    same, read_as = [], []
    for group in chosen["same"]:
        single = []
        for words in group:
            parts = [number[name] for name in stems(words, stem)]
            if len(parts) == 1:
                single += [part for part in parts if part not in single]
            elif parts:
                read_as.append([" ".join(tokens(words)), [number[name] for name in stems(group[0], stem)]])
        if len(single) > 1:
            same.append(single)
    for phrase, meaning in chosen["read_as"].items():
        read_as.append([" ".join(tokens(phrase)), [number[name] for name in stems(meaning, stem)]])
    return same, read_as


def _doors(site: Site) -> list[list[str]]:
    """Return the home page's doors: address and words."""
    home = site.articles[HOME]
    return [
        [address_of(link.target), link.text]
        for block in home.blocks
        if block.name == "doors"
        for link in home.links
        if block.line < link.line < block.end
    ]


def search_index(folder: Path, site: Site) -> None:
    """Write the index beside ``search.js``."""
    file = folder / INDEX
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(index(site), ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
