"""Sources: the entries of ``references.bib``."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Iterator
from urllib.parse import SplitResult, urlsplit

from pybtex.bibtex.utils import split_name_list
from pybtex.database import BibliographyData, BibliographyDataError, parse_string
from pybtex.scanner import PybtexSyntaxError

from ..problem import Say, nearest
from .records import UNSAFE, text_of

MIRRORS = re.compile(
    r"(?:sci-hub|libgen|nevinmanimala|medluna|researchgate|academia\.edu|scribd|europepmc\.org/api|droracle|prognia"
    r"|ouci\.dntb|semanticscholar|translate\.goog|webcache|archive\.(?:org|is|ph))",
    re.IGNORECASE,
)
"""Hosts that show copies of others' pages or pages written by machines: never linked."""

SHOPS = re.compile(r"\b(?:amazon|ebay|etsy|walmart|aliexpress|alibaba|temu|argos|boots|shop|store)\.", re.IGNORECASE)
"""Hosts that sell: never a source."""

UNDATED = "n.d."
"""Stands in place of a year the record does not give; never the year of reading."""


ENTRIES = ("article", "misc")
FIELDS = ("author", "title", "journal", "howpublished", "year", "volume", "number", "pages", "doi", "pmid", "pmcid", "url", "note")
"""The entries and fields of BibTeX that a record may have; the pages show all but the pmcid, which the file to download hands on."""


HALVES = {"a-k": "evidence/references.md", "l-z": "evidence/references-l-to-z.md"}
"""The two pages of the list, from ``docs/``: on one it would be too heavy for a slow line."""


SMALL_WORDS = {"a", "an", "the", "and", "or", "of", "on", "in", "for", "with", "to", "by", "from", "as", "at", "is", "are"}
"""Words a title cut short does not end on."""


def split(address: str) -> SplitResult:
    """Return an address in its parts; one that cannot be read has none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


@dataclass(frozen=True)
class Reference:
    """One source of ``references.bib``; fields the record lacks are empty strings."""

    key: str
    line: int
    kind: str
    fields: dict[str, str]
    authors: tuple[str, ...]

    @cached_property
    def title(self) -> str:
        """The title, without BibTeX's braces and dashes."""
        return _untex(self.fields.get("title", ""))

    @property
    def year(self) -> str:
        """The year, or ``n.d.`` where the record has none."""
        return self.fields.get("year") or UNDATED

    @cached_property
    def short(self) -> str:
        """A few words to tell it by: first author or title, and year."""
        if not self.authors:
            name = self.short_title()
        else:
            first = _untex(self.authors[0])
            name = first if _whole(self.authors[0]) else first.split(",")[0]
            name += " and others" if len(self.authors) > 1 else ""
        return f"{name}, {self.year}"

    def short_title(self, words: int = 6) -> str:
        """The title's first words, at most ``words`` of them, not ending on a small one."""
        whole = self.title.split()
        kept = whole[:words]
        while len(whole) > words and len(kept) > 1 and kept[-1].lower() in SMALL_WORDS:
            kept.pop()
        return " ".join(kept).rstrip(",:;.") + ("…" if len(whole) > words else "")

    @property
    def half(self) -> str:
        """The half of the list it stands in, by its first letter: a key of HALVES."""
        return "a-k" if (self.byline or self.title).lower() < "l" else "l-z"

    @property
    def home(self) -> str:
        """Its place in the list, as a path from ``docs/``."""
        return f"{HALVES[self.half]}#ref-{self.key}"

    @property
    def link(self) -> tuple[str, str]:
        """The address to follow and the words for it: DOI first, then PubMed, then the organisation's own page."""
        if doi := self.fields.get("doi"):
            return f"https://doi.org/{doi}", f"doi:{doi}"
        if pmid := self.fields.get("pmid"):
            return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/", f"PubMed {pmid}"
        url = self.fields.get("url", "")
        return url, split(url).netloc.removeprefix("www.")

    @cached_property
    def journal(self) -> str:
        """Journal or publisher, as far as the record shows it."""
        return _untex(self.fields.get("journal") or self.fields.get("howpublished") or "")

    @cached_property
    def where(self) -> str:
        """Journal or publisher with volume and pages, as far as the record shows them."""
        volume = self.fields.get("volume", "")
        if number := self.fields.get("number"):
            volume += f"({number})"
        pages = _untex(self.fields.get("pages", ""))
        detail = ":".join(part for part in (volume, pages) if part)
        return f"{self.journal} {detail}".strip()

    @cached_property
    def byline(self) -> str:
        """Up to three authors, then ``and others``; empty where the record names none."""
        return self._authors(3)

    @cached_property
    def brief_byline(self) -> str:
        """Up to two authors, or the first ``and others``; empty where the record names none."""
        return self._authors(2 if len(self.authors) == 2 else 1)

    def _authors(self, most: int) -> str:
        shown = [name for name in self.authors if name != "others"]
        more = len(shown) > most or "others" in self.authors
        names = "; ".join(_untex(name) if _whole(name) else _initials(_untex(name)) for name in shown[:most])
        return names + (" and others" if more else "")


