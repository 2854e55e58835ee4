"""Rules on links and raw HTML."""

from __future__ import annotations

import posixpath
import re
from typing import Iterable

from ..article import CODE, IMAGE, LINK, REFERENCE_LINK, Article, slug
from ..evidence.claims import by_group
from ..evidence.references import MIRRORS, split
from ..problem import Found, closest, nearest
from ..site import IMAGES, ORGANISATIONS, Site

VAGUE = ("", "here", "click here", "this", "this page", "read more", "more", "link", "this link", "page", "see", "see here", "learn more", "source")
HTML = re.compile(r"<[A-Za-z/!?][^<>]*>?|&(?:#\w+|[A-Za-z]\w*);")
BARE = re.compile(r"<?\b(?:https?://|mailto:|www\.)[^\s>)]+>?", re.IGNORECASE)
HEADING_ID = re.compile(r"^\{ ?#[a-z0-9][a-z0-9-]* ?\}$")


def nearby(path: str, known: Iterable[str], article: Article) -> str:
    """Return the end of a message that names the known file closest to ``path``, written as a link from ``article``."""
    file = posixpath.basename(path)
    same = (name for name in known if file != "index.md" and (name == path or name.endswith(f"/{file}")))
    found = next(same, "") or closest(path, known)
    return found and f"; did you mean '{posixpath.relpath(found, posixpath.dirname(article.path) or '.')}'?"


def relative_links(article: Article, site: Site) -> Found:
    """Links to our pages are relative to the file and lead somewhere; other links go to sources and organisations only, or dial a number.

    Wrong: ``[safety](/massage/safety/)``, ``[111](tel:112)``
    Right: ``[safety](../massage/safety.md)``, ``[111](tel:111)``
    """
    for link in article.links:
        if link.image:
            continue
        target = link.target
        if not target:
            yield link.line, f"a link must lead somewhere: '{link.text}' has no target; add it"
            continue
        parts = split(target)
        if parts.scheme or target.startswith("//"):
            yield from _outside(article, link, parts, site)
            continue
        if target.startswith("/"):
            yield link.line, f"a link must be relative to the file: found '{target}'; write the way to the .md file, such as ../massage/safety.md"
            continue
        path, _, anchor = target.partition("#")
        here = posixpath.normpath(posixpath.join(posixpath.dirname(article.path), path)) if path else article.path
        if path and not path.endswith(".md"):
            if not (site.docs / here).is_file():
                guess = f"{path.partition('?')[0].removesuffix('.md').removesuffix('.html').rstrip('/')}.md"
                yield link.line, f"a link must lead to an .md file or a file that exists: found '{target}'; write '{guess}'"
            elif here.endswith(IMAGES):
                yield link.line, f"a drawing must begin with '!': found a link to '{target}'; write '![{link.text}]({target})'"
            elif here.endswith(".schema.json") or posixpath.basename(here).startswith("_"):
                yield link.line, f"a link must lead to what is published: '{here}' is not; take the link out"
            continue
        other = article if here == article.path else site.articles.get(here)
        if other is None:
            if here not in site.paths:
                yield link.line, f"a link must lead to an article that exists: found '{target}'{nearby(here, site.articles, article)}"
        elif other.withdrawn and other is not article:
            yield link.line, f"a link must not lead to a page that was taken back: '{here}' was; take the link out, or lead to another page"
        elif anchor and anchor not in _anchors(other, site):
            yield link.line, f"a link's #part must be a heading's id: '{here}' has no '#{anchor}'{nearest(anchor, _anchors(other, site))}"


def _anchors(article: Article, site: Site) -> set[str]:
    found = {heading.anchor for heading in article.headings} | {"sources"}
    names = {block.name for block in article.blocks}
    if "claims" in names:
        found |= set(site.evidence.claims) | {slug(title) for title in by_group(site.evidence.claims)}
    if "studies" in names:
        found |= set(site.evidence.studies)
    if "glossary" in names:
        found |= {slug(entry["term"]) for entry in site.evidence.glossary}
    if "safety-check" in names:
        found |= set(site.evidence.safety["check"]["order"])
    halves = {block.argument for block in article.blocks if block.name == "references"}
    found |= {f"ref-{key}" for key, reference in site.evidence.references.items() if reference.half in halves}
    return found


LOOKED_UP = ("999", "112", "911", "000", "111", "988", "116123", "131114")
"""The numbers this site gives: a slip of one digit is not to go unseen."""


def wrong_number(words: str, target: str) -> str:
    """Return what is wrong with a link that dials another number than its words say; empty when nothing is."""
    said = re.sub(r"\D", "", words)
    if target.startswith("tel:") and target[4:] not in LOOKED_UP:
        return f"a phone link must dial a number that was looked up: found '{target}'; choose one of {', '.join(LOOKED_UP)}, or add it there once two people have dialled it"
    if not target.startswith("tel:") or target == f"tel:{said}":
        return ""
    return f"a phone link must dial what its words say: found '{target}' behind '{words}'; write 'tel:{said}'"


