"""Hard spaces where a line must not break: within the emergency numbers, a number and its unit, a range, a share of a hundred, and after the May of a question."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

UNITS = "weeks?|months?|days?|years?|nights?|hours?|minutes?|seconds?|points?|people|women|men|adults|children|studies|trials|cm|mg|mL"

HELD = re.compile(
    rf" (?:(?<=\d )(?<!in 100 )(?<!in 1,000 )(?<!in 10,000 )(?=(?:{UNITS})\b)|(?<=\bMay )(?=I\b)|(?<=\b911 )(?=or 000\b)|(?<=\b911 or )(?=000\b)"
    r"|(?<=\d )(?=(?:in|to|of) \u2212?\d)|(?<=\d (?:in|to|of) )(?=\u2212?\d))"
)
"""The spaces at which a tired reader would meet half a number."""

LEFT = ("code", "pre", "script", "style")


def held(text: str) -> str:
    """Return a text with a hard space wherever HELD finds an ordinary one."""
    return HELD.sub("\N{NO-BREAK SPACE}", text)


class _Held(Treeprocessor):
    def run(self, root: etree.Element) -> None:
        for element in root.iter():
            if element.text and element.tag not in LEFT:
                element.text = held(element.text)
            if element.tail:
                last_number = element.tag == "a" and element.get("href", "").startswith("tel:") and element.tail == " or "
                element.tail = "\N{NO-BREAK SPACE}or\N{NO-BREAK SPACE}" if last_number else held(element.tail)
        for title in root.iter("p"):
            for number in title.iter("a") if title.get("class") == "care__title" else ():
                if number.tail == ", ":
                    number.tail = ",\N{NO-BREAK SPACE}"


def register(md: Markdown) -> None:
    """Hold what belongs together once every word has its text."""
    md.treeprocessors.register(_Held(md), "rls_held", 0.5)
