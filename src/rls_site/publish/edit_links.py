"""Links into the host's editor: "Edit this page" opens the page's own file, "Add a page" a new one with its lines filled in.

A template cannot know a file's name under both engines, and an article cannot hold the lines of another.
"""

from __future__ import annotations

import html
from pathlib import Path
from urllib.parse import urlencode

from ..rules.wording import UNWRITTEN
from ..site import Site

FOLDER = "/tree/main/docs/\""
"""What the template writes: the folder of all articles."""

NEW = "/new/main/docs/massage\""
"""What an article writes where a new page is to begin."""

TITLE = "My question about restless legs"

DRAFT = """\
---
title: {title}
description: "{unwritten} the answer in one sentence, 60 to 160 characters. Title and H1 are the same."
type: how-to
audience: [people-with-rls]
tags: [self-care]
scope: "{unwritten} what this page covers, and what it does not."
authors: [The site's editors]
reviewed_by: nobody
last_reviewed: {day}
next_review: {due}
evidence_searched: {day}
---

# {title}

/// short-version
- {unwritten} the answer first.
- {unwritten} how sure we are, and who was studied.
///

/// safety | line
///

## How to do it

{unwritten} what to do, in short sentences. A fact has its source before the full stop.

## When to stop

{unwritten} one to three short sentences.
"""
"""A page as the host's editor opens it: it passes the check, with something left to write."""


def draft(site: Site) -> str:
    """Return the lines of a new page; its dates are those of the page read last, so that two builds are the same."""
    last, due = max((article.meta["last_reviewed"], article.meta["next_review"]) for article in site.articles.values())
    return DRAFT.format(title=TITLE, unwritten=UNWRITTEN, day=last, due=due)


def edit_links(folder: Path, site: Site) -> None:
    """Point each article's edit link at its file, and a link to a new page at one that is filled in, in the host's editor."""
    query = html.escape("?" + urlencode({"filename": "my-question.md", "value": draft(site)}))
    for article in site.articles.values():
        page = folder / article.address / "index.html"
        text = page.read_text(encoding="utf-8")
        text = text.replace(FOLDER, f'/edit/main/docs/{article.path}"', 1)
        page.write_text(text.replace(f"{site.repository}{NEW}", f'{site.repository}{NEW[:-1]}{query}"'), encoding="utf-8")
