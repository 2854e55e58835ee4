"""The titles of other articles, for links made by the build."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from ..article import read


def title_of(docs: Path, path: str) -> str:
    """Return the title of the article at ``path`` (from ``docs/``), or the file's name when it is no article; raises FileNotFoundError without the file."""
    file = docs / path
    return _title(file, docs, file.stat().st_mtime_ns)


@lru_cache(maxsize=512)
def _title(file: Path, docs: Path, stamp: int) -> str:
    article, _ = read(file, docs)
    return str(article.meta.get("title", file.stem)) if article else file.stem
