"""``rls-site check --fix``: mends what is mechanical, and shows what it changed."""

from __future__ import annotations

import calendar
import datetime
import difflib
import os
import posixpath
import re
from dataclasses import dataclass, field
from pathlib import Path

from .article import HARD_SPACE, LINK, files_in, late_citations, slug
from .front_matter import DATES, KEYS, LISTS
from .strict_yaml import YamlFault, load

MONTHS = {name.lower(): number for names in (calendar.month_name, calendar.month_abbr) for number, name in enumerate(names) if name} | {"sept": 9}


@dataclass
class Changes:
    """What is to change: new texts by file, new names by file; nothing is written before ``apply``."""

    root: Path
    texts: dict[Path, str] = field(default_factory=dict)
    names: dict[Path, Path] = field(default_factory=dict)

    def text(self, file: Path) -> str | None:
        """The text of a file as it will be, or None when it is not UTF-8."""
        if file in self.texts:
            return self.texts[file]
        try:
            return file.read_bytes().decode("utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            return None

    def diff(self) -> str:
        """All changes, as a unified diff."""
        parts: list[str] = []
        for file in sorted({*self.texts, *self.names}):
            before, after = self._shown(file), self._shown(self.names.get(file, file))
            old = file.read_bytes().decode("utf-8", errors="replace")
            new = self.texts.get(file, old)
            if before != after:
                parts.append(f"rename {before} to {after}")
            parts += difflib.unified_diff(_visible(old), _visible(new), before, after, lineterm="")
        return "\n".join(parts)

    def apply(self) -> None:
        """Write every change."""
        for file, text in self.texts.items():
            file.write_text(text, encoding="utf-8", newline="\n")
        for file, target in self.names.items():
            os.rename(file, target)

    def _shown(self, file: Path) -> str:
        return file.relative_to(self.root).as_posix()


def _visible(text: str) -> list[str]:
    return [line.replace("\r", "\\r").replace("\ufeff", "\\ufeff") for line in text.split("\n")]


def fixes(root: Path, files: list[Path]) -> Changes:
    """Return what can be mended without judgement in the named articles, or in all articles and the references."""
    changes = Changes(root)
    docs = root / "docs"
    everything = files_in(docs, "*.md")
    for file in files or everything:
        text = changes.text(file)
        if text is not None and (mended := mend(text)) != text:
            changes.texts[file] = mended
    bib = docs / "evidence" / "references.bib"
    if not files and (text := changes.text(bib)) is not None and (mended := mend_references(text)) != text:
        changes.texts[bib] = mended
    for file in files or everything:
        _rename(changes, docs, file, everything)
    return changes


def mend(text: str) -> str:
    """Return an article with its mechanical faults mended."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = "\n".join(line.rstrip(" \t") for line in text.split("\n"))
    stripped = text.lstrip("\n")
    if stripped.startswith("---\n"):
        text = stripped
        end = re.search(r"^---$", text[4:], re.MULTILINE)
        if end:
            front, body = text[4 : 4 + end.start()], text[4 + end.end() :]
            text = f"---\n{_front(front)}---{_body(body)}"
    return text.rstrip("\n") + "\n" if text.strip() else text


def _front(front: str) -> str:
    front = re.sub(r"^( *)\t+", lambda m: m.group(1) + "  ", front, flags=re.MULTILINE)
    front = re.sub(r"^([a-z_]+):(?=[^\s:])", r"\1: ", front, flags=re.MULTILINE)
    entries: list[tuple[str, str]] = []
    held = ""
    for line in front.splitlines(keepends=True):
        key = re.match(r"([A-Za-z_-]+)\s*:", line)
        if key:
            entries.append((key.group(1), held + line))
            held = ""
        elif line.startswith("#") or not entries:
            held += line  # a comment belongs to the key under it
        else:
            entries[-1] = (entries[-1][0], entries[-1][1] + held + line)
            held = ""
    entries = [(key, _value(key, lines)) for key, lines in entries]
    known = [key for key, _ in entries]
    if len(set(known)) == len(known) and _keys(front) in (None, set(known)):  # a key given twice, or within quotes, is for a person to decide
        entries.sort(key=lambda entry: KEYS.index(entry[0]) if entry[0] in KEYS else len(KEYS))
    return "".join(lines for _, lines in entries) + held


def _keys(front: str) -> set[str] | None:
    """Return the keys of front matter as YAML reads it, or None where it cannot."""
    try:
        return set(load(front).value)
    except (YamlFault, TypeError):
        return None


def _value(key: str, lines: str) -> str:
    match = re.fullmatch(r"((?:#[^\n]*\n|\n)*" + re.escape(key) + r"\s*:[ ]+)([^\n]+)(\n?)", lines)
    if not match:
        return lines
    before, value, after = match.groups()
    if key in DATES:
        value = iso_date(value) or value
    elif key in LISTS and re.fullmatch(r"[\w' .,/-]+", value):
        value = "[" + ", ".join(part.strip() for part in value.split(",") if part.strip()) + "]"
    return before + value + after


def iso_date(written: str) -> str | None:
    """Return ``2026-11-20`` for a date written another way, or None when it could mean two days."""
    text = written.strip().strip("'\"").lower().replace(",", " ")
    numbers = re.fullmatch(r"(\d{1,4})[./ -](\d{1,2})[./ -](\d{1,4})", text)
    words = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]+)\.?\s+(\d{4})", text)
    american = re.fullmatch(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s+(\d{4})", text)
    if numbers:
        first, second, third = (int(part) for part in numbers.groups())
        if first > 999:
            year, month, day = first, second, third
        elif third > 999 and first > 12:
            year, month, day = third, second, first
        elif third > 999 and (second > 12 or first == second):
            year, month, day = third, first, second
        else:
            return None
    elif words:
        day, month, year = int(words.group(1)), MONTHS.get(words.group(2), 0), int(words.group(3))
    elif american:
        day, month, year = int(american.group(2)), MONTHS.get(american.group(1), 0), int(american.group(3))
    else:
        return None
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _body(body: str) -> str:
    lines = map(_spaces, body.split("\n"))
    return "\n".join(line if line.startswith("    ") else _citations(line) for line in lines)


def _spaces(line: str) -> str:
    while match := HARD_SPACE.match(line):
        line = f"{line[: match.start('space')]}{' ' if match['mark'] else ''}{line[match.end('space') :]}"
    return line.rstrip(" ")


def _citations(line: str) -> str:
    if "`" in line:
        return line
    line = re.sub(r"\[((?:\s*@[\w-]+\s*[;,])+\s*@[\w-]+\s*|\s*@\s*[\w-]+\s*)\](?!\()", _cited, line)
    # "A fact. [@key]" becomes "A fact [@key]."; from the end, so that the places of those before stay.
    for match in reversed(list(late_citations(line))):
        line = f"{line[: match.start()]} {match[2]}{match[1]}{line[match.end() :]}"
    return line


def _cited(match: re.Match) -> str:
    return "[" + "; ".join(f"@{key}" for key in re.findall(r"[\w-]+", match.group(1))) + "]"


def mend_references(text: str) -> str:
    """Return ``references.bib`` with DOIs and PMIDs reduced to what the record needs."""
    text = re.sub(r"(\bdoi\s*=\s*[{\"])\s*(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", r"\1", text, flags=re.IGNORECASE)
    text = re.sub(r"(\bpmid\s*=\s*[{\"])\s*(?:pmid:?\s*|https?://pubmed\.ncbi\.nlm\.nih\.gov/)(\d+)/?", r"\1\2", text, flags=re.IGNORECASE)
    return "\n".join(line.rstrip(" \t\r") for line in text.split("\n"))


def _rename(changes: Changes, docs: Path, file: Path, everything: list[Path]) -> None:
    """Give a file a name in lower case with hyphens, and mend the nav and every article's link to it.

    Two files that would get one name, and a name others read (``_template.md``), are left to a person; so is a name
    in ``/// sheet`` or in the evidence, of which the check tells.
    """
    stem = slug(file.stem.replace("_", "-"))
    name = f"{stem}.md"
    target = file.with_name(name)
    taken = target in everything or target in changes.names.values() or (target.exists() and not target.samefile(file))
    if name == file.name or file.name.startswith("_") or not stem or taken:
        return
    changes.names[file] = target
    old, new = (path.relative_to(docs).as_posix() for path in (file, target))
    nav = changes.root / "mkdocs.yml"
    text = changes.text(nav)
    if text is not None:
        entry = re.compile(rf"(?<![\w/]){re.escape(old)}(?=['\"]?\s*(?:#|$))", re.MULTILINE)
        if (mended := entry.sub(new, text)) != text:
            changes.texts[nav] = mended
    for other in everything:
        text = changes.text(other)
        if text is None:
            continue
        here = posixpath.dirname(other.relative_to(docs).as_posix())

        def relinked(match: re.Match) -> str:
            path, mark, anchor = match.group(2).partition("#")
            if path and posixpath.normpath(posixpath.join(here, path)) == old:
                return match.group(0).replace(match.group(2), posixpath.join(posixpath.dirname(path), name) + mark + anchor)
            return match.group(0)

        mended = LINK.sub(relinked, text)
        if mended != text:
            changes.texts[other] = mended
