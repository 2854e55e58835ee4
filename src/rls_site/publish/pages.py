"""The built page of an article, and its head: what most of the last steps write to."""

from __future__ import annotations

from pathlib import Path

from ..article import Article


def page_of(folder: Path, article: Article) -> Path:
    """Return the built page of an article."""
    return folder / article.address / "index.html"


def add_to_head(page: Path, tags: str) -> None:
    """Put tags at the end of a page's head."""
    page.write_text(page.read_text(encoding="utf-8").replace("</head>", f"{tags}</head>", 1), encoding="utf-8")
