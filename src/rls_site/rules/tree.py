"""Rules on the tree as a whole."""

from __future__ import annotations

import posixpath
import re

from ..article import ENTRY_DAY, Article, address_of, day_of, files_in
from ..problem import FoundIn, nearest
from ..site import CHANGES, IMAGES, NAMED, NAMED_HEADINGS, Site
from .reading import counted, grade_of
from .wording import BRANDS, NEGATED, PROMISES

UNLINKED_IMAGES = ("images/mark.svg", "images/favicon.svg", "images/icon-192.png", "images/icon-512.png", "images/icon-maskable-512.png")
"""Images the templates and the web app manifest use."""

NAME = re.compile(r"(?:[a-z0-9_][a-z0-9-]*/)*_?[a-z0-9][a-z0-9-]*\.[a-z]+")
ADDRESS = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)+")

SUFFIXES = (".md", *IMAGES, ".bib", ".yml", ".js", ".css", ".json")
"""What may stand under ``docs``; HTML may not, it would be published as it is."""

MOST_BYTES = 300_000

LONGEST_LABEL = 40
"""Letters of a name in the menu that stay on one line, or two on a small phone."""

AVERAGE = 7.0
"""The highest average reading grade of all pages (NHS advice is grade 4 to 6; our aim 6 to 7)."""


def one_address(site: Site) -> FoundIn:
    """Two files must not make one address.

    Wrong: ``massage.md`` beside ``massage/index.md``
    Right: one of the two
    """
    seen: dict[str, str] = {}
    for path in sorted(site.paths):
        address = address_of(path).lower()
        if address in seen:
            yield f"docs/{path}", 1, f"each address must have one file: '/{address}' also comes from docs/{seen[address]}; rename one"
        seen.setdefault(address, path)


def in_navigation(site: Site) -> FoundIn:
    """Every article stands in the navigation once, and every entry leads to an article; a withdrawn one stands in ``not_in_nav``.

    Wrong: a new article without a line in ``mkdocs.yml``
    Right: ``- Hot stones: massage/hot-stones.md`` under its section
    """
    nav = site.nav
    if not nav:
        return  # the rule on settings says so
    lines = (site.root / "mkdocs.yml").read_text(encoding="utf-8", errors="replace").split("\n")

    def line_of(path: str) -> int:
        return next((number for number, line in enumerate(lines, 1) if line.split("#")[0].strip(" '\"").split(" ")[-1].strip("'\"") == path), 1)

    yield from _labels(lines)
    kept = str(site.settings.get("not_in_nav") or "").split()
    for path, article in site.articles.items():
        if not article.withdrawn:
            continue
        if path in nav:
            yield "mkdocs.yml", line_of(path), f"a withdrawn article must leave the nav: '{path}' stands in it; move its line to 'not_in_nav: |' above the nav, as '/{path}'"
        elif f"/{path}" not in kept:
            yield article.shown, article.line_of("withdrawn"), f"a withdrawn article must stand in 'not_in_nav: |' of mkdocs.yml: '/{path}' does not; add it, so that its address still works"
    for path in site.articles:
        if path not in nav and not site.articles[path].withdrawn:
            yield f"docs/{path}", 1, f"an article must stand in the nav of mkdocs.yml: '{path}' does not; add the line '- {_label(site.articles[path])}: {path}' under its section"
    for path in sorted(set(nav)):
        if path not in site.paths and "://" not in path:
            yield "mkdocs.yml", line_of(path), f"a nav entry must lead to an article: found '{path}'{nearest(path, site.articles)}"
        if "://" in path:
            yield "mkdocs.yml", line_of(path), f"a nav entry must lead to an article of ours: found '{path}'; take it out"
        if nav.count(path) > 1:
            yield "mkdocs.yml", line_of(path), f"an article must stand in the nav once: '{path}' stands {nav.count(path)} times; remove the extra lines"


def _labels(lines: list[str]) -> FoundIn:
    labels: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if match := re.match(r"^\s*- (.*?):\s+(?:\S+\.md)\s*$", line):
            label = match.group(1).strip("\"' ")
            if len(label) > LONGEST_LABEL:
                yield "mkdocs.yml", number, f"the words of a nav entry must have at most {LONGEST_LABEL} characters: found {len(label)} in '{label[:30]}…'; shorten them", True
            for pattern, must in ((BRANDS, "name no brand"), (PROMISES, "promise nothing")):
                if (found := pattern.search(label)) and not (pattern is PROMISES and NEGATED.search(label)):
                    yield "mkdocs.yml", number, f"the words of a nav entry must {must}: found '{found.group(0)}'; reword them"
            if not label:
                yield "mkdocs.yml", number, f"a nav entry must have words: found none in '{line.strip()}'; write what readers look for"
            elif label in labels:
                yield "mkdocs.yml", number, f"the words of a nav entry must stand once in its section: '{label}' also stands on line {labels[label]}; reword one"
            labels[label] = number
        elif re.match(r"^\s*- .*:\s*$", line):
            labels = {}


def _label(article: Article) -> str:
    title = str(article.meta.get("title", "Its title"))
    return f'"{title}"' if ": " in title else title


