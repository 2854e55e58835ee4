"""Where the evidence is used: the articles that cite a source, or show a claim or a safety text."""

from __future__ import annotations

from pathlib import Path
from typing import Iterable, Iterator

from ..article import Article, cited, files_in, read_once
from . import Evidence


def published(docs: Path) -> Iterator[Article]:
    """Yield every article under ``docs`` that can be read and was not taken back, for where no site is loaded."""
    for file in files_in(docs, "*.md"):
        article, _ = (None, ()) if file.name.startswith("_") else read_once(file, docs)
        if article and not article.withdrawn:
            yield article


def usage(articles: Iterable[Article], evidence: Evidence) -> dict[str, list[str]]:
    """Return, for each source's key, the articles (paths from ``docs/``) that rest on it.

    An article rests on what it cites, and on the sources of the claims and safety texts it shows.
    """
    found: dict[str, list[str]] = {}
    for article in articles:
        for key in {key for _, key in article.citations} | _shown(article, evidence):
            found.setdefault(key, []).append(article.path)
    return found


def _shown(article: Article, evidence: Evidence) -> set[str]:
    keys: set[str] = set()
    for block in article.blocks:
        if block.name == "evidence" and block.argument in evidence.claims:
            keys.update(evidence.claims[block.argument].sources)
        elif block.name == "safety":
            part = evidence.safety.get(block.argument) or evidence.safety.get("lists", {}).get(block.argument)
            keys.update(cited(str(part)))
    return keys


def claim_usage(articles: Iterable[Article]) -> dict[str, list[str]]:
    """Return, for each claim's id, the articles that show its evidence card."""
    found: dict[str, list[str]] = {}
    for article in articles:
        for name in dict.fromkeys(block.argument for block in article.blocks if block.name == "evidence"):
            found.setdefault(name, []).append(article.path)
    return found
