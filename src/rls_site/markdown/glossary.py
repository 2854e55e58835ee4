"""``/// glossary``, and a link with a tooltip on the first use of each term in an article."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from ..article import slug
from ..site import GLOSSARY
from .word import Word, add

PROSE = ("p", "li", "td", "dd", "strong", "em")
"""Elements whose own text may carry a term; headings, links, code and captions stay as they are."""

SKIP = ("a", "abbr", "cite", "code", "figcaption", "svg", "h1", "h2", "h3", "h4", "h5", "h6", "label", "legend", "th")
QUIET = ("doors", "sources", "also-called", "safety-check", "tool", "references", "evidence__sources", "care__title", "claim__heard", "visually-hidden")


WORD = re.compile(r"\w+")

FIRST_SENTENCE = re.compile(r".+?(?:[.?!](?= [A-Z])|$)")
"""What a tooltip says: it tells what the word means, and the list it leads to tells the rest."""


class _FirstUse(Treeprocessor):
    def run(self, root: etree.Element) -> None:
        page = self.md.rls_page
        if page.path == GLOSSARY:
            return
        terms = {}
        for entry in page.evidence.glossary:
            for form in (entry["term"], *(entry.get("also") or ())):
                terms[form if form.isupper() else form.lower()] = entry
        text = "\n".join(root.itertext()).lower()
        words = set(WORD.findall(text))
        forms = sorted((re.escape(form) for form in terms if WORD.match(form.lower())[0] in words and form.lower() in text), key=len, reverse=True)
        if not forms:
            return
        pattern = re.compile(r"(?<![\w-])(" + "|".join(forms) + r")(?![\w-])", re.IGNORECASE)
        self._walk(root, pattern, terms, set())

    def _walk(self, element: etree.Element, pattern, terms, used: set[str]) -> None:
        if element.tag in SKIP or set(element.get("class", "").split()) & set(QUIET):
            return
        if element.tag in PROSE and element.text:
            self._mark(element, None, element.text, pattern, terms, used)
        for child in list(element):
            self._walk(child, pattern, terms, used)
            if element.tag in PROSE and child.tail:
                self._mark(element, child, child.tail, pattern, terms, used)

    def _mark(self, parent, before, text, pattern, terms, used) -> None:
        for match in pattern.finditer(text):
            form = match.group(1)
            entry = terms.get(form if form.isupper() and form in terms else form.lower())
            if entry is None or entry["term"] in used:
                continue
            used.add(entry["term"])
            link = etree.Element("a", {"class": "term", "title": FIRST_SENTENCE.match(" ".join(entry["meaning"].split()))[0]})
            link.set("href", self.md.rls_page.to(f"{GLOSSARY}#{slug(entry['term'])}"))
            link.text = AtomicString(form)
            rest = text[match.end() :]
            if before is None:
                parent.text = text[: match.start()]
                parent.insert(0, link)
            else:
                before.tail = text[: match.start()]
                parent.insert(list(parent).index(before) + 1, link)
            link.tail = rest
            self._mark(parent, link, rest, pattern, terms, used)
            return


PARTS = ("A to C", "D to G", "H to M", "N to R", "S to Z")
"""The headings of the list, by a word's first letter."""


class Glossary(Word):
    """All terms with their meanings, in order of the alphabet."""

    NAME = "glossary"

    def built(self, parent: etree.Element) -> etree.Element:
        """Build the list, under a heading for each part of the alphabet."""
        box = add(parent, "div", class_="glossary")
        part, last = None, ""
        for entry in sorted(self.page.evidence.glossary, key=lambda entry: entry["term"].lower()):
            title = next((title for title in reversed(PARTS) if entry["term"][0].lower() >= title[0].lower()), PARTS[0])
            if title != last:
                add(box, "h2", AtomicString(title), id=slug(title))
                part, last = add(box, "dl"), title
            term = add(part, "dt", AtomicString(entry["term"]), id=slug(entry["term"]))
            # A plural is found in a text, but is no other name.
            if names := [name for name in entry.get("also") or () if name.lower() != f"{entry['term'].lower()}s"]:
                add(term, "span", AtomicString(f" (also: {', '.join(names)})"), class_="glossary__also")
            cited = " [@" + "; @".join(entry["keys"]) + "]" if entry.get("keys") else ""
            add(part, "dd", entry["meaning"].removesuffix(".") + cited + ".")
        return box


def register(md: Markdown) -> None:
    """Mark first uses once citations are numbered."""
    # After the quotation marks are curled (6): a link between a mark and its word would turn it the wrong way round.
    md.treeprocessors.register(_FirstUse(md), "rls_terms", 5.5)


WORDS = (Glossary,)
