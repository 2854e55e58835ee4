"""``rls-site new SECTION/NAME``: a valid article to fill in, and its line in the navigation."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from .article import plain_text, slug
from .draft import draft
from .front_matter import TITLE_LENGTH, TYPES
from .problem import nearest
from .site import Site

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*/[a-z0-9]+(?:-[a-z0-9]+)*")
"""What ``SECTION/NAME`` looks like: it becomes the address."""


class Refused(Exception):
    """Why no article was made, in words for an editor."""


def new(site: Site, name: str, kind: str, title: str) -> tuple[Path, int]:
    """Write ``docs/NAME.md`` and its nav line; returns the file and the line of ``mkdocs.yml`` that was added.

    Raises Refused, with nothing written, for a name, type or title that cannot be used.
    """
    path = path_of(site, name)
    title = title.strip()
    _look_at(site, kind, title)
    nav_file = site.root / "mkdocs.yml"
    nav, line = nav_with(nav_file.read_text(encoding="utf-8"), path, title)
    article = draft(site, path, kind, title, site.today)
    file = site.docs / path
    # Both texts are complete before either is written; the article is taken back if the nav cannot be.
    _write(file, article)
    try:
        _write(nav_file, nav)
    except OSError:
        file.unlink(missing_ok=True)
        raise
    return file, line


def path_of(site: Site, name: str) -> str:
    """Return the path of a new article, from ``docs/``; raises Refused for a name that cannot be used."""
    stem = name.strip("/").removeprefix("docs/").removesuffix(".md")
    if not NAME.fullmatch(stem):
        example = f"massage/{slug(Path(stem).name.replace('_', '-')).strip('-') or 'hot-stones'}"
        raise Refused(f"the name must be SECTION/NAME in lower case with hyphens: found '{stem}'; write, for example, {example}")
    section = stem.split("/")[0]
    sections = sorted({other.split("/")[0] for other in site.articles if "/" in other})
    if section not in sections:
        raise Refused(f"the section must be one of {', '.join(sections)}: found '{section}'{nearest(section, sections)}")
    path = f"{stem}.md"
    if (site.docs / path).exists() or (site.docs / stem).exists() or path in site.nav:
        raise Refused(f"the name must be free: docs/{path} exists; choose another")
    return path


def _look_at(site: Site, kind: str, title: str) -> None:
    if kind not in TYPES:
        raise Refused(f"the type must be one of {', '.join(TYPES)}: found '{kind}'{nearest(kind, TYPES)}")
    if plain_text(title) != title or not re.search(r"[A-Za-z]", title):
        raise Refused(f"the title must be plain words: found '{title}'; leave out marks such as * and [")
    if not TITLE_LENGTH[0] <= len(title) <= TITLE_LENGTH[1] or "\n" in title:
        raise Refused(f"the title must have {TITLE_LENGTH[0]} to {TITLE_LENGTH[1]} characters: found {len(title)}; reword it")
    same = next((article for article in site.articles.values() if str(article.meta.get("title", "")).lower() == title.lower()), None)
    if same:
        raise Refused(f"a title must be unique: {same.shown} has the same; reword it")


def nav_with(text: str, path: str, title: str) -> tuple[str, int]:
    """Return ``mkdocs.yml`` with a line for ``path`` after the last of its section, and that line's number.

    The file is edited as text, so that its comments and order stay. Raises Refused when the section has no line yet.
    """
    section = path.split("/")[0]
    lines = text.split("\n")
    entry = re.compile(rf"^(\s*)- .*\b{re.escape(section)}/[\w./-]+\.md['\"]?\s*(?:#.*)?$")
    found = [(number, match.group(1)) for number, line in enumerate(lines) if (match := entry.match(line))]
    if not found:
        raise Refused(f"the nav of mkdocs.yml must have the section '{section}': found no line of it; add one by hand")
    number, indent = found[-1]
    label = title if re.fullmatch(r"[A-Za-z][\w ,?'().-]*", title) else json.dumps(title, ensure_ascii=False)
    lines.insert(number + 1, f"{indent}- {label}: {path}")
    return "\n".join(lines), number + 2


def _write(file: Path, text: str) -> None:
    """Write a file whole or not at all."""
    scratch = file.with_name(f".{file.name}.new")
    try:
        scratch.write_text(text, encoding="utf-8", newline="\n")
        os.replace(scratch, file)
    finally:
        scratch.unlink(missing_ok=True)
