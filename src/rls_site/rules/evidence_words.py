"""Rules that tie sentences to the evidence."""

from __future__ import annotations

import re
from typing import Iterator

from ..article import CITATION, CODE, OWN, Article, cited, late_citations
from ..evidence.records import lined
from ..front_matter import TAGS
from ..problem import Found, FoundIn, nearest
from ..site import Site
from ..strict_yaml import Lined, YamlFault
from .wording import BRANDS, CHANGE_DOSE, FALSE_HELP, FORBIDS, LABELS, NEGATED, ODD, PHONE, PROMISES, RISK, RISKY, SAFE_NEAR, STOP_MEDICINE, TAKE_IRON

NUMBER_WORDS = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
COUNT = rf"(?:\d[\d,.]*|{NUMBER_WORDS})"
PEOPLE = r"(?:people|persons|women|men|adults|children|patients|mothers|families|participants|volunteers|babies|teens|trials|studies)"
FIGURE = re.compile(
    rf"\d[\d.,]*\s*%|\bper ?cent\b"
    rf"|\b{COUNT}\s+(?:in|of|out of)\s+(?:every\s+)?\d[\d,]*"
    rf"|\b(?:one|two|three)\s+in\s+(?:two|three|four|five|six|seven|eight|nine|ten)\b"
    rf"|\b\d[\d,.]*\s+(?:\w+\s+){{0,2}}{PEOPLE}\b"
    rf"|\b{COUNT} out of (?:every )?(?:ten|a hundred)\b|\b(?:study|trial|survey) of (?!(?:19|20)\d\d\b)\d+|\b(?:fell|rose|dropped|eased|lowered|reduced|cut)\b[^.,]{{0,30}} by (?:half|a third|a quarter|two thirds|three quarters)\b"
    rf"|\b(?:half|a third|a quarter|two thirds|three quarters) of (?:all |the )?{PEOPLE}\b"
    rf"|\b\d[\d,.]*\s+points?\b"
    rf"|\b\d[\d,.]*\s*(?:micrograms?|ng|mg|kg|mmol|mmHg|cm)\b"
    rf"|\bferritin\b[^.]*\b\d+"
    rf"|\b\d[\d,.]*\s+times (?:as|more|less|higher|lower)\b",
    re.IGNORECASE,
)
"""A figure that states a fact: a percentage, a proportion, a count of people or studies, points, a lab value, a multiple."""

PART = re.compile(r"(?<![\d.,/-])(\d[\d,]*)(?: points?)? (?:in|of|out of) (?:every )?(\d[\d,]*)(?![\d.]*\d)(?:[^().;\d]{0,40}\((?:about )?(\d+) in 100\))?")
"""A part of a whole, such as 8 of 21, and the same in 100 behind it."""

CERTAINTY = re.compile(r"\b(very[ -]low|low|moderate|high)[ -]certainty\b", re.IGNORECASE)
AGREES = {
    "low": re.compile(r"\bmay\b|\bmight\b|\bcould\b", re.IGNORECASE),
    "moderate": re.compile(r"\bprobabl[ey]\b", re.IGNORECASE),
    "very-low": re.compile(r"uncertain|not know|unknown|no (?:trial|study|one)|nobody|not tested|cannot", re.IGNORECASE),
}


FITS = {
    "very-low": ("unproven",),
    "low": ("unproven", "partly", "contradicted"),
    "moderate": ("supported", "partly", "contradicted"),
    "high": ("supported", "partly", "contradicted"),
}
"""The verdicts each certainty bears: who is very uncertain has proven nothing, and who is fairly sure has."""

BY_HAND = re.compile(
    r"\([A-Z][\w'’-]+(?:,? (?:et al\.?|and|[A-Z][\w'’-]+))*,? (?:19|20)\d\d[a-z]?\)"
    r"|\b(?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)[A-Z][\w'’-]+(?: et al\.?| and [A-Z][\w'’-]+| and colleagues)? \((?:19|20)\d\d\)"
    r"|\b(?:doi|DOI):? ?10\.\d{4}\S*|\bPMID:? ?\d+"
)
"""A source named in the text, where nobody checks it."""
VOUCHED = re.compile(r"(?<!what )(?<!what the )\b(?:studies|trials|research|evidence|scientists|experts)\s+(?:shows?|proves?|finds?|found|ha(?:s|ve) (?:shown|proven|found)|agree|recommends?)\b(?! (?:by|so far|in our)\b)", re.IGNORECASE)
"""Words that lean on studies without naming one."""


