"""Rules on the tree as a whole."""

from __future__ import annotations

import posixpath
import re
from typing import Iterator

import yaml

from ..article import address_of
from ..problem import Problem, nearest
from ..site import Site
from .reading import counted, grade

UNLINKED_IMAGES = ("images/mark.svg", "images/favicon.svg", "images/icon-192.png", "images/icon-512.png", "images/icon-maskable-512.png")
"""Images the templates and the web app manifest use."""

NAME = re.compile(r"(?:[a-z0-9_][a-z0-9-]*/)*_?[a-z0-9][a-z0-9-]*\.[a-z]+")
ADDRESS = re.compile(r"(?:[A-Za-z0-9_.-]+/)+")

IMAGES = (".svg", ".png", ".jpg", ".jpeg", ".webp")
SUFFIXES = (".md", *IMAGES, ".bib", ".yml", ".js", ".css", ".json", ".webmanifest", ".woff2", ".ico", ".txt")
"""What may stand under ``docs``; HTML may not, it would be published as it is."""

MOST_BYTES = 300_000

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
    """Every article stands in the navigation once, and every entry leads to an article; a withdrawn one stands in ``not_in_nav``.

    Wrong: a new article without a line in ``mkdocs.yml``
    Right: ``- Hot stones: massage/hot-stones.md`` under its section
    """
    lines = (site.root / "mkdocs.yml").read_text(encoding="utf-8", errors="replace").split("\n")

    def line_of(path: str) -> int:
        return next((number for number, line in enumerate(lines, 1) if line.split("#")[0].rstrip().endswith(path)), 1)

    try:
        nav = site.nav
    except (yaml.YAMLError, UnicodeDecodeError):
        return  # the rule on settings says so
    labels: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if match := re.match(r"^\s*- (.*?):\s+(?:\S+\.md)\s*$", line):
            label = match.group(1).strip("\"' ")
            if not label:
                yield Problem("mkdocs.yml", number, "in_navigation", f"a nav entry must have words: found none in '{line.strip()}'; write what readers look for")
            elif label in labels:
                yield Problem("mkdocs.yml", number, "in_navigation", f"the words of a nav entry must stand once in its section: '{label}' also stands on line {labels[label]}; reword one")
            labels[label] = number
        elif re.match(r"^\s*- .*:\s*$", line):
            labels = {}
    kept = next((text for text in "\n".join(lines).split("not_in_nav:")[1:]), "").split("\nnav:")[0]
    for path, article in site.articles.items():
        if not article.meta.get("withdrawn"):
            continue
        if path in nav:
            yield Problem("mkdocs.yml", line_of(path), "in_navigation", f"a withdrawn article must leave the nav: '{path}' stands in it; move its line to 'not_in_nav: |' above the nav, as '/{path}'")
        elif f"/{path}" not in kept:
            yield Problem(article.shown, article.line_of("withdrawn"), "in_navigation", f"a withdrawn article must stand in 'not_in_nav: |' of mkdocs.yml: '/{path}' does not; add it, so that its address still works")
    for path in site.articles:
        if path not in nav and not site.articles[path].meta.get("withdrawn"):
            yield Problem(f"docs/{path}", 1, "in_navigation", f"an article must stand in the nav of mkdocs.yml: '{path}' does not; add the line '- {_label(site.articles[path])}: {path}' under its section")
    for path in sorted(set(nav)):
        known = path in site.articles or any(problem.path == f"docs/{path}" for problem in site.unreadable)
        if not known and "://" not in path:
            yield Problem("mkdocs.yml", line_of(path), "in_navigation", f"a nav entry must lead to an article: found '{path}'{nearest(path, site.articles)}")
        if "://" in path:
            yield Problem("mkdocs.yml", line_of(path), "in_navigation", f"a nav entry must lead to an article of ours: found '{path}'; take it out")
        if nav.count(path) > 1:
            yield Problem("mkdocs.yml", line_of(path), "in_navigation", f"an article must stand in the nav once: '{path}' stands {nav.count(path)} times; remove the extra lines")


def _label(article) -> str:
    title = str(article.meta.get("title", "Its title"))
    return f'"{title}"' if ": " in title else title


def file_names(site: Site) -> Iterator[Problem]:
    """File names are lower case with hyphens: they become addresses people type.

    Wrong: ``massage/Hot_Stones.md``
    Right: ``massage/hot-stones.md``
    """
    for path in sorted({*site.articles, *site.images, *(problem.path.removeprefix("docs/") for problem in site.unreadable)}):
        if not NAME.fullmatch(path):
            yield Problem(f"docs/{path}", 1, "file_names", f"a file's name must be lower case with hyphens: found '{path}'; rename it, or run: rls-site check --fix")


def known_files(site: Site) -> Iterator[Problem]:
    """``docs`` holds articles, images, evidence, scripts and styles, and nothing else, for all of it is published.

    Wrong: ``docs/draft.docx``, ``docs/page.html``
    Right: ``docs/massage/hot-stones.md``
    """
    for file in sorted(site.docs.rglob("*")):
        shown = f"docs/{file.relative_to(site.docs).as_posix()}"
        if file.is_symlink():
            yield Problem(shown, 1, "known_files", "docs must hold files of its own: found a symbolic link; copy the file")
        elif file.is_file() and file.suffix not in SUFFIXES:
            yield Problem(shown, 1, "known_files", f"docs must hold {', '.join(SUFFIXES)} only: found '{file.name}'; take it out, all of docs is published")
        elif file.is_file() and file.suffix.lower() in IMAGES and file.stat().st_size > MOST_BYTES:
            size = file.stat().st_size // 1000
            yield Problem(shown, 1, "known_files", f"an image must be {MOST_BYTES // 1000} kB or less: found {size}; make it smaller, people read this on phones")


def old_addresses(site: Site) -> Iterator[Problem]:
    """An address a page moved from is free, written once, and looks like an address.

    Wrong: ``moved_from: [/massage/Old.md]``
    Right: ``moved_from: [massage/old-name/]``
    """
    addresses = {article.address: path for path, article in site.articles.items()}
    seen: dict[str, str] = {}
    for path, article in site.articles.items():
        item = article.front.value.get("moved_from")
        for entry in item.value if item and isinstance(item.value, list) else ():
            old = str(entry.value)
            if not ADDRESS.fullmatch(old):
                yield Problem(article.shown, entry.line, "old_addresses", f"an old address must look like 'massage/old-name/': found '{old}'; write it as it stood after the site's name")
            elif old in addresses:
                yield Problem(article.shown, entry.line, "old_addresses", f"an old address must be free: '{old}' is the address of docs/{addresses[old]}; take it out")
            elif old in seen:
                yield Problem(article.shown, entry.line, "old_addresses", f"an old address must lead to one page: docs/{seen[old]} has '{old}' too; keep one")
            seen.setdefault(old, path)


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
