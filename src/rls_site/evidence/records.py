"""Records: lists of ``key: value`` lines in the evidence files, read strictly."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Iterable, Iterator

from ..problem import Say, line_in, nearest
from ..strict_yaml import Lined, YamlFault, load

UNSAFE = re.compile(r"&(?:#\w+|[A-Za-z]\w*);|<[A-Za-z/!?][^<>]*>?|!\[|\]\(\s*(?:(?!https?:|tel:\d)[a-z]+:|//|<|[^)\s]*&#?\w+;)[^)]*\)?", re.IGNORECASE)
"""HTML, a picture, a link that runs something, or one that hides where it leads: in no text of the evidence."""

TEXT_FIELDS = ("id", "key", "term", "group", "claim", "verdict", "certainty", "who_was_studied", "finding", "result", "figures", "kind", "who_group", "design", "meaning", "who", "bottom_line")
LIST_FIELDS = ("topics", "sources", "heard_as", "also", "keys", "limits")
"""Fields that hold text, and fields that hold a list."""


@lru_cache(maxsize=16)
def lined(text: str, comments: bool = False) -> Lined:
    """Return YAML text with its lines, read once as long as it stays the same; not to be changed by who gets it.

    Raises YamlFault as ``strict_yaml.load`` does.
    """
    return load(text, comments=comments)


def text_of(file: Path, say: Say) -> str | None:
    """Return a file's text, or None where it is missing or not UTF-8; that goes to ``say(name, line, message)``."""
    try:
        return file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        say(file.name, 1, "the file must exist: it is missing; restore it")
    except UnicodeDecodeError as fault:
        say(file.name, line_in(fault), "the file must be UTF-8 text: found other bytes; save it again as UTF-8")
    return None


HOME = {"docs": "docs/", "evidence": "docs/evidence/"}
"""A file's way from the project's folder, by the folder it stands in; the settings stand in that itself."""


def look_back(file: Path) -> str:
    """Return how to mend what only an earlier version of a file can tell."""
    return f"see what changed: git diff {HOME.get(file.parent.name, '')}{file.name}"


def yaml_of(file: Path, say: Say, comments: bool = False) -> Lined | None:
    """Return what a YAML file holds, with its lines, or None where it cannot be read, after saying so; ``comments`` as in ``strict_yaml.load``."""
    text = text_of(file, say)
    try:
        return None if text is None else lined(text, comments)
    except YamlFault as fault:
        say(file.name, fault.line, f"{fault.message}; {look_back(file)}")
        return None


def records(file: Path, fields: Iterable[str], required: Iterable[str], key: str, say: Say) -> Iterator[Lined]:
    """Yield each good record of a file, its fields in ``value`` and their lines in ``keys``; faults go to ``say(name, line, message)``.

    fields: the keys that are known. required: those that must have a value. key: the one that must be unique.
    """
    loaded = yaml_of(file, say)
    if loaded is None:
        return
    if not isinstance(loaded.value, list) or not loaded.value:
        found = "nothing" if loaded.value in (None, []) else "something else"
        say(file.name, loaded.line, f"must be a list of records, each starting with '- ': found {found}; {look_back(file)}")
        return
    seen: dict[str, int] = {}
    for item in loaded.value:
        if not isinstance(item.value, dict):
            say(file.name, item.line, "each record must be 'key: value' lines: found something else; compare it with the records around it")
            continue
        usable = True
        for line, message, harmless in _record_faults(item, fields, required):
            say(file.name, line, message)
            usable = usable and harmless
        if not usable:
            continue
        name = str(item.value[key].value)
        if name in seen:
            say(file.name, item.line, f"'{key}' must be unique: '{name}' stands on line {seen[name]} and again here; give the newer one another name")
            continue
        seen[name] = item.line
        yield item


def _record_faults(item: Lined, fields: Iterable[str], required: Iterable[str]) -> Iterator[tuple[int, str, bool]]:
    """Yield line, message, and whether the record can be used all the same."""
    for name in item.value:
        if name not in fields:
            yield item.keys[name], f"keys must be known: found '{name}'{nearest(name, fields) or '; remove the line'}", False
    for name in required:
        if item.value.get(name) is None or item.value[name].value in (None, "", []):
            yield item.line, f"a record must have '{name}': it is missing; add it", False
    for name, found in item.value.items():
        must = "a list" if name in LIST_FIELDS else "text" if name in TEXT_FIELDS else ""
        if must and not isinstance(found.value, (list if name in LIST_FIELDS else str, type(None))):
            cure = "put it in quotes" if must == "text" and not isinstance(found.value, (list, dict)) else "look at the records around it"
            yield item.keys[name], f"'{name}' must be {must}: found {_kind(found.value)}; {cure}", False
        elif name in LIST_FIELDS:
            for entry in found.value or ():
                if not isinstance(entry.value, str):
                    cure = "put it in quotes" if isinstance(entry.value, (int, float)) else "put the line in quotes when a colon ends a word in it"
                    yield entry.line, f"each line of '{name}' must be text: found {_kind(entry.value)}; {cure}", False
        if match := UNSAFE.search(str(found.plain())):
            yield item.keys[name], f"'{name}' must be plain text: found '{match.group(0)[:40]}'; use words", True


def _kind(value: object) -> str:
    if isinstance(value, list):
        return "a list"
    return "something else" if isinstance(value, (dict, str, type(None))) else str(value)


def one_of(field: str, name: str, found: object, known: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the field and what is wrong, where what the record ``name`` has in it is not known."""
    if found not in known:
        begun = next((f"; did you mean '{word}'?" for word in known if str(found).startswith(word)), "")  # "partly supported" is partly
        yield field, f"{field} must be one of {', '.join(known)}: '{name}' has '{found}'{begun or nearest(str(found), known)}"


def names_of(file: Path, key: str) -> set[str]:
    """Return the names of all records of a file, those with faults too; none where it cannot be read."""
    loaded = yaml_of(file, lambda *fault: None)
    rows = loaded.value if loaded and isinstance(loaded.value, list) else []
    return {str(row.value[key].value) for row in rows if isinstance(row.value, dict) and key in row.value}