def _outside(article: Article, link, parts, site: Site) -> Found:
    host = parts.netloc.removeprefix("www.")
    ours = link.target == site.repository or link.target.startswith(f"{site.repository}/")
    if parts.scheme == "tel":
        if message := wrong_number(link.text, link.target):
            yield link.line, message
    elif parts.scheme not in ("http", "https"):
        yield link.line, f"a link must begin with https: found '{parts.scheme or '//'}'; use an https address"
    elif MIRRORS.search(link.target):
        yield link.line, f"a link must go to the source itself, not a copy: found '{host}'; use the DOI or PubMed, or cite it"
    elif article.path == ORGANISATIONS or ORGANISATIONS not in site.articles or site.repository and ours:
        return
    elif host == split(site.url).netloc.removeprefix("www.") or host.split(":")[0] in ("127.0.0.1", "localhost"):
        at = parts.path.removesuffix("index.html").strip("/")
        page = next((path for path, other in site.articles.items() if other.address.strip("/") == at), "")
        way = posixpath.relpath(page, posixpath.dirname(article.path) or ".") + (parts.fragment and f"#{parts.fragment}") if page else ""
        yield link.line, f"a link to a page of ours must be the way to its file: found '{link.target[:60]}'; write {repr(way) if way else 'the way to the .md file'}"
    elif not any(host == known or host.endswith("." + known) for known in site.known_hosts):
        yield link.line, f"a link out must go to a source or to an organisation of {ORGANISATIONS}: found '{host}'; cite the source with [@key]"


def link_form(article: Article, site: Site) -> Found:
    """A link is written in one piece, on one line: its words, then the way to a file.

    Wrong: ``<https://example.org>``, ``https://example.org``, ``[1]: https://example.org``
    Right: ``[the words of the link](../massage/safety.md)``
    """
    for number, line in article.lines:
        line = CODE.sub("", line)
        rest = LINK.sub("", IMAGE.sub("", line))
        if match := re.search(r"\([^()\[\]]+\)\[[^\[\]@\s]*[./][^\[\]@\s]*\]", rest):
            yield number, f"a link must be '[words](file.md)': found '{match.group(0)[:50]}'; change the brackets round"
        if match := re.search(r"\[\[[^\[\]]+\]\]", rest):
            yield number, f"brackets must stand once: found '{match.group(0)[:50]}'; write [words](file.md), or [@key]"
        if match := re.search(r"!?\[[^\[\]]*\]\s+\([^()\s]*\.(?:md|svg|png)[^()\s]*\)", rest):
            yield number, f"a link or image must be in one piece: found a space in '{match.group(0)[:50]}'; take it out"
        if "](" in rest:
            yield number, "a link must be '[words](file.md)' on one line, without spaces in the target: found one that cannot be read; mend it"
        if re.match(r"^ {0,3}\[[^\]^@]+\]:", rest):
            yield number, f"a link must hold its own target: found the definition '{line.strip()[:40]}'; write [words](file.md) where it is used"
        elif match := BARE.search(rest):
            yield number, f"an address must stand behind words: found '{match.group(0)[:40]}'; write [words](address), or cite it with [@key]"
        for match in re.finditer(r"\]\(([^)]*)\)", line):
            if re.search(r"[<>\\\"{}]|&#?\w+;|%0|%3a", match.group(1).split(' "')[0], re.IGNORECASE):
                yield number, f"a link's target must be a plain path: found '{match.group(1)[:40]}'; write the way to the file"


def link_words(article: Article, site: Site) -> Found:
    """A link's words say where it goes.

    Wrong: ``[here](safety.md)``
    Right: ``[who should not massage](safety.md)``
    """
    for link in article.links:
        if not link.image and link.text.strip(" .").lower() in VAGUE:
            yield link.line, f"a link's words must say where it goes: found '{link.text}'; name the page or the answer"


def undefined_references(article: Article, site: Site) -> Found:
    """Links by reference and footnotes are not used.

    Wrong: ``[safety][1]``, or ``[^1]``
    Right: ``[safety](../massage/safety.md)``, or ``[@key]``
    """
    for number, line in article.lines:
        line = LINK.sub("", CODE.sub("", line)).replace("![", "[")
        for match in REFERENCE_LINK.finditer(line):
            yield number, f"a link must hold its own target: found '[{match.group(1)}][{match.group(2)}]'; write [words](file.md)"
        for match in re.finditer(r"\[\^([^\]]+)\]", line):
            yield number, f"footnotes are not used: found '[^{match.group(1)}]'; cite with [@key]"


def raw_html(article: Article, site: Site) -> Found:
    """Articles hold no HTML; the vocabulary has a word for what a page needs.

    Wrong: ``<div class="warning">``
    Right: ``/// care | urgent``
    """
    for number, line in article.lines:
        line = BARE.sub("", CODE.sub("", line))
        if match := HTML.search(line):
            yield number, f"an article must hold no HTML: found '{match.group(0)[:40]}'; use Markdown or a block"
        for match in re.finditer(r"\{[^}]*(?:\}|$)", line):
            if HEADING_ID.match(match.group(0)):
                continue
            if line.startswith("#") and (name := re.fullmatch(r"\{\s*#?\s*([\w -]+?)\s*\}", match.group(0))):
                yield number, f"a heading's id must be small letters, digits and hyphens behind '#': found '{match.group(0)}'; write {{ #{slug(name[1].replace('_', '-'))} }}"
            else:
                yield number, f"braces must hold a heading's id only: found '{match.group(0)[:40]}'; take it out"
