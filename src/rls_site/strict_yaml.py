"""YAML read strictly, each key and list item with its line."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, field
from typing import Any

import yaml


class YamlFault(Exception):
    """YAML that cannot be used: ``line`` (from 1) and a message for an editor."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


@dataclass
class Lined:
    """A value read from YAML, with the line it starts on.

    value: a plain scalar, ``list[Lined]`` or ``dict[str, Lined]``.
    """

    value: Any
    line: int
    keys: dict[str, int] = field(default_factory=dict)

    def plain(self) -> Any:
        """Return the value without its lines."""
        if isinstance(self.value, dict):
            return {key: item.plain() for key, item in self.value.items()}
        if isinstance(self.value, list):
            return [item.plain() for item in self.value]
        return self.value


MESSAGES = {
    "mapping values are not allowed here": "a second ': ' in the line, put its text in quotes, as in title: \"Legs: how to\"; or the line begins too far right",
    "day is out of range for month": "that day does not exist",
    "month must be in 1..12": "that month does not exist, write year-month-day",
    "found unexpected end of stream": "a quote that is not closed",
    "expected <block end>": "a quote in the middle of a line, a text that begins with [, a hyphen without its space, or a line too far to the right; begin the line under the one above, or put the whole text in one pair of quotes",
    "'\\t' that cannot start any token": "a tab, use spaces as in the lines above",
    "'@' that cannot start any token": "a mark that a text cannot begin with, write a source's key without its @",
    "cannot start any token": "a mark that a text cannot begin with, put the text in quotes",
    "could not find expected ':'": "a line without its key and colon",
    "while parsing a flow sequence": "a list that is not closed with ]",
    "expected ',' or ']'": "a list that is not closed with ], or lacks a comma",
}
"""What PyYAML says, and the same in words for an editor."""

NAMES = ("id", "key", "term")
"""What a record of the evidence begins with."""

DEEPEST = 20
"""Lists and keys within each other: more than any file of ours needs."""


class _Strict(yaml.composer.Composer):
    """Refuses what could make a few lines too large to read: aliases, and lists in lists without end."""

    depth = 0

    def compose_node(self, parent, index):
        mark = self.peek_event().start_mark
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem="anchors and aliases are not used, write the value out", problem_mark=mark)
        if getattr(self.peek_event(), "tag", None):
            raise yaml.MarkedYAMLError(problem="tags such as !!int are not used, take it out", problem_mark=mark)
        self.depth += 1
        if self.depth > DEEPEST:
            raise yaml.MarkedYAMLError(problem="nested too deeply", problem_mark=mark)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


class _Loader(_Strict, yaml.SafeLoader):
    """Reads in Python: its words on a fault are those an editor gets."""


LIBYAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The loader in C, where PyYAML came with it."""


class _Fast(_Strict, LIBYAML):
    """Reads with libyaml: the same nodes six times as fast, with other words on a fault."""

    def __init__(self, text: str) -> None:
        LIBYAML.__init__(self, text)
        self.anchors = {}


def load(text: str, first_line: int = 1, comments: bool = False) -> Lined:
    """Read YAML text whose first line is line ``first_line`` of its file.

    comments: whether a comment may follow a value on its line, as in settings; in what writers fill in it swallows text.

    Raises YamlFault for bad syntax, a key given twice, a key that is not text,
    an anchor or alias, or a tag of YAML's own.
    """
    rows = [] if comments else text.split("\n")
    if "\t" not in text:  # libyaml takes a tab after a colon; the engines, which read the same lines, do not
        with contextlib.suppress(YamlFault, UnicodeEncodeError):
            return _load(_Fast, text, first_line, rows)
    return _load(_Loader, text, first_line, rows)


def _load(kind: type[yaml.SafeLoader], text: str, first_line: int, rows: list[str]) -> Lined:
    try:
        loader = kind(text)
    except yaml.reader.ReaderError as fault:
        line = first_line + text[: fault.position].count("\n")
        raise YamlFault(line, f"must be valid YAML: found a character nobody sees, {chr(fault.character)!a}") from None
    try:
        node = loader.get_single_node()
        if node is None:
            return Lined(None, first_line)
        return _lined(loader, node, first_line, rows)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line = first_line + (mark.line if mark else 0)
        raise YamlFault(line, f"must be valid YAML: {_plainly(fault.problem or fault.context)}") from None
    except (yaml.YAMLError, ValueError) as fault:
        reason = str(fault).splitlines()[0]
        raise YamlFault(first_line, f"must be valid YAML: {reason}") from None
    except RecursionError:
        raise YamlFault(first_line, "must be valid YAML: nested too deeply") from None
    finally:
        loader.dispose()


def _plainly(reason: object) -> str:
    return next((words for found, words in MESSAGES.items() if found in str(reason)), str(reason))


def _lined(loader: yaml.SafeLoader, node: yaml.Node, first_line: int, rows: list[str]) -> Lined:
    line = first_line + node.start_mark.line
    if isinstance(node, yaml.SequenceNode):
        return Lined([_lined(loader, item, first_line, rows) for item in node.value], line)
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Lined] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            key_line = first_line + key_node.start_mark.line
            key = loader.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raise YamlFault(key_line, f"keys must be text: found {key!r}; put it in quotes")
            if key in mapping:
                raise YamlFault(key_line, f"a key must stand once: '{key}' stands again; {'begin the new record with a hyphen' if key in NAMES else 'remove one of the two'}")
            mapping[key] = _lined(loader, value_node, first_line, rows)
            lines[key] = key_line
        return Lined(mapping, line, lines)
    end = node.end_mark
    if node.value and not node.style and end.line < len(rows) and re.match(" +#", rows[end.line][end.column :]):
        raise YamlFault(first_line + end.line, "text must have no ' #' outside quotes: all after it would be lost; put the whole text in quotes")
    try:
        return Lined(loader.construct_object(node, deep=True), line)
    except ValueError as fault:  # 2026-02-30 looks like a date and is none
        raise YamlFault(line, f"must be valid YAML: {_plainly(fault)}") from None
