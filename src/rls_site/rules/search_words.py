"""The rule on the words for the search."""

from __future__ import annotations

import re

from ..article import address_of
from ..evidence.records import yaml_of
from ..problem import Found, FoundIn, nearest
from ..site import SEARCH_WORDS, Site
from ..strict_yaml import Lined

PARTS = {
    "keep": (list,), "same": (list, list), "who": (list,), "read_as": (dict,), "pages": (dict, list),
    "overdose": (list,), "alarm": (list,), "maternity": (list,), "today": (list,), "crisis": (list,), "harmless": (list,), "together": (dict, list, list),
}
"""What the file holds, and of what shape: lists, or keys with a value each; at the end of each stands text."""

SHAPES = {list: "a list, such as [jumpy, twitchy]", dict: "lines of 'key: value'", str: "text, in quotes where YAML reads it otherwise"}


WORDS = re.compile(r"[a-z]+(?: [a-z]+)*")
"""How words of danger are compared with what is typed: in small letters, without marks or figures."""

LEAST = {
    "overdose": ("took too many tab", "overdose"),
    "alarm": ("chest", "breath"), "maternity": ("waters broke",), "today": ("clot", "clots", "dvt", "swollen"),
    "crisis": ("suicide", "suicidal", "kill myself", "overdose", "want to die"),
}
"""Words of danger that must stand, whatever else is listed."""


def search_words(site: Site) -> FoundIn:
    """The words for the search are whole, and name pages, or headings of them, that exist.

    Wrong: ``massage/old-name/: [kneading]``, once that page was renamed
    Right: ``massage/new-name/: [kneading]``
    """
    found: list[tuple[int, str]] = []
    words = yaml_of(site.docs / SEARCH_WORDS, lambda name, line, message: found.append((line, message)))
    for line, message in found if words is None else _faults(words, site):
        yield f"docs/{SEARCH_WORDS}", line, message


def _faults(words: Lined, site: Site) -> Found:
    parts = words.value if isinstance(words.value, dict) else {}
    for name, kinds in PARTS.items():
        if name in parts:
            yield from _shape(parts[name], kinds)
        else:
            yield words.line, f"the words for the search must have '{name}': it is missing; restore it"
    for name in sorted(parts.keys() - PARTS.keys()):
        yield words.keys[name], f"a list must be one of {', '.join(PARTS)}: found '{name}'{nearest(name, PARTS) or '; take it out'}"
    for name in parts["together"].value if "together" in parts and isinstance(parts["together"].value, dict) else ():
        if name not in LEAST:
            yield parts["together"].keys[name], f"'together' must name one of {', '.join(LEAST)}: found '{name}'{nearest(name, LEAST) or '; take it out'}"
    for name in (*LEAST, "harmless", "together"):
        yield from _typed(parts[name]) if name in parts else ()
    for name, words_of_danger in LEAST.items():
        listed = parts[name].plain() if name in parts else words_of_danger
        for word in words_of_danger:
            if isinstance(listed, list) and word not in listed:
                yield parts[name].line, f"'{name}' must hold '{word}': it is missing; restore it"
    known = {address_of(path) for path in site.paths}
    known |= {f"{article.address}#{heading.anchor}" for article in site.articles.values() for heading in article.headings}
    for address, line in parts["pages"].keys.items() if "pages" in parts else ():
        if address not in known:
            yield line, f"a page, or its heading, must exist: found '{address}'{nearest(address, known) or '; take the line out'}"


def _typed(item: Lined) -> Found:
    if isinstance(item.value, str):
        for word in [item.value] if not WORDS.fullmatch(item.value) else ():
            yield item.line, f"words of danger must be small letters and spaces only: found '{word}'; write 'cant breathe' for 'Can't breathe'"
    elif isinstance(item.value, (list, dict)):
        if not item.value:
            yield item.line, "a list of words must hold words: found none; fill it, or take it out"
        for inner in item.value.values() if isinstance(item.value, dict) else item.value:
            yield from _typed(inner)


def _shape(item: Lined, kinds: tuple[type, ...]) -> Found:
    kind = kinds[0] if kinds else str
    if not isinstance(item.value, kind):
        yield item.line, f"must be {SHAPES[kind]}: found {str(item.plain())[:40]!r}; look at the lines around it"
    elif kinds:
        for inner in item.value.values() if kind is dict else item.value:
            yield from _shape(inner, kinds[1:])
