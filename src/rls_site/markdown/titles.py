"""The titles of other articles, for links made by the build."""

from __future__ import annotations

from pathlib import Path

from ..article import read_once


def title_of(docs: Path, path: str) -> str:
    """Return the title of the article at ``path`` (from ``docs/``), or the file's name when it is no article; raises FileNotFoundError without the file."""
    file = docs / path
    article, _ = read_once(file, docs)
    return str(article.meta.get("title", file.stem)) if article else file.stem
