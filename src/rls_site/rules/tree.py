"""Rules on the tree as a whole."""

from __future__ import annotations

import posixpath
from typing import Iterator

from ..article import address_of
from ..problem import Problem, nearest
from ..site import Site
from .reading import counted, grade

UNLINKED_IMAGES = ("images/mark.svg", "images/favicon.svg", "images/icon-192.png", "images/icon-512.png", "images/icon-maskable-512.png")
"""Images the templates and the web app manifest use."""

AVERAGE = 7.0
"""The highest average reading grade of all pages (NHS advice is grade 4 to 6; our aim 6 to 7)."""


def one_address(site: Site) -> Iterator[Problem]:
    """Two files must not make one address.

    Wrong: ``massage.md`` beside ``massage/index.md``
    Right: one of the two
    """
    seen: dict[str, str] = {}
    for path in sorted({*site.articles, *(problem.path.removeprefix("docs/") for problem in site.unreadable)}):
        address = address_of(path).lower()
        if address in seen:
            yield Problem(f"docs/{path}", 1, "one_address", f"each address must have one file: '/{address}' also comes from docs/{seen[address]}; rename one")
        seen.setdefault(address, path)


def in_navigation(site: Site) -> Iterator[Problem]:
    """Every article stands in the navigation once, and every entry leads to an article.

    Wrong: a new article without a line in ``mkdocs.yml``
    Right: ``- Hot stones: massage/hot-stones.md`` under its section
    """
    lines = (site.root / "mkdocs.yml").read_text(encoding="utf-8").split("\n")

    def line_of(path: str) -> int:
        return next((number for number, line in enumerate(lines, 1) if line.split("#")[0].rstrip().endswith(path)), 1)

    nav = site.nav
    for path in site.articles:
        if path not in nav and not site.articles[path].meta.get("withdrawn"):
            yield Problem(f"docs/{path}", 1, "in_navigation", f"an article must stand in the nav of mkdocs.yml: '{path}' does not; add a line for it under its section")
    for path in sorted(set(nav)):
        known = path in site.articles or any(problem.path == f"docs/{path}" for problem in site.unreadable)
        if not known and "://" not in path:
            yield Problem("mkdocs.yml", line_of(path), "in_navigation", f"a nav entry must lead to an article: found '{path}'{nearest(path, site.articles)}")
        if nav.count(path) > 1:
            yield Problem("mkdocs.yml", line_of(path), "in_navigation", f"an article must stand in the nav once: '{path}' stands {nav.count(path)} times; remove the extra lines")


def images_used(site: Site) -> Iterator[Problem]:
    """Every image is used by an article.

    Wrong: a drawing nobody shows
    Right: a drawing with a caption on a page
    """
    used = set(UNLINKED_IMAGES)
    for article in site.articles.values():
        for link in article.links:
            if link.image:
                used.add(posixpath.normpath(posixpath.join(posixpath.dirname(article.path), link.target)))
    for path in site.images:
        if path not in used:
            yield Problem(f"docs/{path}", 1, "images_used", "an image must be used by an article: none shows it; show it or delete it")


def unique_texts(site: Site) -> Iterator[Problem]:
    """Titles and descriptions are unique.

    Wrong: two pages titled ``Safety``
    Right: ``Is massage safe for me?`` and ``Is a leg massager safe for me?``
    """
    for key in ("title", "description"):
        seen: dict[str, str] = {}
        for path, article in site.articles.items():
            text = str(article.meta.get(key, "")).strip().lower()
            if text and text in seen:
                yield Problem(article.shown, article.line_of(key), "unique_texts", f"a {key} must be unique: docs/{seen[text]} has the same; change one")
            seen.setdefault(text, path)


def reading_average(site: Site) -> Iterator[Problem]:
    """All pages together read at grade 7 or below on average.

    Wrong: every page at grade 8
    Right: most pages between 6 and 7
    """
    grades = [grade(s.text for s in counted(article)) for article in site.articles.values() if len(counted(article)) > 5]
    if grades and sum(grades) / len(grades) > AVERAGE:
        average = sum(grades) / len(grades)
        yield Problem("docs/index.md", 1, "reading_average", f"the average reading grade must be {AVERAGE:g} or below: found {average:.1f}; ease the hardest pages", True)
