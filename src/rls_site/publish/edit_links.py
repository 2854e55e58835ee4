"""Links into the host's editor: "Edit this page" opens the page's own file, "Add a page" a new one with its lines filled in.

A template cannot know a file's name under both engines, and an article cannot hold the lines of another.
"""

from __future__ import annotations

import html
from pathlib import Path
from urllib.parse import urlencode

from ..draft import draft
from ..site import Site
from .pages import page_of

FOLDER = "/tree/main/docs/\""
"""What the template writes: the folder of all articles."""

NEW = "/new/main/docs/massage\""
"""What an article writes where a new page is to begin."""

TITLE = "My new page"


def edit_links(folder: Path, site: Site) -> None:
    """Point each article's edit link at its file, and a link to a new page at one that is filled in, in the host's editor."""
    # Its dates are those of the page read last, so that two builds are the same.
    day = max(article.meta["last_reviewed"] for article in site.articles.values())
    value = draft(site, "massage/page.md", "how-to", TITLE, day)
    query = html.escape("?" + urlencode({"filename": "page.md", "value": value}))
    for article in site.articles.values():
        page = page_of(folder, article)
        text = page.read_text(encoding="utf-8")
        text = text.replace(FOLDER, f'/edit/main/docs/{article.path}"', 1)
        page.write_text(text.replace(f"{site.repository}{NEW}", f'{site.repository}{NEW[:-1]}{query}"'), encoding="utf-8")