def citations_exist(article: Article, site: Site) -> Found:
    """Every citation names a source of ``references.bib``.

    Wrong: ``[@letieri2009]``
    Right: ``[@lettieri2009pneumatic]``
    """
    for line, key in article.citations:
        if not key:
            yield line, "a citation must name a source: found an empty one; write [@key]"
        elif "," in key:
            yield line, f"sources must be parted by semicolons: found '{key}'; write [@one; @two]"
        elif key not in site.evidence.references:
            yield line, f"a citation must stand in docs/evidence/references.bib: found '{key}'{nearest(key, [*site.evidence.references, OWN])}"
    for number, line in article.lines:
        rest = CITATION.sub("", CODE.sub("", line))
        if "[@" in rest or re.search(r"(?<![\w;])@[a-z]+\d{4}\w*", rest):
            yield number, "a citation must stand in brackets: found '@' outside them; write [@key]"
        for bare in re.findall(r"\[([\w; ]+)\](?![\[(])", rest):
            if bare.split(";")[0].strip() in site.evidence.references:
                yield number, f"a citation must begin with @: found '[{bare}]'; write [@{bare.replace('; ', '; @')}]"
        if match := BY_HAND.search(re.sub(r"\]\([^)]*\)", "", rest)):
            yield number, f"a source must be cited by its key: found '{match.group(0)[:50]}'; write [@key], the keys stand in docs/evidence/references.bib"


def citation_place(article: Article, site: Site) -> Found:
    """A citation stands before the full stop of the sentence it supports.

    Wrong: ``It helped a little. [@park2020foot]``
    Right: ``It helped a little [@park2020foot].``
    """
    for number, line in article.lines:
        if match := next(late_citations(CODE.sub("", line)), None):
            yield number, f"a citation must stand before the full stop: found '{match.group(0).strip()}'; move the full stop behind it"


def figures_cited(article: Article, site: Site) -> Found:
    """Every figure with a unit, a proportion or a count of people stands in a sentence with its source.

    Wrong: ``About 22 in 100 have it late in pregnancy.``
    Right: ``About 22 in 100 have it late in pregnancy [@chen2018pregnancy].``
    """
    for sentence in article.sentences:
        if cited(sentence.raw):
            continue
        if match := FIGURE.search(sentence.text):
            yield sentence.line, f"a sentence with a figure must have a citation: found '{match.group(0).strip()}' in '{_cut(sentence.text)}'; add [@key] before the full stop"
        elif (vouched := VOUCHED.search(sentence.text)) and not sentence.text.endswith(":") and not NEGATED.search(sentence.text):
            yield sentence.line, f"a sentence that leans on studies must name one: found '{vouched.group(0)}'; add [@key] before the full stop, or say what we do not know"


def _impossible(text: str) -> str:
    """Return what is wrong with a part of a whole in a text, or nothing."""
    for match in PART.finditer(text):
        part, whole = (int(number.replace(",", "")) for number in match.group(1, 2))
        if part > whole or not whole:
            return f"a part must not be more than its whole: found '{match.group(0)}'; look the figures up again"
        share = 100 * part / whole
        if match.group(3) and abs(int(match.group(3)) - share) > 0.5:
            return f"'in 100' must follow from the count: found '{match.group(0)}'; it is {int(share + 0.5)} in 100"
    return ""


def figures_possible(article: Article, site: Site) -> Found:
    """A part is no more than its whole, and its "in 100" is worked out right.

    Wrong: ``8 of 21 people (58 in 100)``
    Right: ``8 of 21 people (38 in 100)``
    """
    for number, line in article.lines:
        if message := _impossible(CITATION.sub("", line)):
            yield number, message


