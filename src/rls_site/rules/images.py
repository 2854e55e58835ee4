"""The rule on images in an article."""

from __future__ import annotations

import posixpath
import re

from ..article import CODE, IMAGE, Article
from ..problem import Found
from ..site import Site
from .links import nearby

LEAST_ALT = 12


def image_text(article: Article, site: Site) -> Found:
    """An image has a text that says what to do, a caption, and a file that exists.

    Wrong: ``![](calf.svg)``
    Right: ``![Stroke up, from ankle to knee.](../images/drawings/stroke-calf.svg)`` and ``/// caption``
    """
    for link in article.links:
        if not link.image:
            continue
        if len(link.text.strip()) < LEAST_ALT:
            yield link.line, f"an image must have a text of {LEAST_ALT} or more characters: found '{link.text}'; say what it shows or what to do"
        elif re.search(r"\.(?:svg|png|jpe?g|webp)$", link.text.strip(), re.IGNORECASE):
            yield link.line, f"an image must have a text for people who cannot see it: found a file's name, '{link.text}'; say what it shows or what to do"
        if "://" in link.target or link.target.startswith("//"):
            yield link.line, f"an image must stand under docs/: found '{link.target}'; add the file and link to it"
            continue
        path = posixpath.normpath(posixpath.join(posixpath.dirname(article.path), link.target))
        if path not in site.images:
            yield link.line, f"an image's file must exist: found '{link.target}'{nearby(path, site.images, article) or '; add the file'}"
    lines = article.lines
    for index, (number, line) in enumerate(lines):
        alone = IMAGE.fullmatch(line.strip()) and not line.startswith((" ", "\t"))
        if not IMAGE.fullmatch(line.strip()) and IMAGE.search(CODE.sub("", line)):
            yield number, "an image must stand on a line of its own: found other text beside it; put it between two empty lines"
        if alone:
            following = next((text for _, text in lines[index + 1 :] if text.strip()), "")
            if not re.match(r"^/{3,}\s*caption", following):
                yield number, "an image must have a caption: found none after it; add '/// caption', the words, '///'"
    for block in article.blocks:
        if block.name == "caption" and block.end and not block.body.strip():
            yield block.line, "a caption must hold words: found none; say what to do, or what to see"
