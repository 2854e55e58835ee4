"""``[@key]`` and ``[@a; @b]``: numbered references, and the list of Sources at the end of the article.

``[@our-own]`` stands where no source says it: it is shown in words, and explained below the list.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from ..article import CITATION, OWN, split_keys
from ..evidence.references import HALVES, UNDATED, Reference
from ..problem import nearest
from ..site import OWN_CAUTIONS
from .page import Page

KEYS = "data-keys"


class _Mark(InlineProcessor):
    """Leaves an empty ``<sup data-keys>``; numbers are given later, in reading order."""

    def handleMatch(self, m, data):
        element = etree.Element("sup", {"class": "cite", KEYS: " ".join(split_keys(m.group(1)))})
        return element, m.start(0), m.end(0)


class _Number(Treeprocessor):
    """Numbers the marks in reading order and adds the list of what was cited."""

    def run(self, root: etree.Element) -> None:
        page = self.md.rls_page
        references = page.evidence.references
        order: dict[str, int] = {}
        ours = False
        for parent in root.iter():
            for place, child in enumerate(parent):
                if KEYS not in child.attrib:
                    continue
                last = parent[place - 1] if place else None
                before = (parent.text if last is None else last.tail or "".join(last.itertext())) or ""
                if before[-1:].isdigit() or child.get(KEYS) == OWN:
                    child.text = AtomicString("\N{NO-BREAK SPACE}")  # a tired reader must not take the mark for one more digit or syllable
        for mark in root.iter("sup"):
            keys = mark.attrib.pop(KEYS, None)
            if keys is None:
                continue
            known = [key for key in keys.split() if key in references]
            own = OWN in keys.split()
            for key in keys.split():
                if key not in references and key != OWN:
                    page.complain(f"a citation must stand in references.bib: found '{key}'{nearest(key, references)}")
            fresh = [key for key in known if key not in order]
            for key in fresh:
                order.setdefault(key, len(order) + 1)
            known = sorted(dict.fromkeys(known), key=order.__getitem__)
            for position, key in enumerate(known):
                first = key in fresh
                number = order[key]
                # The tooltip stands where a source is first used; after that its number is known, and bytes are saved.
                link = etree.SubElement(mark, "a", {"href": f"#source-{number}"} | ({"title": references[key].short} if first else {}))
                link.text = AtomicString(str(number))
                if position + 1 < len(known) or own:
                    link.tail = AtomicString(", ")
            if own:
                link = etree.SubElement(mark, "a", {"href": "#source-own"} | ({} if ours else {"title": "A caution or view of ours: no source says it"}))
                link.text = AtomicString("our own")
                ours = True
        if order or ours:
            root.append(sources([references[key] for key in order], page, ours))


def sources(cited: list[Reference], page: Page, ours: bool = False) -> etree.Element:
    """Return the section "Sources" for the references cited, in the order given: enough to find each one.

    Volume, pages, further authors and what we read of it stand in the list of all sources. Where something is ``ours``,
    a line tells what that mark means.
    """
    section = etree.Element("section", {"class": "sources"})
    etree.SubElement(section, "h2", {"id": "sources"}).text = AtomicString("Sources")
    if ours:
        line = etree.SubElement(section, "p", {"id": "source-own"})
        line.text = AtomicString("“Our own” marks a caution or a view of ours that no source gives: ")
        link = etree.SubElement(line, "a", {"href": page.to(OWN_CAUTIONS)})
        link.text = AtomicString("why we add some")
        link.tail = AtomicString(".")
    if not cited:
        return section
    listed = etree.SubElement(section, "ol")
    for number, reference in enumerate(cited, 1):
        found = reference.fields.get("doi") or reference.fields.get("pmid")
        describe(etree.SubElement(listed, "li", {"id": f"source-{number}"}), reference, reference.brief_byline, reference.journal if found else reference.where)
    undated = f"{UNDATED} means that what we read gives no date. " if any(reference.year == UNDATED for reference in cited) else ""
    line = etree.SubElement(section, "p")
    line.text = AtomicString(f"{undated}What we read of each is in the ")
    link = etree.SubElement(line, "a", {"href": page.to(HALVES["a-k"])})
    link.text = AtomicString("list of all sources")
    link.tail = AtomicString(".")
    return section


def describe(element: etree.Element, reference: Reference, by: str, where: str) -> None:
    """Fill ``element`` with a reference: authors ``by`` (else the title leads), title, ``where``, year, link."""
    element.text = AtomicString(f"{by} " if by.endswith(".") else f"{by}. " if by else "")
    title = etree.SubElement(element, "cite")
    title.text = AtomicString(reference.title.rstrip("."))
    stop = "" if reference.title.endswith(("?", "!")) else "."
    place = f"{stop} {where}, " if where else f"{stop} "
    title.tail = AtomicString(f"{place}{reference.year.rstrip('.')}. ")
    href, words = reference.link
    link = etree.SubElement(element, "a", {"href": href, "rel": "noopener"})
    link.text = AtomicString(words)


def register(md: Markdown) -> None:
    """Add the citation marks (before links are read, after code) and their numbering (before headings are listed)."""
    # The space before the brackets belongs to the brackets: a number hangs on the word before it, but not on a colon.
    md.inlinePatterns.register(_Mark(r"(?<!:)[ \t]*" + CITATION.pattern, md), "rls_citation", 185)
    md.treeprocessors.register(_Number(md), "rls_sources", 8)
