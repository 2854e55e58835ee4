"""What the words of the vocabulary share."""

from __future__ import annotations

import xml.etree.ElementTree as etree

from pymdownx.blocks.block import Block


class Word(Block):
    """A block of the vocabulary, with the page it stands on at hand."""

    @property
    def page(self):
        """The article being rendered."""
        return self.md.rls_page

    def complain(self, message: str) -> None:
        """Log a fault of this block."""
        self.page.complain(message)


def add(parent: etree.Element, tag: str, text: str = "", **attributes: str) -> etree.Element:
    """Append ``<tag>`` with text (read as inline Markdown) and attributes; ``class_`` gives ``class``."""
    names = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    element = etree.SubElement(parent, tag, names)
    element.text = text
    return element


def hidden(parent: etree.Element, text: str) -> etree.Element:
    """Append text that only screen readers meet."""
    return add(parent, "span", text, class_="visually-hidden")
