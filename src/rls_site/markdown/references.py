"""``/// references``: every source, and the pages that use it."""

from __future__ import annotations

import xml.etree.ElementTree as etree

from markdown.util import AtomicString

from ..evidence.usage import usage
from .citations import describe
from .titles import title_of
from .word import Word, add


class References(Word):
    """The whole list, by first author or title, each with links to the pages that rest on it."""

    NAME = "references"

    def on_create(self, parent: etree.Element) -> etree.Element:
        """Build the list."""
        page = self.page
        used = usage(page.docs)
        box = add(parent, "ul", class_="references")
        references = page.evidence.references.values()
        for reference in sorted(references, key=lambda item: (item.byline or item.title).lower()):
            item = add(box, "li", id=f"ref-{reference.key}")
            describe(add(item, "p"), reference)
            line = add(item, "p", class_="references__used")
            paths = [path for path in used.get(reference.key, ()) if not path.startswith("evidence/")]
            if not paths:
                line.text = AtomicString("Kept for the record; no page rests on it.")
                continue
            line.text = AtomicString("Used on: ")
            for position, path in enumerate(paths):
                link = add(line, "a", AtomicString(title_of(page.docs, path)), href=page.to(f"{path}#sources"))
                link.tail = AtomicString("; " if position + 1 < len(paths) else ".")
        return box


WORDS = (References,)
