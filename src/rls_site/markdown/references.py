"""``/// references | a-k``: the sources of one half of the list, and the pages that use them, folded where they are many."""

from __future__ import annotations

import xml.etree.ElementTree as etree

from markdown.util import AtomicString

from ..article import slug
from ..evidence.references import HALVES
from ..evidence.usage import published, usage
from .citations import describe
from .titles import title_of
from .word import Word, add, stop

FEW = 2
"""So many pages stand in the line; more are folded, or their links would hide the sources."""

PARTS = ("A to B", "C to F", "G to K", "L to N", "O to S", "T to Z")
"""The headings of the list, by a name's first letter."""

SHOWS_ALL = "about/design.md"
"""Shows every part of a page with examples, and rests on none of them."""


class References(Word):
    """Half of the list, by first author or title, each with links to the pages that rest on it."""

    NAME = "references"
    ARGUMENT = True

    def built(self, parent: etree.Element) -> etree.Element:
        """Build the list."""
        page = self.page
        used = usage(published(page.docs), page.evidence)
        box = add(parent, "div", class_="references")
        if self.argument not in HALVES:
            self.complain(f"'/// references' must name a half of the list, {' or '.join(HALVES)}: found '{self.argument}'")
        references = [reference for reference in page.evidence.references.values() if reference.half == self.argument]
        part, last = None, ""
        for reference in sorted(references, key=lambda item: (item.byline or item.title).lower()):
            first = (reference.byline or reference.title)[0].upper()
            title = next((title for title in reversed(PARTS) if first >= title[0]), PARTS[0])
            if title != last:
                add(box, "h2", AtomicString(title), id=slug(title))
                part, last = add(box, "ul"), title
            item = add(part, "li", id=f"ref-{reference.key}")
            line = add(item, "p")
            describe(line, reference, reference.byline, reference.where)
            if note := reference.fields.get("note"):
                line[-1].tail = AtomicString(f" ({note.rstrip('.')})")
            paths = [path for path in used.get(reference.key, ()) if not path.startswith("evidence/") and path != SHOWS_ALL]
            if len(paths) > FEW:
                box_of_pages = add(item, "details", class_="references__used")
                add(box_of_pages, "summary", AtomicString(f"Used on {len(paths)} pages"))
                line = add(box_of_pages, "p")
            else:
                line = add(item, "p", AtomicString("Used on: "), class_="references__used")
            if not paths:
                line.text = AtomicString("Kept for the record; no page rests on it.")
            for position, path in enumerate(paths):
                link = add(line, "a", AtomicString(title_of(page.docs, path)), href=page.to(f"{path}#sources"))
                link.tail = AtomicString("; " if position + 1 < len(paths) else stop(link.text))
        return box


WORDS = (References,)
