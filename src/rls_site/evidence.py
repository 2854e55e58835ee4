"""The evidence: references, studies, claims, safety text and glossary, loaded once and checked against each other."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Iterator
from urllib.parse import urlsplit

from pybtex.database import BibliographyDataError, parse_string
from pybtex.scanner import PybtexSyntaxError

from .article import BLOCK, CITATION, split_keys
from .problem import Problem, nearest
from .strict_yaml import Lined, YamlFault, load

CERTAINTIES = ("very-low", "low", "moderate", "high")
"""The four words for how sure we are, weakest first (after GRADE; our own reading)."""

VERDICTS = ("supported", "partly", "unproven", "contradicted")
"""What a claim met elsewhere comes to."""

KINDS = {
    "hands-on-massage": "Massage by hand",
    "reflexology-acupressure": "Reflexology and acupressure",
    "foot-massager": "Foot and leg massagers",
    "compression": "Air compression",
    "vibration": "Vibration",
    "wraps-socks": "Wraps and socks",
    "nerve-stimulation": "Nerve stimulation",
    "heat-cold": "Heat and cold",
    "movement": "Exercise, stretching and yoga",
    "medicine-iron": "Medicine and iron",
    "how-it-works": "How massage may work",
    "about-rls": "About restless legs",
    "safety": "Safety",
    "placebo": "Placebo",
    "guidance": "Guidance",
    "measuring-health-pages": "Measuring health pages",
}
"""The kinds of study, with the heading readers see."""

GROUPS = {
    "adults-with-rls": "Adults with restless legs",
    "dialysis": "People on dialysis",
    "pregnancy": "Pregnant women",
    "children": "Children",
    "older-adults": "Older adults",
    "general-population": "People from the general public",
    "healthy-people": "People without restless legs",
    "not-a-study-of-people": "Not a study of people",
}
"""Who was studied, with the words readers see."""

SAFETY_PARTS = ("line", "numbers", "must-not", "ask-first", "devices", "emergency", "urgent")
"""The parts of the safety text a page can show."""

STUDY_FIELDS = (
    "key", "kind", "topics", "design", "who", "who_group", "people", "arms", "dose", "comparator", "result",
    "effect", "sham", "small", "follow_up", "funding", "limits", "bottom_line",
)  # fmt: skip
STUDY_REQUIRED = ("key", "kind", "topics", "design", "who", "who_group", "result", "bottom_line")
EFFECT_FIELDS = ("label", "measure", "value", "low", "high", "unit", "timing", "comparator")
CLAIM_FIELDS = (
    "id", "claim", "heard_as", "verdict", "certainty", "who_was_studied", "finding", "sources", "none_found",
    "searched", "topics",
)  # fmt: skip
CLAIM_REQUIRED = ("id", "claim", "verdict", "certainty", "who_was_studied", "finding", "topics")
UNSAFE = re.compile(r"<[A-Za-z/!?][^<>]*>?|\]\(\s*(?!https?:)[a-z]+:[^)]*\)?", re.IGNORECASE)
"""HTML, or a link that runs something: in no text of the evidence."""

GLOSSARY_FIELDS = ("term", "also", "meaning", "keys")

WORDS = ("id", "key", "term", "claim", "verdict", "certainty", "who_was_studied", "finding", "kind", "who_group", "design", "meaning")
LISTED = ("topics", "sources", "heard_as", "also", "keys")
"""Fields that hold text, and fields that hold a list."""

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

MIRRORS = re.compile(
    r"(?:sci-hub|libgen|nevinmanimala|medluna|researchgate|academia\.edu|scribd|europepmc\.org/api|droracle|prognia"
    r"|ouci\.dntb|semanticscholar|translate\.goog|webcache|archive\.(?:org|is|ph))",
    re.IGNORECASE,
)
"""Hosts that show copies of others' pages or pages written by machines: never linked."""

SHOPS = re.compile(r"\b(?:amazon|ebay|etsy|walmart|aliexpress|alibaba|temu|argos|boots|shop|store)\.", re.IGNORECASE)
"""Hosts that sell: never a source."""


