"""The rule on images in an article."""

from __future__ import annotations

import posixpath
import re
from typing import Iterator

from ..article import IMAGE, Article
from ..problem import nearest
from ..site import Site

LEAST_ALT = 12


def image_text(article: Article, site: Site) -> Iterator[tuple[int, str]]:
    """An image has a text that says what to do, a caption, and a file that exists.

    Wrong: ``![](calf.svg)``
    Right: ``![Stroke up, from ankle to knee.](../images/drawings/stroke-calf.svg)`` and ``/// caption``
    """
    for link in article.links:
        if not link.image:
            continue
        if len(link.text.strip()) < LEAST_ALT:
            yield link.line, f"an image must have a text of {LEAST_ALT} or more characters: found '{link.text}'; say what it shows or what to do"
        if "://" in link.target or link.target.startswith("//"):
            yield link.line, f"an image must stand under docs/: found '{link.target}'; add the file and link to it"
            continue
        path = posixpath.normpath(posixpath.join(posixpath.dirname(article.path), link.target))
        if path not in site.images:
            yield link.line, f"an image's file must exist: found '{link.target}'{nearest(path, site.images) or '; add the file'}"
    lines = article.lines
    for index, (number, line) in enumerate(lines):
        if IMAGE.fullmatch(line.strip()) and not line.startswith((" ", "\t")):
            following = next((text for _, text in lines[index + 1 :] if text.strip()), "")
            if not re.match(r"^/{3,}\s*caption", following):
                yield number, "an image must have a caption: found none after it; add '/// caption', the words, '///'"
