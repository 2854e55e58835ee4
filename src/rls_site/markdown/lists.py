"""Words that hold a list: short version, do, do not, timed steps, doors, also called."""

from __future__ import annotations

import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from ..article import seconds
from .word import Word, add

STYLES = " styles "
"""The comment that marks where the rest of a page's styles come in once the site is published."""


class _Titled(Word):
    """A section with a title of its own and the list written inside."""

    TITLE = ""

    def built(self, parent: etree.Element) -> etree.Element:
        """Open the section."""
        box = add(parent, "section", class_=self.NAME)
        add(box, "p", AtomicString(self.argument or self.TITLE), class_=f"{self.NAME}__title")
        return box


class ShortVersion(_Titled):
    """The answer on top, two to five lines."""

    NAME = "short-version"
    TITLE = "The short version"


class Do(_Titled):
    """What to do."""

    NAME = "do"
    TITLE = "Do"


class Dont(_Titled):
    """What not to do; each item says "do not"."""

    NAME = "dont"
    TITLE = "Do not"


class Steps(_Titled):
    """Timed steps; each item's seconds are kept for the guided timer."""

    NAME = "steps"
    TITLE = "Steps"
    ARGUMENT = None

    def on_end(self, block: etree.Element) -> None:
        """Note each step's time on its item, and write it without its full stop: it stands in a frame."""
        for item in block.iterfind("ol/li"):
            holder = item if item.text and item.text.strip() or not len(item) else item[0]
            first = holder.text
            time = seconds(first or "")
            if time is None:
                self.complain(f"a step must begin with its time in bold, such as **90 seconds.**: found '{(first or '')[:40]}'")
            else:
                item.set("data-seconds", str(time))
                holder.text = first.replace(".**", "**", 1)


class Doors(Word):
    """A list of links, each with one line: the way in by need."""

    NAME = "doors"

    def built(self, parent: etree.Element) -> etree.Element:
        """Open the list's box."""
        return add(parent, "div", class_="doors")


ALSO = "People also say: "
"""Stands before the words readers use."""


class AlsoCalled(Word):
    """Readers' own words for the topic, so that a search finds the page."""

    NAME = "also-called"

    def built(self, parent: etree.Element) -> etree.Element:
        """Open the line."""
        return add(parent, "div", class_="also-called")

    def on_end(self, block: etree.Element) -> None:
        """Say before the words what they are."""
        for paragraph in block.iterfind("p"):
            paragraph.text = f"{ALSO}{' '.join((paragraph.text or '').split())}"


class _AlsoCalledLast(Treeprocessor):
    """Moves the readers' own words to the end of the text: they are for finding the page, and nobody on it need read past them."""

    def run(self, root: etree.Element) -> None:
        for box in root.findall("div[@class='also-called']"):
            root.remove(box)
            root.append(box)


class _StylesAfterTheAnswer(Treeprocessor):
    """Marks the place after the short version: see ``publish/styles.py``."""

    def run(self, root: etree.Element) -> None:
        for position, element in enumerate(root, 1):
            if element.get("class") == ShortVersion.NAME:
                root.insert(position, etree.Comment(STYLES))
                return


def register(md: Markdown) -> None:
    """Add the move, before the sources are listed, and the mark, after all else."""
    md.treeprocessors.register(_AlsoCalledLast(md), "rls_also_called", 9)
    md.treeprocessors.register(_StylesAfterTheAnswer(md), "rls_styles", 1)


TITLES = {word.NAME: word.TITLE for word in (ShortVersion, Do, Dont, Steps)}
"""What the words with a title are called, by name."""

WORDS = (ShortVersion, Do, Dont, Steps, Doors, AlsoCalled)