@dataclass(frozen=True)
class Reference:
    """One source of ``references.bib``; fields the record lacks are empty strings."""

    key: str
    line: int
    kind: str
    fields: dict[str, str]
    authors: tuple[str, ...]

    @property
    def title(self) -> str:
        """The title, without BibTeX's braces and dashes."""
        return _untex(self.fields.get("title", ""))

    @property
    def year(self) -> str:
        """The year, or ``n.d.`` where the record has none."""
        return self.fields.get("year") or "n.d."

    @property
    def short(self) -> str:
        """A few words to tell it by: first author or title, and year."""
        if not self.authors:
            words = self.title.split()
            name = " ".join(words[:6]) + ("…" if len(words) > 6 else "")
        else:
            name = _untex(self.authors[0]).split(",")[0] + (" and others" if len(self.authors) > 1 else "")
        return f"{name}, {self.year}"

    @property
    def link(self) -> tuple[str, str]:
        """The address to follow and the words for it: DOI first, then PubMed, then the organisation's own page."""
        if doi := self.fields.get("doi"):
            return f"https://doi.org/{doi}", f"doi:{doi}"
        if pmid := self.fields.get("pmid"):
            return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/", f"PubMed {pmid}"
        url = self.fields.get("url", "")
        return url, urlsplit(url).netloc.removeprefix("www.")

    @property
    def where(self) -> str:
        """Journal or publisher with volume and pages, as far as the record shows them."""
        where = _untex(self.fields.get("journal") or self.fields.get("howpublished") or "")
        volume = self.fields.get("volume", "")
        if number := self.fields.get("number"):
            volume += f"({number})"
        pages = _untex(self.fields.get("pages", ""))
        detail = ":".join(part for part in (volume, pages) if part)
        return f"{where} {detail}".strip()

    @property
    def byline(self) -> str:
        """Up to three authors, then ``and others``; empty where the record names none."""
        shown = [_untex(name) for name in self.authors if name != "others"]
        more = len(shown) > 3 or "others" in self.authors
        names = "; ".join(_initials(name) for name in shown[:3])
        return names + (" and others" if more else "")


@dataclass(frozen=True)
class Claim:
    """One record of ``claims.yml``; see CLAIM_FIELDS."""

    id: str
    line: int
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


