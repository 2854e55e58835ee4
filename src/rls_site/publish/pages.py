"""The built page of an article, and its head: what most of the last steps write to."""

from __future__ import annotations

from pathlib import Path

from ..article import Article


def page_of(folder: Path, article: Article) -> Path:
    """Return the built page of an article."""
    return folder / article.address / "index.html"


def add_to_head(page: Path, tags: str) -> None:
    """Put tags at the end of a page's head."""
    _add(page, tags, "</head>")


def add_to_body(page: Path, tags: str) -> None:
    """Put tags at the end of a page's body."""
    _add(page, tags, "</body>")


def _add(page: Path, tags: str, end: str) -> None:
    before, mark, after = page.read_text(encoding="utf-8").rpartition(end)
    page.write_text(f"{before}{tags}{mark}{after}", encoding="utf-8")
