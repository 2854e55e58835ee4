"""Text without a mark is passed over: Python-Markdown tries each of its patterns on each text, and ``smarty`` fifteen more."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import STX, AtomicString

QUOTES = "\"'"
MARKS = f"`\\\\[!*_<&{STX}{QUOTES}"
"""What an inline pattern begins with, but for a line's end after two spaces."""


class _Passed(Treeprocessor):
    def __init__(self, md: Markdown, pattern: str) -> None:
        super().__init__(md)
        self.marked = re.compile(pattern).search

    def run(self, root: etree.Element) -> None:
        for element in root.iter():
            if type(element.text) is str and not self.marked(element.text):
                element.text = AtomicString(element.text)
            if type(element.tail) is str and not self.marked(element.tail):
                element.tail = AtomicString(element.tail)


def register(md: Markdown) -> None:
    """Pass such text by before inline patterns (20), and what holds no quotation mark before ``smarty`` (6)."""
    md.treeprocessors.register(_Passed(md, rf"[{MARKS}]|  \n"), "rls_unmarked", 20.5)
    md.treeprocessors.register(_Passed(md, f"[{QUOTES}]"), "rls_unquoted", 6.1)
