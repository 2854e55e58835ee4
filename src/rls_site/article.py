"""An article as its writer typed it: front matter, headings, sentences, links, blocks, each with its line."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Iterator

from markdown.extensions.toc import slugify, unique

from .problem import Problem, line_in
from .strict_yaml import Lined, YamlFault, load

BLOCK = re.compile(r"^/{3,}\s*([A-Za-z][\w-]*)\s*(?:\|\s*(.*?)\s*)?$")
BLOCK_END = re.compile(r"^/{3,}\s*$")
HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*(?:\{\s*#([\w-]+)[^}]*\})?\s*#*\s*$")
CITATION = re.compile(r"\[@([^\]\n]*)\]")
OWN = "our-own"
"""Stands in a citation where no source says it: a caution or a view of the site's editors."""

CODE = re.compile(r"(?<![\\`])`[^`\\]+`(?!`)")
"""Code in a line. A backtick behind a backslash is a letter, and what follows it is no code."""

IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)\s]*)(?:\s+\"[^\"]*\")?\)(?:\{[^}]*\})?")
LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]*)(?:\s+\"[^\"]*\")?\)")
REFERENCE_LINK = re.compile(r"(?<!!)\[([^\[\]@^][^\[\]]*)\]\[([^\[\]]*)\]")
LIST_ITEM = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+(.*)$")
FENCE = re.compile(r"^\s*(```|~~~)")
SENTENCE_END = re.compile(r"(?<=[.?!])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9*\[])")
NO_SENTENCE_END = re.compile(r"\b(?:a\.m|p\.m|e\.g|i\.e|et al|Dr|Mr|Mrs|Ms|St|vs|No)\.$|^\s*\d+\.$")
"""A stop that ends no sentence: of an abbreviation, or of a number in a list."""

LATE_CITATION = re.compile(r"(?<=[\w)\"”])([.?!])\s*(\[@[^\]\n]*\])(?=\s|$)")


@dataclass(frozen=True)
class Heading:
    """A heading: ``level`` 1 to 6, ``text`` as typed, ``anchor`` the explicit id or the one the build makes."""

    line: int
    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Sentence:
    """One sentence or list item: ``raw`` as typed, ``text`` as read aloud, ``block`` the block it stands in."""

    line: int
    raw: str
    text: str
    block: str


@dataclass(frozen=True)
class Link:
    """A Markdown link or image: where it points, and the words or text alternative it shows."""

    line: int
    text: str
    target: str
    image: bool


@dataclass(frozen=True)
class Block:
    """A block of the vocabulary: its name, argument, first line, and last line (0 when it is never closed)."""

    line: int
    name: str
    argument: str
    end: int
    body: str


NIGHT = "tonight/"
"""The folder of the pages for the small hours."""