@lru_cache(maxsize=2)
def _database(text: str) -> BibliographyData:
    return parse_string(text, "bibtex")


def load_references(file: Path, say: Say) -> dict[str, Reference]:
    """Return the sources of a ``.bib`` file by key; faults go to ``say(name, line, message)``."""
    text = text_of(file, say)
    if text is None:
        return {}
    lines = _lines(file.name, text, say)
    try:
        database = _database(text)
    except (PybtexSyntaxError, BibliographyDataError) as fault:
        line = getattr(fault, "lineno", None) or 1
        reason = str(fault).split(":")[-1].strip() or "syntax error"
        if not isinstance(fault, BibliographyDataError) or "repeated" not in str(fault):
            say(file.name, *_syntax_fault(text.split("\n"), line, reason))
        return {}
    except Exception as fault:  # pybtex raises its own and built-in errors on malformed names and fields
        say(file.name, 1, f"must be valid BibTeX: {fault}; look at the last entry changed")
        return {}
    if not database.entries:
        say(file.name, 1, f"must hold the sources: found none; bring them back: git restore docs/evidence/{file.name}")
    found: dict[str, Reference] = {}
    seen: dict[str, str] = {}
    for key, entry in database.entries.items():
        authors = tuple(_name(person) for person in entry.persons.get("author", []))
        fields = {name.lower(): re.sub(r"\s+", " ", value) for name, value in entry.fields.items()}
        at = lines.get(key, {"": 1})
        reference = Reference(key, at[""], entry.type, fields, authors)
        found[key] = reference
        for message in _name_faults(reference, text.split("\n")[at["author"] - 1 :] if "author" in at else []):
            say(file.name, at["author"], message)
        for name, message in _reference_faults(reference):
            say(file.name, at.get(name, reference.line), message)
        for name in ("doi", "pmid", "url"):
            value = fields.get(name, "").lower().rstrip("/")
            if value and value in seen:
                say(file.name, at.get(name, reference.line), f"a {name.upper()} must stand once: '{key}' has that of '{seen[value]}'; merge them")
            if value:
                seen.setdefault(value, key)
    return found


def _lines(name: str, text: str, say: Say) -> dict[str, dict[str, int]]:
    """Return the lines of each entry, by its key, and of its fields, by theirs; pybtex keeps none, and passes over some faults told here."""
    lines: dict[str, dict[str, int]] = {}
    small: set[str] = set()
    key = ""
    for number, line in enumerate(text.split("\n"), 1):
        if match := re.match(r"\s*@\w+\s*\{\s*([^,\s]+)\s*(,?)([^,]*)", line):
            key = match.group(1)
            if not match.group(2) and match.group(3).strip():
                say(name, number, f"a key must be one word: found '{key} {match.group(3).strip()}'; take the space out")
            elif not match.group(2):
                say(name, number, f"a key must end with a comma: found '{line.strip()[:40]}'; add it")
            if key.lower() in small:
                say(name, number, f"a key must stand once: '{key}' stands again; remove one of the two")
            lines.setdefault(key, {"": number})
            small.add(key.lower())
        elif re.match(rf"\s*(?:{'|'.join(ENTRIES)})\s*\{{", line):
            say(name, number, f"an entry must begin with '@': found '{line.strip()[:40]}'; add it")
        elif key and (match := re.match(r"\s*(\w+)\s*=", line)):
            lines[key].setdefault(match.group(1).lower(), number)
    return lines


def _syntax_fault(lines: list[str], found: int, reason: str) -> tuple[int, str]:
    """Return where a file of one field a line went wrong, and how to mend it; ``found``: where BibTeX first took offence.

    A comma or brace is missed only further on, in the next line or the next entry.
    """
    field = re.compile(r"\s*\w+\s*=\s*")
    first = max((number for number in range(1, found + 1) if lines[number - 1].lstrip().startswith("@")), default=1)
    early = first == found and found > 1  # the entry before was not closed
    if early:
        first = max((number for number in range(1, found) if lines[number - 1].lstrip().startswith("@")), default=1)
    for number in range(first, found + 1):
        line = lines[number - 1].rstrip()
        if not (match := field.match(line)):
            continue
        value, after = line[match.end() :], lines[number].strip() if number < len(lines) else ""
        if value[:1] not in ("{", '"') and not value.rstrip(",").isalnum():
            return number, f"a field's text must stand in braces: found '{line.strip()[:40]}'; write {{ before it and }} after it"
        if value.count("{") != value.count("}") and field.match(f"{after} "):
            return number, f"braces must be closed: found {value.count('{')} opened and {value.count('}')} closed in '{line.strip()[:40]}'; add or take out one"
        if not value.endswith(",") and field.match(f"{after} "):
            return number, f"a field must end with a comma: found '{line.strip()[-40:]}'; add it"
    if early:
        return first, f"an entry must be closed: found '{lines[found - 1].strip()[:40]}' of line {found} before its end; write }} above that"
    return found, f"must be valid BibTeX: {reason}; compare it with the entries around it"


