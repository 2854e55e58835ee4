"""What the words of the vocabulary share."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree

from markdown.util import AtomicString
from pymdownx.blocks.block import Block

from ..evidence.safety import CARE


class Word(Block):
    """A block of the vocabulary, with the page it stands on at hand."""

    @property
    def page(self):
        """The article being rendered."""
        return self.md.rls_page

    def on_create(self, parent: etree.Element) -> etree.Element:
        """Build the block; where the evidence lacks what it shows, the check says so by line, and a live preview goes on without it."""
        before = len(parent)
        try:
            return self.built(parent)
        except (AttributeError, KeyError, TypeError, ValueError) as fault:
            self.complain(f"'/// {self.NAME}' must be filled from docs/evidence: found {fault!r}; run: make check")
            del parent[before:]
            return add(parent, "div")

    def built(self, parent: etree.Element) -> etree.Element:
        """Return the block's element, appended to ``parent``."""
        raise NotImplementedError

    def complain(self, message: str) -> None:
        """Log a fault of this block."""
        self.page.complain(message)


def stop(text: str) -> str:
    """Return the full stop a text still needs at its end: none after one of its own, a question mark, an exclamation mark or dots."""
    return "" if text.endswith((".", "?", "!", "…")) else "."


def curly(text: str) -> str:
    """Return a text of the evidence with its quotation marks curled, as those of an article are."""
    return re.sub(r'"([^"]*)"', r"“\1”", text).replace("'", "’")


def add(parent: etree.Element, tag: str, text: str = "", **attributes: str) -> etree.Element:
    """Append ``<tag>`` with text (read as inline Markdown) and attributes; ``class_`` gives ``class``."""
    names = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    element = etree.SubElement(parent, tag, names)
    element.text = text
    return element


def care_title(title: etree.Element, level: str, text: str, numbers: list[str]) -> None:
    """Fill the title of a care card: the words for its colour, spoken only, and ``text``.

    In an emergency each of ``numbers`` is a link: who taps it on a phone is asked whether to call. Text with marks of its own
    is left as it is.
    """
    if level != "emergency" or not numbers or re.search(r"[*_\[`<]", text):
        hidden(title, AtomicString(CARE[level])).tail = text
        return
    words = add(title, "span")  # the title is a row of sign and words: links by themselves would be parts of the row
    before, *rest = re.split(rf"(?<!\d)(?<!\d[,.])({'|'.join(numbers)})(?!\d|[,.]\d)", text)
    hidden(words, AtomicString(CARE[level])).tail = before
    for number, after in zip(rest[::2], rest[1::2]):
        add(words, "a", AtomicString(number), href=f"tel:{number}").tail = after


def hidden(parent: etree.Element, text: str) -> etree.Element:
    """Append text that only screen readers meet."""
    return add(parent, "span", text, class_="visually-hidden")
