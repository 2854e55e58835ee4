"""Where the evidence is used: the articles that cite a source or show a claim."""

from __future__ import annotations

from pathlib import Path
from typing import Iterator

from ..article import Article, files_in, read
from . import load_evidence


def _published(docs: Path) -> Iterator[Article]:
    for file in files_in(docs, "*.md"):
        article, _ = (None, ()) if file.name.startswith("_") else read(file, docs)
        if article:
            yield article


def _claims(article: Article) -> list[str]:
    return list(dict.fromkeys(block.argument for block in article.blocks if block.name == "evidence"))


def usage(docs: Path) -> dict[str, list[str]]:
    """Return, for each source's key, the articles (paths from ``docs/``) that cite it or show a claim resting on it."""
    claims = load_evidence(docs).claims
    found: dict[str, list[str]] = {}
    for article in _published(docs):
        shown = (claims[name] for name in _claims(article) if name in claims)
        for key in {key for _, key in article.citations}.union(*(claim.sources for claim in shown)):
            found.setdefault(key, []).append(article.path)
    return found


def claim_usage(docs: Path) -> dict[str, list[str]]:
    """Return, for each claim's id, the articles that show its evidence card."""
    found: dict[str, list[str]] = {}
    for article in _published(docs):
        for name in _claims(article):
            found.setdefault(name, []).append(article.path)
    return found
