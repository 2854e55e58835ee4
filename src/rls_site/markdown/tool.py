"""``/// tool | name``: the place a reader tool fills; the body is what readers without scripts see."""

from __future__ import annotations

import xml.etree.ElementTree as etree

from .word import Word, add


class Tool(Word):
    """The box a tool's script works in."""

    NAME = "tool"
    ARGUMENT = True

    def built(self, parent: etree.Element) -> etree.Element:
        """Open the box."""
        return add(parent, "div", class_=f"tool tool--{self.argument}", data_tool=self.argument)


WORDS = (Tool,)
