"""What is fetched by machines that follow a site: sitemap, robots.txt, the feed of what changed our mind, llms.txt."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Iterator
from xml.sax.saxutils import escape, quoteattr

from ..article import ENTRY_DAY, Article, day_of
from ..site import CHANGES, EDITORS, HOME, SITE_NAME, Site
from .pages import add_to_head, page_of
from .sections import paragraphs, sections

FEED = "feed.xml"
LATER = ("evidence/", "about/", "tools/")
"""Folders that llms.txt lists under "Optional"."""


def published(site: Site) -> list[Article]:
    """Return the articles that are not withdrawn, in the order of the navigation, then by path."""
    order = {path: number for number, path in enumerate(site.nav)}
    shown = list(site.published.values())
    return sorted(shown, key=lambda article: (order.get(article.path, len(order)), article.path))


def sitemap(site: Site) -> str:
    """Return the sitemap: every address with the day it was last reviewed."""
    urls = "".join(
        f"<url><loc>{escape(site.url + article.address)}</loc><lastmod>{article.meta['last_reviewed']}</lastmod></url>\n"
        for article in published(site)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n'


def robots(site: Site) -> str:
    """Return robots.txt: everyone may read everything."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {site.url}sitemap.xml\n"


def entries(site: Site) -> Iterator[tuple[str, str, datetime.date, str]]:
    """Yield ``(anchor, title, date, text)`` for each section of CHANGES that begins with a date, newest first."""
    found = []
    for heading, text in sections(site.articles[CHANGES], site):
        line = paragraphs(text)
        match = ENTRY_DAY.match(line)
        if heading and match and (date := day_of(match.group(1))):
            found.append((heading.anchor, heading.text, date, line[match.end() :]))
    yield from sorted(found, key=lambda entry: entry[2], reverse=True)


def atom(site: Site) -> str:
    """Return the Atom feed (RFC 4287) of what changed our mind."""
    base = site.url
    page = f"{base}{site.articles[CHANGES].address}"
    items = list(entries(site))
    newest = max((date for _, _, date, _ in items), default=site.articles[CHANGES].meta["last_reviewed"])
    body = "".join(
        f"<entry><id>{escape(f'{page}#{anchor}')}</id><title>{escape(title)}</title><updated>{date}T00:00:00Z</updated>"
        f"<link href={quoteattr(f'{page}#{anchor}')}/><content type=\"text\">{escape(text)}</content></entry>\n"
        for anchor, title, date, text in items
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">\n'
        f"<id>{escape(page)}</id><title>{escape(SITE_NAME)}: what changed our mind</title><updated>{newest}T00:00:00Z</updated>\n"
        f"<author><name>{EDITORS}</name><uri>{escape(base)}about/</uri></author>\n"
        f'<link href={quoteattr(page)}/><link rel="self" type="application/atom+xml" href={quoteattr(base + FEED)}/>\n{body}</feed>\n'
    )


def llms(site: Site) -> str:
    """Return llms.txt (llmstxt.org): what the site is, how to quote it, and each article's Markdown twin."""
    base = site.url
    home = site.articles[HOME]
    first, later = [], []
    unchecked = all(article.meta["reviewed_by"] == "nobody" for article in site.articles.values())
    for article in published(site):
        line = f"- [{article.meta['title']}]({base}{article.address}index.md): {article.meta['description']}"
        (later if article.path.startswith(LATER) else first).append(line)
    return "\n".join(
        [
            f"# {SITE_NAME}",
            "",
            f"> {home.meta['description']}",
            "",
            "Each article has a Markdown twin at its address plus `index.md`. Every claim in it stands with how sure we are"
            " (high, moderate, low or very low), who was studied, and its sources. Please quote the certainty along with the claim,"
            " and link to the article. "
            + ("No clinician has checked these pages; they" if unchecked else "Each page says who has checked it. They")
            + " are general information, not medical advice.",
            "",
            "Data: "
            + ", ".join(
                f"[{name}]({base}evidence/{name})" for name in ("claims.yml", "studies.yml", "references.bib", "glossary.yml")
            ),
            "",
            "## Articles",
            "",
            *first,
            "",
            "## Optional",
            "",
            *later,
            "",
        ]
    )


def feeds(folder: Path, site: Site) -> None:
    """Write the four files, and name the feed on the home page and on the page of changes it tells of."""
    for name, text in (("sitemap.xml", sitemap(site)), ("robots.txt", robots(site)), (FEED, atom(site)), ("llms.txt", llms(site))):
        (folder / name).write_text(text, encoding="utf-8")
    for article in (site.articles[path] for path in (HOME, CHANGES)):
        way = "../" * article.address.count("/")
        add_to_head(page_of(folder, article), f'<link rel="alternate" type="application/atom+xml" href="{way}{FEED}" title="What changed our mind">')