@dataclass(frozen=True, eq=False)
class Article:
    """One Markdown file under ``docs/``.

    path: from ``docs/``, with forward slashes. shown: as printed in messages.
    front: the front matter with lines. body: the Markdown after it. body_line: the line its first line stands on.
    """

    path: str
    shown: str
    front: Lined
    body: str
    body_line: int

    @cached_property
    def meta(self) -> dict[str, Any]:
        """The front matter without lines."""
        return self.front.plain()

    @property
    def type(self) -> str:
        """The page type, or an empty string."""
        return str(self.meta.get("type", ""))

    @property
    def address(self) -> str:
        """The address from the site's root: ``massage/safety/``, and an empty string for the home page."""
        return address_of(self.path)

    @property
    def withdrawn(self) -> str:
        """Why the article was taken back; empty for one that stands."""
        return str(self.meta.get("withdrawn") or "")

    @property
    def night(self) -> bool:
        """Whether it is a page for the small hours: always dark, complete in the first flight, reviewed twice a year."""
        return self.path.startswith(NIGHT)

    def line_of(self, key: str) -> int:
        """The line of a front-matter key, or 1 when it is missing."""
        return self.front.keys.get(key, 1)

    @cached_property
    def lines(self) -> list[tuple[int, str]]:
        """The body's lines with their numbers; lines inside code fences are blank."""
        result, fence = [], ""
        for number, line in enumerate(self.body.split("\n"), self.body_line):
            mark = FENCE.match(line)
            if mark and not fence:
                fence = mark.group(1)
                result.append((number, ""))
            elif fence:
                if mark and mark.group(1) == fence:
                    fence = ""
                result.append((number, ""))
            else:
                result.append((number, line))
        return result

    @cached_property
    def headings(self) -> list[Heading]:
        """Every heading, in order."""
        found: list[Heading] = []
        used: set[str] = set()
        for number, line in self.lines:
            match = HEADING.match(line)
            if match:
                text = plain_text(match.group(2))
                anchor = match.group(3) or unique(slug(text), used)
                used.add(anchor)
                found.append(Heading(number, len(match.group(1)), text, anchor))
        return found

    @cached_property
    def blocks(self) -> list[Block]:
        """Every block, in order; nesting is not part of the vocabulary except a caption."""
        found: list[Block] = []
        opened: list[tuple[int, str, str, list[str]]] = []
        for number, line in self.lines:
            start = BLOCK.match(line)
            if start:
                for entry in opened:
                    entry[3].append("")  # a line of the body is a line of the file
                opened.append((number, start.group(1), start.group(2) or "", []))
            elif BLOCK_END.match(line) and opened:
                first, name, argument, body = opened.pop()
                found.append(Block(first, name, argument, number, "\n".join(body)))
                for entry in opened:
                    entry[3].append("")
            else:
                for entry in opened:
                    entry[3].append(line)
        found += [Block(first, name, argument, 0, "\n".join(body)) for first, name, argument, body in opened]
        return sorted(found, key=lambda block: block.line)

    @cached_property
    def links(self) -> list[Link]:
        """Every Markdown link and image with a target."""
        found = []
        for number, line in self.lines:
            line = CODE.sub("", line)
            for match in IMAGE.finditer(line):
                found.append(Link(number, match.group(1), match.group(2), True))
            for match in LINK.finditer(line):
                found.append(Link(number, plain_text(match.group(1)), match.group(2), False))
        return found

    @cached_property
    def citations(self) -> list[tuple[int, str]]:
        """Every cited key of a source with its line, in order."""
        return [
            (number, key)
            for number, line in self.lines
            for key in cited(CODE.sub("", line))
        ]

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The article's own sentences: paragraphs and list items, without headings, tables, captions of images or code."""
        return list(self._sentences())

    def _sentences(self) -> Iterator[Sentence]:
        blocks: list[str] = []
        paragraph: list[tuple[int, str]] = []

        def flush() -> Iterator[Sentence]:
            if paragraph:
                yield from _split(paragraph, blocks[-1] if blocks else "")
                paragraph.clear()

        for number, line in self.lines:
            start = BLOCK.match(line)
            stripped = line.strip()
            if start or BLOCK_END.match(line):
                yield from flush()
                if start:
                    blocks.append(start.group(1))
                elif blocks:
                    blocks.pop()
            elif not stripped or HEADING.match(line) or stripped.startswith(("|", "<")):
                yield from flush()
            elif IMAGE.fullmatch(stripped):
                yield from flush()
            elif item := LIST_ITEM.match(line):
                yield from flush()
                paragraph.append((number, item.group(1)))
            else:
                paragraph.append((number, stripped.lstrip("> ")))
        yield from flush()


def _split(paragraph: list[tuple[int, str]], block: str) -> Iterator[Sentence]:
    joined, starts = "", []
    for number, text in paragraph:
        starts.append((len(joined), number))
        joined += text + " "
    start = 0
    for raw in pieces(joined.strip()):
        at = joined.index(raw, start)
        start = at + len(raw)
        line = max(number for offset, number in starts if offset <= at)
        text = plain_text(raw)
        if text:
            yield Sentence(line, raw, text, block)


def pieces(text: str) -> Iterator[str]:
    """Yield a text's sentences as typed."""
    start = 0
    for match in SENTENCE_END.finditer(text):
        if NO_SENTENCE_END.search(text[: match.start()]):
            continue
        yield text[start : match.start()].strip()
        start = match.start()
    rest = text[start:].strip()
    if rest:
        yield rest


def plain_text(markdown: str) -> str:
    """Return Markdown as it would be read aloud: no citations, link targets, emphasis or code marks."""
    text = markdown
    if "[" in text:  # in most lines nothing is marked, and this is asked of every one
        text = CITATION.sub("", text)
        text = IMAGE.sub(r"\1", text)
        text = LINK.sub(r"\1", text)
        text = re.sub(r"\[([^\]]+)\]\[[^\]]*\]", r"\1", text)
    text = re.sub(r"[*`]|(?<!\w)_|_(?!\w)", "", text)
    text = re.sub(r"\s+([.,;:?!])", r"\1", text)
    return re.sub(r"\s+", " ", text).strip()


def split_keys(inside: str) -> list[str]:
    """Return the keys inside ``[@a; @b]``, given ``a; @b``."""
    return [part.strip().lstrip("@").strip() for part in inside.split(";")]


def cited(text: str) -> list[str]:
    """Return the keys of the sources a text cites, in order; what is marked as our own has none."""
    return [key for match in CITATION.finditer(text) for key in split_keys(match.group(1)) if key != OWN]


def in_words(day: datetime.date) -> str:
    """Return a day as pages show it: ``20 November 2026``."""
    return f"{day.day} {day:%B %Y}"


def late_citations(line: str) -> Iterator[re.Match]:
    """Yield where a citation stands after the full stop of its sentence: the stop is group 1, the citation group 2."""
    return (match for match in LATE_CITATION.finditer(line) if not NO_SENTENCE_END.search(line[: match.end(1)]))


ENTRY_DAY = re.compile(r"(\d{1,2} \w+ \d{4})\.\s*")
"""How an entry of "What changed our mind" begins: ``20 November 2026.``"""