@dataclass(frozen=True)
class Evidence:
    """Everything under ``docs/evidence/``, by key, with the problems found on the way."""

    references: dict[str, Reference] = field(default_factory=dict)
    studies: dict[str, dict[str, Any]] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    glossary: tuple[dict[str, Any], ...] = ()
    safety: dict[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def sources_of(self, claim: Claim) -> list[Reference]:
        """The claim's references, in its own order."""
        return [self.references[key] for key in claim.sources if key in self.references]


def load_evidence(docs: Path) -> Evidence:
    """Load and cross-check the evidence of a ``docs/`` folder; a change of any file there is seen at the next call."""
    folder = docs / "evidence"
    names = ("references.bib", "studies.yml", "claims.yml", "glossary.yml", "safety.yml")
    stamps = tuple((folder / name).stat().st_mtime_ns if (folder / name).is_file() else 0 for name in names)
    return _load(folder, docs.name, stamps)


@lru_cache(maxsize=8)
def _load(folder: Path, shown: str, stamps: tuple[int, ...]) -> Evidence:
    problems: list[Problem] = []

    def say(name: str, line: int, message: str) -> None:
        problems.append(Problem(f"{shown}/evidence/{name}", line, "evidence", message))

    references = _references(folder / "references.bib", say)
    studies: dict[str, dict[str, Any]] = {}
    for line, record in _records(folder / "studies.yml", STUDY_FIELDS, STUDY_REQUIRED, "key", say):
        study = {key: item.plain() for key, item in record.items()}
        study["line"] = line
        for message in _study_faults(study, references):
            say("studies.yml", line, message)
        studies[study["key"]] = study
    for key, reference in references.items():
        if studies and key not in studies:
            say("references.bib", reference.line, f"every source must have a record in studies.yml: '{key}' has none; add one")
    claims: dict[str, Claim] = {}
    for line, record in _records(folder / "claims.yml", CLAIM_FIELDS, CLAIM_REQUIRED, "id", say):
        values = {key: item.plain() for key, item in record.items()}
        faults = list(_claim_faults(values, references))
        for message in faults:
            say("claims.yml", line, message)
        for name in ("sources", "heard_as", "topics"):
            values[name] = tuple(str(item) for item in values.get(name) or ())
        claims[values["id"]] = Claim(line=line, **{key: values[key] for key in values})
    glossary = []
    for line, record in _records(folder / "glossary.yml", GLOSSARY_FIELDS, ("term", "meaning"), "term", say):
        entry = {key: item.plain() for key, item in record.items()}
        for key in entry.get("keys") or ():
            if key not in references:
                say("glossary.yml", line, f"keys must stand in references.bib: '{key}' does not{nearest(key, references)}")
        glossary.append(entry)
    safety = _safety(folder / "safety.yml", references, say)
    return Evidence(references, studies, claims, tuple(glossary), safety, tuple(problems))


def _text_of(file: Path, say) -> str | None:
    try:
        return file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        say(file.name, 1, "the file must exist: it is missing; restore it")
    except UnicodeDecodeError as fault:
        line = file.read_bytes()[: fault.start].count(b"\n") + 1
        say(file.name, line, "the file must be UTF-8 text: found other bytes; save it again as UTF-8")
    return None


def _references(file: Path, say) -> dict[str, Reference]:
    text = _text_of(file, say)
    if text is None:
        return {}
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if match := re.match(r"\s*@(\w+)\s*\{\s*([^,\s]+)\s*,", line):
            key = match.group(2)
            if key.lower() in (known.lower() for known in lines):
                say(file.name, number, f"a key must stand once: '{key}' stands again; remove one of the two")
            lines.setdefault(key, number)
    try:
        database = parse_string(text, "bibtex")
    except (PybtexSyntaxError, BibliographyDataError) as fault:
        line = getattr(fault, "lineno", None) or 1
        reason = str(fault).split(":")[-1].strip() or "syntax error"
        if not isinstance(fault, BibliographyDataError) or "repeated" not in str(fault):
            say(file.name, line, f"must be valid BibTeX: {reason}; compare it with the entries around it")
        return {}
    except Exception as fault:  # pybtex raises its own and built-in errors on malformed names and fields
        say(file.name, 1, f"must be valid BibTeX: {fault}; look at the last entry changed")
        return {}
    found: dict[str, Reference] = {}
    seen: dict[str, str] = {}
    for key, entry in database.entries.items():
        authors = tuple(_name(person) for person in entry.persons.get("author", []))
        fields = {name.lower(): re.sub(r"\s+", " ", value) for name, value in entry.fields.items()}
        reference = Reference(key, lines.get(key, 1), entry.type, fields, authors)
        found[key] = reference
        for message in _reference_faults(reference):
            say(file.name, reference.line, message)
        for name in ("doi", "pmid"):
            value = fields.get(name, "").lower()
            if value and value in seen:
                say(file.name, reference.line, f"a {name.upper()} must stand once: '{key}' has that of '{seen[value]}'; merge them")
            if value:
                seen.setdefault(value, key)
    return found


def _name(person) -> str:
    last = " ".join(person.prelast_names + person.last_names + person.lineage_names)
    first = " ".join(person.first_names + person.middle_names)
    return f"{last}, {first}" if first else last


def _initials(name: str) -> str:
    last, _, first = name.partition(", ")
    letters = " ".join(part[0] + "." for part in re.split(r"[\s.]+", first) if part)
    return f"{last} {letters}".strip()


def _untex(text: str) -> str:
    return text.replace("{", "").replace("}", "").replace("---", "—").replace("--", "–").replace("\\&", "&").strip()


def _reference_faults(reference: Reference) -> Iterator[str]:
    if not reference.title:
        yield f"a source must have a title: '{reference.key}' has none; add the field"
    for name, value in reference.fields.items():
        if match := UNSAFE.search(value):
            yield f"a {name} must be plain text: '{reference.key}' has '{match.group(0)[:40]}'; use words"
    link, _ = reference.link
    if not link:
        yield f"a source must have a doi, pmid or url: '{reference.key}' has none; add one"
    for name in ("url", "doi"):
        if MIRRORS.search(reference.fields.get(name, "")):
            yield f"a link must go to the source itself: '{reference.key}' links to a copy; use the DOI or PMID"
    if url := reference.fields.get("url"):
        if urlsplit(url).scheme not in ("http", "https"):
            yield f"a url must begin with https://: '{reference.key}' has {url!r}; mend it"
    if (doi := reference.fields.get("doi")) and not re.fullmatch(r"10\.\d{4,9}/\S+", doi):
        yield f"a doi must look like 10.1000/abc: '{reference.key}' has {doi!r}; leave out https://doi.org/"
    if (pmid := reference.fields.get("pmid")) and not pmid.isdigit():
        yield f"a pmid must be digits: '{reference.key}' has {pmid!r}; leave out everything else"
    if (year := reference.fields.get("year")) and not re.fullmatch(r"(?:19|20)\d\d", year):
        yield f"a year must be four digits: '{reference.key}' has {year!r}; leave the field out if the record has none"
    elif year and int(year) > datetime.date.today().year + 1:
        yield f"a year must not be in the future: '{reference.key}' has {year}; look at the record again"
    if SHOPS.search(urlsplit(reference.fields.get("url", "")).netloc):
        yield f"a source must not be a shop: '{reference.key}' links to one; cite a study or an organisation"


def _records(file: Path, fields, required, key, say) -> Iterator[tuple[int, dict[str, Lined]]]:
    text = _text_of(file, say)
    if text is None:
        return
    try:
        loaded = load(text)
    except YamlFault as fault:
        say(file.name, fault.line, f"{fault.message}; compare it with the records around it")
        return
    if not isinstance(loaded.value, list):
        say(file.name, loaded.line, "must be a list of records, each starting with '- ': found something else")
        return
    seen: set[str] = set()
    for item in loaded.value:
        if not isinstance(item.value, dict):
            say(file.name, item.line, "each record must be 'key: value' lines: found something else")
            continue
        unknown = [name for name in item.value if name not in fields]
        for name in unknown:
            say(file.name, item.keys[name], f"keys must be known: found '{name}'{nearest(name, fields)}")
        missing = [name for name in required if item.value.get(name) is None or item.value[name].value in (None, "", [])]
        for name in missing:
            say(file.name, item.line, f"a record must have '{name}': it is missing; add it")
        wrong = [name for name, found in item.value.items() if name in LISTED and not isinstance(found.value, (list, type(None)))]
        wrong += [name for name, found in item.value.items() if name in WORDS and isinstance(found.value, (list, dict))]
        for name in wrong:
            kind = "a list" if isinstance(item.value[name].value, list) else "something else"
            must = "a list" if name in LISTED else "text"
            say(file.name, item.keys[name], f"'{name}' must be {must}: found {kind}; look at the records around it")
        for name, found in item.value.items():
            if match := UNSAFE.search(str(found.plain())):
                say(file.name, item.keys[name], f"'{name}' must be plain text: found '{match.group(0)[:40]}'; use words")
        if unknown or missing or wrong:
            continue
        name = str(item.value[key].value)
        if name in seen:
            say(file.name, item.line, f"'{key}' must be unique: '{name}' stands again; remove one of the two")
            continue
        seen.add(name)
        yield item.line, item.value


def _study_faults(study: dict[str, Any], references: dict[str, Reference]) -> Iterator[str]:
    key = study["key"]
    if key not in references:
        yield f"a study's key must stand in references.bib: '{key}' does not{nearest(key, references)}"
    if study["kind"] not in KINDS:
        yield f"kind must be one of {', '.join(KINDS)}: found '{study['kind']}'{nearest(str(study['kind']), KINDS)}"
    if study["who_group"] not in GROUPS:
        yield f"who_group must be one of {', '.join(GROUPS)}: found '{study['who_group']}'"
    if not isinstance(study.get("small", False), bool):
        yield f"small must be true or left out: '{key}' has '{study['small']}'; fewer than 100 people in a trial is small"
    effects = study.get("effect") or []
    if not isinstance(effects, list):
        yield f"effect must be a list: '{key}' has something else; start each with '- label:'"
        return
    for effect in effects:
        unknown = [name for name in effect if name not in EFFECT_FIELDS] if isinstance(effect, dict) else ["?"]
        if unknown:
            yield f"an effect's keys must be known: '{key}' has '{unknown[0]}'{nearest(unknown[0], EFFECT_FIELDS)}"
        elif not all(isinstance(effect.get(name), (int, float)) for name in ("value", "low", "high")):
            yield f"an effect must have numbers for value, low and high: '{key}' lacks one; give it only as reported"
        elif not effect["low"] <= effect["value"] <= effect["high"]:
            yield f"an effect must lie between low and high: '{key}' has {effect['value']}; look at the signs"


def _claim_faults(claim: dict[str, Any], references: dict[str, Reference]) -> Iterator[str]:
    name = claim["id"]
    if claim["verdict"] not in VERDICTS:
        yield f"verdict must be one of {', '.join(VERDICTS)}: '{name}' has '{claim['verdict']}'"
    if claim["certainty"] not in CERTAINTIES:
        yield f"certainty must be one of {', '.join(CERTAINTIES)}: '{name}' has '{claim['certainty']}'"
    sources = claim.get("sources") or []
    if not sources and not claim.get("none_found"):
        yield f"a claim must name its sources or say 'none_found: true': '{name}' does neither; add one of the two"
    for key in sources:
        if key not in references:
            yield f"a claim's sources must stand in references.bib: '{name}' has '{key}'{nearest(str(key), references)}"
    verbs = VERBS.get(claim["certainty"], ())
    if verbs and not any(re.search(verb, str(claim["finding"]), re.IGNORECASE) for verb in verbs):
        word = {"low": "'may'", "moderate": "'probably'", "very-low": "'very uncertain', or that no study was found"}
        yield f"a finding of {claim['certainty']} certainty must say {word[claim['certainty']]}: '{name}' does not; reword it"


def _safety(file: Path, references: dict[str, Reference], say) -> dict[str, Any]:
    text = _text_of(file, say)
    if text is None:
        return {}
    try:
        loaded = load(text)
    except YamlFault as fault:
        say(file.name, fault.line, f"{fault.message}; compare it with the last version")
        return {}
    safety = loaded.plain()
    if not isinstance(safety, dict):
        say(file.name, 1, "must be 'key: value' lines: found something else")
        return {}
    for name in ("line", "numbers", "lists", "check"):
        if not safety.get(name):
            say(file.name, 1, f"must have '{name}': it is missing; restore it")
    for number, line in enumerate(text.split("\n"), 1):
        if match := UNSAFE.search(line):
            say(file.name, number, f"must be plain text: found '{match.group(0)[:40]}'; use words")
        for match in re.finditer(r"@([\w-]+)", "" if line.startswith("#") else line):
            if match.group(1) not in references:
                say(file.name, number, f"citations must stand in references.bib: '{match.group(1)}' does not{nearest(match.group(1), references)}")
    return safety


def _published(docs: Path) -> Iterator[tuple[str, list[str]]]:
    for file in sorted(docs.rglob("*.md")):
        path = file.relative_to(docs).as_posix()
        if not path.startswith("_") and not file.name.startswith("_"):
            yield path, file.read_text(encoding="utf-8", errors="replace").split("\n")


def usage(docs: Path) -> dict[str, list[str]]:
    """Return, for each source's key, the articles (paths from ``docs/``) that cite it or show a claim resting on it."""
    claims = load_evidence(docs).claims
    found: dict[str, list[str]] = {}
    for path, lines in _published(docs):
        keys: set[str] = set()
        for line in lines:
            for match in CITATION.finditer(line):
                keys.update(split_keys(match.group(1)))
            block = BLOCK.match(line)
            if block and block.group(1) == "evidence" and block.group(2) in claims:
                keys.update(claims[block.group(2)].sources)
        for key in keys:
            found.setdefault(key, []).append(path)
    return found


def claim_usage(docs: Path) -> dict[str, list[str]]:
    """Return, for each claim's id, the articles that show its evidence card."""
    found: dict[str, list[str]] = {}
    for path, lines in _published(docs):
        for line in lines:
            block = BLOCK.match(line)
            if block and block.group(1) == "evidence" and block.group(2):
                found.setdefault(block.group(2), []).append(path)
    return found
