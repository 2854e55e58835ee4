"""``rls-site due``: which pages are to be reviewed soon, by owner."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from .front_matter import DUE_SOON, when
from .site import Site


@dataclass(frozen=True, order=True)
class Due:
    """A page whose review is due: the owner is its first author."""

    owner: str
    date: datetime.date
    path: str
    title: str


def due(site: Site, days: int = DUE_SOON) -> list[Due]:
    """Return the pages whose next review falls within ``days`` of today, or is overdue, sorted by owner and date."""
    found = []
    for article in site.articles.values():
        date, authors = article.meta.get("next_review"), article.meta.get("authors")
        if type(date) is datetime.date and (date - site.today).days <= days and not article.withdrawn:
            owner = str(authors[0]) if isinstance(authors, list) and authors else "nobody"
            found.append(Due(owner, date, article.shown, str(article.meta.get("title", ""))))
    return sorted(found)


def shown(pages: list[Due], today: datetime.date, days: int) -> str:
    """Return the list as Markdown, readable in a terminal and in an issue."""
    if not pages:
        return f"No review is due in the next {days} days." if days >= 0 else "No review is overdue."
    lines = []
    for owner in sorted({page.owner for page in pages}):
        lines += ["", f"## {owner}", ""]
        for page in pages:
            if page.owner == owner:
                lines.append(f"- {page.date} ({when((page.date - today).days)}) {page.path}: {page.title}")
    return "\n".join(lines[1:])
