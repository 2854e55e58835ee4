"""Rules on front matter and headings."""

from __future__ import annotations

import re

from ..article import Article, slug
from ..front_matter import check_front_matter
from ..problem import Found
from ..site import Site

_TREATMENT = (
    ("What it is", "What they are"),
    ("How to",),
    ("How well",),
    ("Harms", "What can go wrong"),
    ("If you do nothing",),
    ("How to tell",),
    ("What we do not know",),
)

REQUIRED_HEADINGS = {
    "treatment": _TREATMENT,
    "device": _TREATMENT,
    "condition": (("When to get help",), ("What we do not know",)),
    "situation": (("When to get help",), ("What we do not know",)),
    "how-to": (("When to stop", "How to say stop"),),
}
"""For each type, what its H2 headings must begin with; one of the phrases in each row."""

RESERVED = ("sources", "read-next", "about-this-page", "content")
"""Ids of parts that the build puts on every page."""


def front_matter(article: Article, site: Site) -> Found:
    """Front matter has the keys its type needs, known values, and dates in order.

    Wrong: ``type: treatmant``
    Right: ``type: treatment``
    """
    yield from check_front_matter(article, site.evidence, site.today)


def one_heading(article: Article, site: Site) -> Found:
    """An article has one H1, the same as its title.

    Wrong: ``title: Does massage help?`` over ``# Massage``
    Right: ``title: Does massage help?`` over ``# Does massage help?``
    """
    tops = [heading for heading in article.headings if heading.level == 1]
    if not tops:
        yield article.body_line, "an article must have one H1: found none; add '# ' and the title under the front matter"
        return
    for extra in tops[1:]:
        yield extra.line, f"an article must have one H1: found a second, '{extra.text}'; make it '## '"
    title = article.meta.get("title", "")
    if title and isinstance(title, str) and tops[0].text != title:
        yield tops[0].line, f"the H1 must equal the title '{title}': found '{tops[0].text}'; make them the same"


def heading_order(article: Article, site: Site) -> Found:
    """Headings go down one level at a time.

    Wrong: ``## Harms`` then ``#### Clots``
    Right: ``## Harms`` then ``### Clots``
    """
    last = 0
    for heading in article.headings:
        if last and heading.level > last + 1:
            found = "#" * heading.level
            yield heading.line, f"a heading after H{last} must be H{last + 1} or higher: found '{found} {heading.text}'; use '{'#' * (last + 1)}'"
        last = heading.level


def heading_marks(article: Article, site: Site) -> Found:
    """A heading is one line: its marks, a space, its words.

    Wrong: ``##Harms``, or ``Harms`` over ``-----``
    Right: ``## Harms``
    """
    before = ""
    for number, line in article.lines:
        if re.match(r"^#{1,6}(?:[^#\s]|\s*$)", line):
            yield number, f"a heading must be '## ' and its words: found '{line.strip()[:40]}'; add the space and the words"
        elif re.match(r"^ {1,3}#{1,6}\s", line):
            yield number, f"a heading must begin its line: found spaces before '{line.strip()[:40]}'; take them out"
        elif line.startswith("#") and "[@" in line:
            yield number, "a heading must hold no citation: found one; cite in the text under it"
        elif line.startswith("#######"):
            yield number, f"a heading must have one to three '#': found '{line.strip()[:40]}'; take some away"
        elif re.match(r"^(?!={7}$)(?:=+|-+)\s*$", line) and before.strip() and not before.lstrip().startswith(("|", "#", "/")):
            yield number, f"a heading must be '## ' and its words: found '{before.strip()[:40]}' underlined; write '## {before.strip()[:40]}'"
        before = line
    for heading in article.headings:
        if heading.anchor in RESERVED:
            yield heading.line, f"a heading must not be '{heading.text}': the build writes that part itself; take it out, or reword it"


def duplicate_headings(article: Article, site: Site) -> Found:
    """No heading stands twice in an article.

    Wrong: ``## Harms`` … ``## Harms``
    Right: ``## Harms of massage`` … ``## Harms of machines``
    """
    seen: dict[str, int] = {}
    for heading in article.headings:
        key = heading.text.lower()
        if key in seen:
            yield heading.line, f"a heading must stand once: '{heading.text}' also stands on line {seen[key]}; reword one"
        seen.setdefault(key, heading.line)
    ids: dict[str, int] = {}
    for heading in article.headings:
        if heading.anchor in ids:
            yield heading.line, f"a heading's id must stand once: '{heading.anchor}' also stands on line {ids[heading.anchor]}; change one"
        own = slug(heading.text)
        if heading.anchor == f"{own}_1" and own in ids and seen[heading.text.lower()] == heading.line:
            yield heading.line, f"a heading's id must stand once: '{own}' is given to line {ids[own]}; change that one, or reword this heading"
        ids.setdefault(heading.anchor, heading.line)


def required_headings(article: Article, site: Site) -> Found:
    """A page has the headings its type requires.

    Wrong: a treatment page without ``## Harms``
    Right: ``## Harms``, or ``## What can go wrong``
    """
    texts = [heading.text for heading in article.headings if heading.level == 2]
    for phrases in REQUIRED_HEADINGS.get(article.type, ()):
        if not any(text.startswith(phrase) for text in texts for phrase in phrases):
            wanted = "' or '".join(phrases)
            yield article.line_of("type"), f"a page of type '{article.type}' must have an H2 that begins '{wanted}': found none; add it"