def day_of(words: str) -> datetime.date | None:
    """Return the day that ``in_words`` writes this way, or None."""
    try:
        day = datetime.datetime.strptime(words, "%d %B %Y").date()
    except ValueError:
        return None
    return day if in_words(day) == words else None


def slug(text: str) -> str:
    """Return the anchor Python-Markdown's ``toc`` makes of a heading."""
    return slugify(text, "-")


HARD_SPACE = re.compile(r"^ *(?P<mark>/{2,}+[^\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]*+|#{1,6}|[-*+>]|\d+\.)? *(?P<space>[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])")
"""A space that Word or a Mac's Option key types, where a line's mark is read: to Markdown it is a letter, and the mark is none."""

STEP_TIME = re.compile(r"^\*\*(\d+)(?:\s*(?:to|-|–)\s*\d+)?\s+(second|minute)s?\b[^*]*\*\*")
"""A step's own time, bold at its start: ``**90 seconds.**``"""


def seconds(step: str) -> int | None:
    """Return the time of a step in seconds, or None when it does not begin with one."""
    match = STEP_TIME.match(step.strip())
    return int(match.group(1)) * (60 if match.group(2) == "minute" else 1) if match else None


def address_of(path: str) -> str:
    """Return the address of a Markdown file from ``docs/``: ``a/b.md`` to ``a/b/``, ``a/index.md`` to ``a/``."""
    stem = path.removesuffix(".md")
    if stem == "index":
        return ""
    return f"{stem.removesuffix('/index')}/"


def files_in(folder: Path, pattern: str = "*") -> list[Path]:
    """Return what stands under a folder in order, but not what is hidden, such as an editor's lock: the engines leave it out."""
    above = len(folder.parts)
    found = (file for file in folder.rglob(pattern) if not any(part.startswith(".") for part in file.parts[above:]))
    return sorted(file for file in found if file.is_file() or file.is_symlink())


def read_once(file: Path, docs: Path) -> tuple[Article | None, list[Problem]]:
    """Return what ``read`` does, read again only where the file has changed; raises FileNotFoundError without the file."""
    return _read_once(file, docs, file.stat().st_mtime_ns)


@lru_cache(maxsize=1024)
def _read_once(file: Path, docs: Path, stamp: int) -> tuple[Article | None, list[Problem]]:
    return read(file, docs)


def read(file: Path, docs: Path) -> tuple[Article | None, list[Problem]]:
    """Read one article strictly.

    Returns the article, or None with the problems that keep it from being read
    (not UTF-8, empty, no front matter, front matter that is not a YAML mapping).
    """
    path = file.relative_to(docs).as_posix()
    shown = f"{docs.name}/{path}"

    def refuse(line: int, message: str) -> tuple[None, list[Problem]]:
        return None, [Problem(shown, line, "front_matter", message)]

    try:
        text = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as fault:
        return refuse(line_in(fault), "an article must be UTF-8 text: found other bytes; save it again as UTF-8")
    except OSError as fault:
        return refuse(1, f"an article must be a file that can be read: found none ({fault.strerror}); restore it, or take the name out")
    if text.startswith("\ufeff"):
        return refuse(1, "an article must start with '---': found a byte-order mark; save it as UTF-8 without BOM")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return refuse(1, "an article must have front matter and text: found an empty file; start from docs/_template.md")
    if not text.startswith("---\n"):
        return refuse(
            1, f"front matter must start on line 1 with '---': found {text.split(chr(10))[0][:40]!r}; see docs/_template.md"
        )
    end = re.search(r"^---[ \t]*$", text[4:], re.MULTILINE)
    if not end:
        if other := re.search(r"^(?:--|-{4,}|[–—]+|---\s+)[ \t]*$", text[4:], re.MULTILINE):
            line = text[: 4 + other.start()].count("\n") + 1
            return refuse(line, f"front matter must end with a line '---': found '{other.group(0).strip()}'; write three hyphens")
        return refuse(1, "front matter must end with a line '---': found no such line; add it before the text")
    source = text[4 : 4 + end.start()]
    if glued := re.search(r"^([a-z_]+):(?=[^\s:])", source, re.MULTILINE):
        line = source[: glued.start()].count("\n") + 2
        return refuse(line, f"a colon of front matter must have a space after it: found '{glued.group(0)}' without; add it, or run: rls-site check --fix")
    tab = re.search(r"^\s*\t", source, re.MULTILINE)
    if tab:
        line = source[: tab.end()].count("\n") + 2
        return refuse(line, "front matter must be indented with spaces: found a tab; replace it with two spaces")
    try:
        front = load(source, first_line=2)
    except YamlFault as fault:
        about = "front matter " if fault.message.startswith("must") else "in front matter, "
        return refuse(fault.line, f"{about}{fault.message}; compare it with docs/_template.md")
    if not isinstance(front.value, dict):
        kind = {list: "a list", type(None): "nothing"}.get(type(front.value), "plain text")
        return refuse(2, f"front matter must be 'key: value' lines: found {kind}; see docs/_template.md")
    body_start = 4 + end.end() + 1
    return Article(path, shown, front, text[body_start:], text[:body_start].count("\n") + 1), []
