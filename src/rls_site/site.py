"""The whole tree as the rules see it: every article, the evidence, the images, the settings."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from .article import Article, files_in, read
from .evidence import Evidence, load_evidence
from .evidence.records import lined
from .evidence.references import HALVES, split
from .problem import Problem
from .strict_yaml import YamlFault

TEMPLATE = "_template.md"
SEARCH_WORDS = "_search-words.yml"
"""What people type and what it means. Both stand under ``docs/``, and are left out of the site by their first letter."""

HOME, SAFETY_CHECK, CLAIMS = "index.md", "tonight/safety-check.md", "evidence/claims.md"
GLOSSARY, CHANGES, ORGANISATIONS = "evidence/glossary.md", "evidence/changes.md", "about/organisations.md"
NAMED = (HOME, SAFETY_CHECK, CLAIMS, GLOSSARY, CHANGES, ORGANISATIONS, *HALVES.values())
"""Pages that code leads to or reads, from ``docs/``."""

NUMBERS, DARK_THOUGHTS = "tonight/safety-check.md#numbers-to-call", "restless-legs/living-with.md#mood-and-dark-thoughts"
TOO_MUCH = "for-you/medicines-and-withdrawal.md#have-you-run-out-or-missed-a-dose"
PREGNANCY_SIGNS, OWN_CAUTIONS = "for-you/pregnancy.md#other-signs-to-watch-for", "about/how-we-write.md#cautions-of-our-own"
NAMED_HEADINGS = (NUMBERS, DARK_THOUGHTS, TOO_MUCH, PREGNANCY_SIGNS, OWN_CAUTIONS)
"""Headings that code leads to."""

EDITORS = "The site's editors"
"""Who wrote a page that names no person."""

SITE_NAME = "Massage for Restless Legs"
"""As feeds, pictures, data and sheets give it."""

IMAGES = (".svg", ".png", ".jpg", ".webp")
"""Endings of files that are images."""


@dataclass(frozen=True)
class Site:
    """The project folder, read once.

    articles: by path from ``docs/``. unreadable: the problems of files that could not be read as articles.
    template: ``docs/_template.md``, checked but not published. today: what dates are compared with.
    """

    root: Path
    articles: dict[str, Article]
    template: Article | None
    evidence: Evidence
    today: datetime.date
    unreadable: tuple[Problem, ...] = ()
    images: tuple[str, ...] = ()

    @cached_property
    def paths(self) -> set[str]:
        """Every article's path, of those too that cannot be read: one fault is told once, not by each page that leads there."""
        return {*self.articles, *(problem.path.removeprefix("docs/") for problem in self.unreadable)}

    @cached_property
    def published(self) -> dict[str, Article]:
        """The articles that were not taken back, by path."""
        return {path: article for path, article in self.articles.items() if not article.withdrawn}

    @property
    def docs(self) -> Path:
        """The folder of the articles."""
        return self.root / "docs"

    @cached_property
    def settings(self) -> dict[str, Any]:
        """``mkdocs.yml`` as it stands; empty where it cannot be read, which the rule on settings says."""
        return _mapping(self.root / "mkdocs.yml", comments=True)

    @property
    def url(self) -> str:
        """Where the site is published, with a slash at its end."""
        return str(self.settings.get("site_url") or "")

    @property
    def repository(self) -> str:
        """Where the source lives; empty when it is not said."""
        extra = self.settings.get("extra")
        return str(extra.get("repository") or "").rstrip("/") if isinstance(extra, dict) else ""

    @cached_property
    def nav(self) -> list[str]:
        """Every article path in ``mkdocs.yml``'s nav, in order."""

        def walk(item: Any) -> list[str]:
            if isinstance(item, str):
                return [item]
            values = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()  # the rule on settings names the others
            return [path for value in values for path in walk(value)]

        return walk(self.settings.get("nav"))

    @cached_property
    def search_words(self) -> dict[str, Any]:
        """SEARCH_WORDS as it stands; empty where it cannot be read, which the rule on it says."""
        return _mapping(self.docs / SEARCH_WORDS)

    @cached_property
    def known_hosts(self) -> set[str]:
        """The hosts a page may link to: those of the sources and of ORGANISATIONS."""
        page = self.articles.get(ORGANISATIONS)
        listed = re.findall(r"\]\((https?://[^)\s]+)\)", page.body) if page else []
        urls = [reference.fields.get("url", "") for reference in self.evidence.references.values()]
        return {split(url).netloc.removeprefix("www.") for url in (*listed, *urls) if url} | {"doi.org", "pubmed.ncbi.nlm.nih.gov"}


def _mapping(file: Path, comments: bool = False) -> dict[str, Any]:
    try:
        found = lined(file.read_text(encoding="utf-8"), comments).plain()
    except (OSError, UnicodeDecodeError, YamlFault):
        return {}
    return found if isinstance(found, dict) else {}


def load_site(root: Path, today: datetime.date | None = None) -> Site:
    """Read the project folder ``root``; ``today`` defaults to the current date."""
    docs = root / "docs"
    articles: dict[str, Article] = {}
    unreadable: list[Problem] = []
    for file in files_in(docs, "*.md"):
        if file.name.startswith("_") and file.name != TEMPLATE:  # the engine leaves it out too
            continue
        article, problems = read(file, docs)
        unreadable += problems
        if article:
            articles[article.path] = article
    template = articles.pop(TEMPLATE, None)
    images = tuple(file.relative_to(docs).as_posix() for file in files_in(docs) if file.suffix.lower() in IMAGES)
    return Site(root, articles, template, load_evidence(docs), today or datetime.date.today(), tuple(unreadable), images)
