"""The whole tree as the rules see it: every article, the evidence, the images, the navigation."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import yaml

from .article import Article, read
from .evidence import Evidence, load_evidence
from .problem import Problem

TEMPLATE = "_template.md"

SITE_NAME = "Massage for Restless Legs"
"""As feeds, pictures, data and sheets give it."""


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
    images: tuple[str, ...] = field(default=())

    @property
    def docs(self) -> Path:
        """The folder of the articles."""
        return self.root / "docs"

    @cached_property
    def nav(self) -> list[str]:
        """Every article path in ``mkdocs.yml``'s nav, in order."""
        config = self._settings

        def walk(item) -> list[str]:
            if isinstance(item, str):
                return [item]
            values = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()  # the rule on settings names the others
            return [path for value in values for path in walk(value)]

        return walk(config.get("nav") or [])

    @cached_property
    def repository(self) -> str:
        """Where the source lives, from ``mkdocs.yml``; empty when it is not said."""
        try:
            extra = self._settings.get("extra")
        except (OSError, UnicodeDecodeError, yaml.YAMLError, AttributeError):
            return ""  # the rule on settings says so
        return str(extra.get("repository") or "").rstrip("/") if isinstance(extra, dict) else ""

    @cached_property
    def _settings(self) -> dict:
        loader = _LooseLoader((self.root / "mkdocs.yml").read_text(encoding="utf-8"))
        try:
            return loader.get_single_data() or {}
        finally:
            loader.dispose()


class _LooseLoader(yaml.SafeLoader):
    """Reads ``mkdocs.yml`` without running its ``!ENV`` and ``!!python`` tags."""


_LooseLoader.add_multi_constructor("", lambda loader, suffix, node: None)


def load_site(root: Path, today: datetime.date | None = None) -> Site:
    """Read the project folder ``root``; ``today`` defaults to the current date."""
    docs = root / "docs"
    articles: dict[str, Article] = {}
    unreadable: list[Problem] = []
    template = None
    for file in sorted(docs.rglob("*.md")):
        path = file.relative_to(docs).as_posix()
        if path.startswith("_snippets/"):
            continue
        article, problems = read(file, docs)
        unreadable += problems
        if article and path == TEMPLATE:
            template = article
        elif article:
            articles[path] = article
    images = tuple(
        file.relative_to(docs).as_posix()
        for file in sorted(docs.rglob("*"))
        if file.suffix.lower() in (".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif")
    )
    return Site(
        root, articles, template, load_evidence(docs), today or datetime.date.today(), tuple(unreadable), images
    )  # fmt: skip
