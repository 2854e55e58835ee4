"""Old addresses keep working: a small page at each, for every host, and ``_redirects`` for those that read it."""

from __future__ import annotations

import html
import posixpath
from pathlib import Path

from ..site import Site

PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title}</title>
<meta name="description" content="{description}">
<meta name="robots" content="noindex">
<link rel="canonical" href="{canonical}">
<meta http-equiv="refresh" content="0; url={target}">
</head>
<body>
<main>
<h1>{title}</h1>
<p>This page has a new address: <a href="{target}">{name}</a>.</p>
</main>
</body>
</html>
"""


def redirects(folder: Path, site: Site) -> None:
    """Write a page at every address an article moved from, and one line each in ``_redirects``."""
    moved = sorted(
        (str(old), article) for article in site.articles.values() for old in article.meta.get("moved_from") or ()
    )
    if not moved:
        return
    for old, article in moved:
        page = folder / old / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        name = str(article.meta["title"])
        page.write_text(
            PAGE.format(
                title=html.escape(f"Moved: {name} (from {old})"),
                name=html.escape(name),
                description=html.escape(f"The page once at {old} now stands at {article.address}."),
                canonical=html.escape(site.url + article.address),
                target=html.escape(posixpath.relpath(article.address or ".", old) + "/"),
            ),
            encoding="utf-8",
        )
    lines = [f"/{old} /{article.address} 301" for old, article in moved]
    (folder / "_redirects").write_text("\n".join(lines) + "\n", encoding="utf-8")