def file_names(site: Site) -> FoundIn:
    """File names are lower case with hyphens: they become addresses people type.

    Wrong: ``massage/Hot_Stones.md``
    Right: ``massage/hot-stones.md``
    """
    for path in sorted({*site.paths, *site.images}):
        if not NAME.fullmatch(path):
            yield f"docs/{path}", 1, f"a file's name must be lower case with hyphens: found '{path}'; rename it, or run: rls-site check --fix"


def known_files(site: Site) -> FoundIn:
    """``docs`` holds articles, images, evidence, scripts and styles, and nothing else, for all of it is published.

    Wrong: ``docs/draft.docx``, ``docs/page.html``
    Right: ``docs/massage/hot-stones.md``
    """
    for file in files_in(site.docs):
        shown = f"docs/{file.relative_to(site.docs).as_posix()}"
        if file.is_symlink():
            yield shown, 1, "docs must hold files of its own: found a symbolic link; copy the file"
        elif file.is_file() and file.suffix not in SUFFIXES:
            yield shown, 1, f"docs must hold {', '.join(SUFFIXES)} only: found '{file.name}'; take it out, all of docs is published"
        elif file.is_file() and file.suffix.lower() in IMAGES and file.stat().st_size > MOST_BYTES:
            size = file.stat().st_size // 1000
            yield shown, 1, f"an image must be {MOST_BYTES // 1000} kB or less: found {size}; make it smaller, people read this on phones"


def old_addresses(site: Site) -> FoundIn:
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
                yield article.shown, entry.line, f"an old address must look like 'massage/old-name/': found '{old}'; write it as it stood after the site's name"
            elif old in addresses:
                yield article.shown, entry.line, f"an old address must be free: '{old}' is the address of docs/{addresses[old]}; take it out"
            elif old in seen:
                yield article.shown, entry.line, f"an old address must lead to one page: docs/{seen[old]} has '{old}' too; keep one"
            seen.setdefault(old, path)


def images_used(site: Site) -> FoundIn:
    """Every image is used by an article.

    Wrong: a drawing nobody shows
    Right: a drawing with a caption on a page
    """
    if site.unreadable:
        return  # what cannot be read may show it
    used = set(UNLINKED_IMAGES)
    for article in site.articles.values():
        for link in article.links:
            if link.image:
                used.add(posixpath.normpath(posixpath.join(posixpath.dirname(article.path), link.target)))
    for path in site.images:
        if path not in used:
            yield f"docs/{path}", 1, "an image must be used by an article: none shows it; show it or delete it"


def unique_texts(site: Site) -> FoundIn:
    """Titles and descriptions are unique.

    Wrong: two pages titled ``Safety``
    Right: ``Is massage safe for me?`` and ``Is a leg massager safe for me?``
    """
    for key in ("title", "description"):
        seen: dict[str, str] = {}
        for path, article in site.articles.items():
            text = str(article.meta.get(key, "")).strip().lower()
            if text and text in seen:
                yield article.shown, article.line_of(key), f"a {key} must be unique: docs/{seen[text]} has the same; change one"
            seen.setdefault(text, path)


def reading_average(site: Site) -> FoundIn:
    """All pages together read at grade 7 or below on average.

    Wrong: every page at grade 8
    Right: most pages between 6 and 7
    """
    grades = [grade_of(article) for article in site.articles.values() if len(counted(article)) > 5]
    if grades and sum(grades) / len(grades) > AVERAGE:
        average = sum(grades) / len(grades)
        yield "docs/index.md", 1, f"the average reading grade must be {AVERAGE:g} or below: found {average:.1f}; ease the hardest pages", True


def named_pages(site: Site) -> FoundIn:
    """Pages that code leads to or reads stand where it looks for them.

    Wrong: ``evidence/claims.md`` renamed, and its old name left in ``src/rls_site/site.py``
    Right: the new name there too
    """
    for path in NAMED:
        if path not in site.paths:
            yield f"docs/{path}", 1, "a page that code names must exist: it does not; restore it, or give src/rls_site/site.py its new name"
    for place in NAMED_HEADINGS:
        path, _, anchor = place.partition("#")
        article = site.articles.get(path)
        if not article or anchor not in {heading.anchor for heading in article.headings}:
            yield f"docs/{path}", 1, f"a heading that code leads to must exist: '{anchor}' does not; restore it, or give src/rls_site/site.py its new name"


def dated_changes(site: Site) -> FoundIn:
    """An entry of "What changed our mind" begins with a day the feed can read.

    Wrong: ``31 Novmber 2026. Single trials gave the credit to lavender oil.``
    Right: ``30 November 2026. Single trials gave the credit to lavender oil.``
    """
    page = site.articles.get(CHANGES)
    if page is None:
        return
    entries = [heading for heading in page.headings if heading.level == 2][:-1]  # the last says what comes next
    lines = [(number, line) for number, line in page.lines if line.strip()]
    newer = None
    for heading in entries:
        number, line = next(((number, line) for number, line in lines if number > heading.line), (heading.line, ""))
        match = ENTRY_DAY.match(line)
        if not match or not day_of(match[1]):
            found = match[1] if match else line[:30]
            yield page.shown, number, f"an entry must begin with its day, as in '20 November 2026.': found '{found}'; mend it"
            continue
        day = day_of(match[1])
        if day > site.today:
            yield page.shown, number, f"an entry must not be dated in the future: found '{match[1]}'; mend it"
        if newer and day > newer:
            yield page.shown, number, f"entries must stand newest first: found '{match[1]}' below an older one; move it up"
        newer = day
