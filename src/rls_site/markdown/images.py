"""Images get their size, so that nothing shifts, and load only when they come near; those in a row stand side by side."""

from __future__ import annotations

import posixpath
import re
import xml.etree.ElementTree as etree
from pathlib import Path

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from PIL import Image, UnidentifiedImageError


class _Sizes(Treeprocessor):
    def run(self, root: etree.Element) -> None:
        page = self.md.rls_page
        for image in root.iter("img"):
            source = image.get("src", "")
            if "://" in source or not source:
                continue
            file = page.docs / posixpath.normpath(posixpath.join(posixpath.dirname(page.path), source))
            size = size_of(file)
            if size:
                image.set("width", str(size[0]))
                image.set("height", str(size[1]))
            image.set("loading", "lazy")
            if "/drawings/" in source:
                image.set("class", "icon" if "/icon-" in source else "drawing")


class _Rows(Treeprocessor):
    def run(self, root: etree.Element) -> None:
        for parent in list(root.iter()):
            row: list[etree.Element] = []
            for child in [*parent, None]:
                if child is not None and child.tag == "figure" and not child.get("class"):
                    row.append(child)
                    continue
                if len(row) > 1:
                    # Around them, because only a box of their own lets the style sheet count them.
                    box = etree.Element("div", {"class": "figures"})
                    box.text = box.tail = "\n"
                    parent.insert(list(parent).index(row[0]), box)
                    for figure in row:
                        parent.remove(figure)
                        box.append(figure)
                row = []


def size_of(file: Path) -> tuple[int, int] | None:
    """Return width and height in pixels of an SVG (its viewBox) or another image, or None."""
    if file.suffix == ".svg" and file.is_file():
        box = re.search(rb"""viewBox=["']\s*[\d.-]+[ ,]+[\d.-]+[ ,]+(\d+(?:\.\d+)?)[ ,]+(\d+(?:\.\d+)?)\s*["']""", file.read_bytes())
        return (round(float(box.group(1))), round(float(box.group(2)))) if box else None
    try:
        with Image.open(file) as picture:
            return picture.size
    except (FileNotFoundError, UnidentifiedImageError):
        return None


def register(md: Markdown) -> None:
    """Add the sizes and rows after inline Markdown is read and before an engine rewrites links."""
    md.treeprocessors.register(_Sizes(md), "rls_images", 7)
    md.treeprocessors.register(_Rows(md), "rls_rows", 6.9)