def evidence_text(site: Site) -> FoundIn:
    """What the evidence files say keeps the rules of wording too: it is shown on pages, in cards, lists and tooltips.

    Wrong: ``finding: Massage is clinically proven.`` in ``claims.yml``
    Right: ``finding: Leg massage may ease restless legs for a while.``
    """
    for name in ("claims.yml", "studies.yml", "glossary.yml", "safety.yml"):
        file = site.docs / "evidence" / name
        try:
            records = lined(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, YamlFault):
            continue  # the evidence says so
        for line, words in _told(records):
            for pattern, spared, message in (*EVERYWHERE, *(() if name == "safety.yml" else NUMBERS)):
                if (match := pattern.search(words)) and not (spared and spared.search(words)):
                    yield f"docs/evidence/{name}", line, f"{message}: found '{match.group(0)[:60]}'; reword it"
            if message := _impossible(words):
                yield f"docs/evidence/{name}", line, message
        for line, topic in _topics(records):
            if topic not in TAGS:
                yield f"docs/evidence/{name}", line, f"a topic must be from the list in CONTRIBUTING.md: found '{topic}'{nearest(topic, TAGS)}"
    for claim in site.evidence.claims.values():
        if claim.verdict not in (fits := FITS[claim.certainty]):
            yield "docs/evidence/claims.yml", claim.line, f"a claim of {claim.certainty.replace('-', ' ')} certainty must be {' or '.join(fits)}: '{claim.id}' is {claim.verdict}; look at both"
        if claim.none_found and (match := FIGURE.search(claim.finding)):
            yield "docs/evidence/claims.yml", claim.line, f"a finding with a figure must have a source: '{claim.id}' has '{match.group(0).strip()}' and none; name it, or take the figure out"


QUOTED = ("claim", "heard_as", "title", "key", "id", "keys", "sources", "also", "funding")
"""Keys whose words are others': what people claim is there to be answered."""

EVERYWHERE = (
    (LABELS, re.compile(r"\b(?:sleep|mood|work) suffers\b", re.IGNORECASE), "people come first, as in 'people with RLS'"),
    (BRANDS, None, "the evidence must name kinds of device, not brands"),
    (PROMISES, NEGATED, "the evidence must not promise"),
    (FALSE_HELP, NEGATED, "the evidence must not tell what no study found"),
    (STOP_MEDICINE, SAFE_NEAR, "nobody may be told to stop a medicine"),
    (TAKE_IRON, SAFE_NEAR, "nobody may be told to take iron untested"),
    (CHANGE_DOSE, re.compile(r"\b(?:not|never)\b", re.IGNORECASE), "nobody may be told to change a dose"),
    (RISKY, FORBIDS, RISK),
    (ODD, None, "text must hold characters people can see"),
)
NUMBERS = ((PHONE, None, "phone numbers must come from the safety text"),)
"""What no word of the evidence may hold, what spares it, and the message; NUMBERS are what safety.yml is there for."""


def _topics(records: Lined) -> Iterator[tuple[int, str]]:
    for record in records.value if isinstance(records.value, list) else ():
        topics = record.value.get("topics") if isinstance(record.value, dict) else None
        for topic in topics.value if topics and isinstance(topics.value, list) else ():
            yield topic.line, topic.value


def _told(item: Lined, key: str = "") -> Iterator[tuple[int, str]]:
    if isinstance(item.value, dict):
        for name, inner in item.value.items():
            yield from _told(inner, name)
    elif isinstance(item.value, list):
        for inner in item.value:
            yield from _told(inner, key)
    elif isinstance(item.value, str) and key not in QUOTED:
        for sentence in re.split(r"(?<=[.?!])\s+", item.value):
            yield item.line, sentence


def certainty_words(article: Article, site: Site) -> Found:
    """The certainty named and the verb used agree: may for low, probably for moderate, uncertain for very low.

    Wrong: ``Massage eases restless legs (low certainty).``
    Right: ``Massage may ease restless legs (low certainty).``
    """
    for sentence in article.sentences:
        for match in CERTAINTY.finditer(sentence.text):
            level = match.group(1).lower().replace(" ", "-")
            wanted = AGREES.get(level)
            if wanted and len(sentence.text.split()) > 4 and not wanted.search(sentence.text):
                word = {"low": "may", "moderate": "probably", "very-low": "we are very uncertain"}[level]
                yield sentence.line, f"a sentence of {level.replace('-', ' ')} certainty must say '{word}': found '{_cut(sentence.text)}'; reword it"


def _cut(text: str) -> str:
    return text if len(text) <= 70 else text[:67] + "…"
