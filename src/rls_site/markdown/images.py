"""Images get their size, so that nothing shifts, and load only when they come near."""

from __future__ import annotations

import posixpath
import re
import struct
import xml.etree.ElementTree as etree
from pathlib import Path

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor


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
            image.set("decoding", "async")
            if "/drawings/" in source:
                image.set("class", "icon" if "/icon-" in source else "drawing")


def size_of(file: Path) -> tuple[int, int] | None:
    """Return width and height in pixels of an SVG (its viewBox) or PNG file, or None."""
    if not file.is_file():
        return None
    data = file.read_bytes()
    if data.startswith(b"\x89PNG"):
        return struct.unpack(">II", data[16:24])
    box = re.search(rb'viewBox="\s*[\d.-]+[ ,]+[\d.-]+[ ,]+([\d.]+)[ ,]+([\d.]+)', data)
    return (round(float(box.group(1))), round(float(box.group(2)))) if box else None


def register(md: Markdown) -> None:
    """Add the sizes after inline Markdown is read and before an engine rewrites links."""
    md.treeprocessors.register(_Sizes(md), "rls_images", 7)
