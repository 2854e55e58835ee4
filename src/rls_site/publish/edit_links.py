"""The "Edit this page" link leads to the page's own file; a template cannot know its name under both engines."""

from __future__ import annotations

from pathlib import Path

from ..site import Site

FOLDER = "/tree/main/docs/\""
"""What the template writes: the folder of all articles."""


def edit_links(folder: Path, site: Site) -> None:
    """Point each article's edit link at its file, in the host's editor."""
    for article in site.articles.values():
        page = folder / article.address / "index.html"
        html = page.read_text(encoding="utf-8")
        page.write_text(html.replace(FOLDER, f'/edit/main/docs/{article.path}"', 1), encoding="utf-8")
