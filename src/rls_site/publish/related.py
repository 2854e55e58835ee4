"""Read next: at the end of each article, the few others that serve the same readers and rest on the same evidence."""

from __future__ import annotations

import html
import math
import posixpath
from collections import Counter
from pathlib import Path

from ..article import NIGHT, Article
from ..evidence.usage import claim_usage, usage
from ..site import HOME, SAFETY_CHECK, Site
from .pages import page_of

LEAST, MOST = 2, 4
"""Steps on a page. By night two are enough: who is awake should have little to choose, and the page fits the first flight of bytes."""

TAG, AUDIENCE, CLAIM, SOURCE, LINKED, SAME_SECTION, STRANGER = 1.0, 1.2, 1.5, 0.25, 1.0, -0.8, -2.5
"""What two articles share, and what it counts: a tag or an audience (each times its rarity), a claim, a source (times
its rarity), a link from one to the other; standing in one section counts against, since its pages follow each other, and so does being written for other readers."""

CLOSE = 0.45
"""A third or fourth step is shown when it scores at least this share of the first."""

QUIET = ("about/", "evidence/references/", "evidence/references-l-to-z/", "evidence/glossary/", "evidence/studies/", "evidence/more-trials/", "evidence/changes/", "tools/print/")
"""Addresses offered only from their own section: where readers look something up, not where they go on."""

WITHOUT = (HOME, SAFETY_CHECK)
"""Home is all doors; the outcome of the safety check says what to do next, and nothing should lead past it."""

PLACES = ('<section class="sources"', '<nav class="neighbours"', '<section class="review"')
"""Where the steps are put in: before the first of these that a page has."""

SECTION = """\
<section class="related" aria-labelledby="read-next"><h2 id="read-next">Read next</h2><div class="doors"><ul>{items}</ul></div></section>
"""


def next_steps(site: Site) -> dict[str, list[Article]]:
    """Return, for the path of each article but those WITHOUT, the two to four to read next, best first.

    Never the article before or after it in the navigation, never a withdrawn one. Ties go by path.
    """
    shown = site.published
    traits = {path: _traits(article) for path, article in shown.items()}
    for name, weight, by_path in (("claim", CLAIM, claim_usage(site.articles.values())), ("source", SOURCE, usage(site.articles.values(), site.evidence))):
        for key, paths in by_path.items():
            for path in set(paths) & set(traits):
                traits[path][(name, key)] = weight
    holders: dict[tuple[str, str], list[str]] = {}
    for path, own in traits.items():
        for trait in own:
            holders.setdefault(trait, []).append(path)
    links = {path: _linked(article) for path, article in shown.items()}
    return {
        path: _choose(path, site, shown, _shared(traits[path], holders, len(shown)), links)
        for path in shown
        if path not in WITHOUT
    }


def _traits(article: Article) -> dict[tuple[str, str], float]:
    own = {("tag", tag): TAG for tag in article.meta["tags"]}
    return own | {("audience", who): AUDIENCE for who in article.meta["audience"] if who != "everyone"}


def _shared(own: dict[tuple[str, str], float], holders: dict[tuple[str, str], list[str]], pages: int) -> Counter[str]:
    """Return what each page shares with one that has the traits ``own``: their weights, each times its rarity."""
    found: Counter[str] = Counter()
    for trait, weight in own.items():
        for other in holders[trait]:
            found[other] += weight * math.log(pages / len(holders[trait]))
    return found


def _linked(article: Article) -> set[str]:
    folder = posixpath.dirname(article.path)
    return {
        posixpath.normpath(posixpath.join(folder, link.target.split("#")[0]))
        for link in article.links
        if not link.image and link.target.split("#")[0].endswith(".md")
    }


def _choose(path, site, shown, shared, links) -> list[Article]:
    order = site.nav
    place = order.index(path) if path in order else -1
    in_turn = place >= 0 and shown[path].type != "tool"  # whose page shows no neighbours
    neighbours = {order[i] for i in (place - 1, place + 1) if in_turn and 0 <= i < len(order)}
    section = posixpath.dirname(path)

    def score(other: str) -> float:
        linked = (other in links[path]) + (path in links[other])
        same = SAME_SECTION if posixpath.dirname(other) == section else 0
        return shared[other] + LINKED * linked + same + (0 if _meant_for(shown[other], shown[path]) else STRANGER)

    candidates = [
        other
        for other, article in shown.items()
        if other not in neighbours | {path, HOME}
        and (not article.address.startswith(QUIET) or posixpath.dirname(other) == section)
    ]
    ranked = sorted(candidates, key=lambda other: (-score(other), other))
    # Two steps into one section are enough: the third should open another way.
    steps: list[str] = []
    for other in ranked:
        if sum(posixpath.dirname(step) == posixpath.dirname(other) for step in steps) < 2:
            steps.append(other)
        if len(steps) == (LEAST if path.startswith(NIGHT) else MOST):
            break
    return [shown[other] for number, other in enumerate(steps) if number < LEAST or score(other) >= CLOSE * score(steps[0])]


def _meant_for(other: Article, article: Article) -> bool:
    """Whether ``other`` is written for readers of ``article``."""
    readers = set(other.meta["audience"])
    return "everyone" in readers or bool(readers & set(article.meta["audience"]))


def related(folder: Path, site: Site) -> None:
    """Put the next steps into every article's page; raises ValueError for a page without a place for them."""
    for path, steps in next_steps(site).items():
        article = site.articles[path]
        file = page_of(folder, article)
        page = file.read_text(encoding="utf-8")
        items = "".join(
            f'<li><a href="{posixpath.relpath(step.address, article.address)}/">{html.escape(str(step.meta["title"]), quote=False)}</a>'
            f" {html.escape(str(step.meta['description']), quote=False)}</li>"
            for step in steps
        )
        at = next((page.index(mark) for mark in PLACES if mark in page), None)
        if at is None:
            raise ValueError(f"{article.address}index.html has none of {', '.join(PLACES)}: the next steps have no place")
        file.write_text(page[:at] + SECTION.format(items=items) + page[at:], encoding="utf-8")