SURNAME_FIRST = re.compile(r"[^,;]+(?:, (?:Jr|Sr|II|III|IV)\.?)?, [^,;]+")
PUBMED = re.compile(r"\bet al\b|^[^,]* (?!(?:II|III|IV|VI),)[A-Z]{1,3},|\}")
"""Names as PubMed lists them, which BibTeX would turn round."""


def _name_faults(reference: Reference, lines: list[str]) -> Iterator[str]:
    """Yield what is wrong with how names are written; ``lines``: the file from the field's own line on.

    Without a comma BibTeX takes the last word for the surname, so "Test Hospital" would be printed as "Hospital T."
    """
    written = ""
    for line in lines:
        written += f" {line.strip()}"
        if written.count("{") <= written.count("}"):
            break
    match = re.fullmatch(r"\s*author\s*=\s*[{\"](.*)[}\"]\s*,?\s*\}?\s*", written, re.IGNORECASE)
    for name in split_name_list(match[1]) if match else ():
        whole = re.fullmatch(r"\{.*\}", name)
        if not whole and name != "others" and (not SURNAME_FIRST.fullmatch(name) or PUBMED.search(name)):
            yield (
                "authors must be 'Surname, Given and Surname, Given and others', an organisation in braces of its own: "
                f"'{reference.key}' has '{name}'; write it so, or {{{name}}}"
            )


def _name(person) -> str:
    last = " ".join(person.prelast_names + person.last_names + person.lineage_names)
    first = " ".join(person.first_names + person.middle_names)
    return f"{last}, {first}" if first else last


def _whole(name: str) -> bool:
    # In braces stands an organisation's name: its commas part no surname.
    return name.startswith("{")


def _initials(name: str) -> str:
    last, _, first = name.partition(", ")
    letters = " ".join(part[0] + "." for part in re.split(r"[\s.]+", first) if part)
    return f"{last} {letters}".strip()


def _untex(text: str) -> str:
    return text.replace("{", "").replace("}", "").replace("---", "—").replace("--", "–").replace("\\&", "&").strip()


def _reference_faults(reference: Reference) -> Iterator[tuple[str, str]]:
    """Yield the field, empty for the whole entry, and what is wrong with it."""
    if reference.kind not in ENTRIES:
        yield "", f"an entry must be @{' or @'.join(ENTRIES)}: '{reference.key}' is @{reference.kind}{nearest(reference.kind, ENTRIES)}"
    if not reference.title:
        yield "", f"a source must have a title: '{reference.key}' has none; add the field"
    for name, value in reference.fields.items():
        if name not in FIELDS:
            yield name, f"a field must be one of {', '.join(FIELDS)}: '{reference.key}' has '{name}'{nearest(name, FIELDS)}"
        if match := UNSAFE.search(value):
            yield name, f"a {name} must be plain text: '{reference.key}' has '{match.group(0)[:40]}'; use words"
    link, _ = reference.link
    if not link:
        yield "", f"a source must have a doi, pmid or url: '{reference.key}' has none; add one"
    for name in ("url", "doi"):
        if MIRRORS.search(reference.fields.get(name, "")):
            yield name, f"a link must go to the source itself: '{reference.key}' links to a copy; use the DOI or PMID"
    if url := reference.fields.get("url"):
        if split(url).scheme not in ("http", "https"):
            yield "url", f"a url must begin with https://: '{reference.key}' has {url!r}; mend it"
    if (doi := reference.fields.get("doi")) and not re.fullmatch(r"10\.\d{4,9}/\S+", doi):
        yield "doi", f"a doi must look like 10.1000/abc: '{reference.key}' has {doi!r}; leave out https://doi.org/"
    if (pmid := reference.fields.get("pmid")) and not pmid.isdigit():
        yield "pmid", f"a pmid must be digits: '{reference.key}' has {pmid!r}; leave out everything else"
    if (year := reference.fields.get("year")) and not re.fullmatch(r"(?:19|20)\d\d", year):
        yield "year", f"a year must be four digits: '{reference.key}' has {year!r}; leave the field out if the record has none"
    elif year and int(year) > datetime.date.today().year + 1:
        yield "year", f"a year must not be in the future: '{reference.key}' has {year}; look at the record again"
    if SHOPS.search(split(reference.fields.get("url", "")).netloc):
        yield "url", f"a source must not be a shop: '{reference.key}' links to one; cite a study or an organisation"
