"""``/// sheet | path.md#anchor``: a section of another article, for printing; its text has one home."""

from __future__ import annotations

import posixpath
import re
import xml.etree.ElementTree as etree

from markdown.util import AtomicString

from ..article import CITATION, Article, in_words, read
from ..site import SITE_NAME
from .word import Word, add

TARGET = re.compile(r"(\]\()([^)#:\s]+)?(#[\w-]+)?\)")


def section(article: Article, anchor: str) -> str | None:
    """Return the Markdown under the heading with this anchor (the whole text under the H1 for ``""``), or None."""
    lines = article.body.split("\n")
    for heading in article.headings:
        if heading.anchor == anchor or (not anchor and heading.level == 1):
            start = heading.line - article.body_line + 1
            later = (h for h in article.headings if h.line > heading.line and h.level <= max(heading.level, 2))
            end = next((h.line - article.body_line for h in later), len(lines))
            return "\n".join(lines[start:end])
    return None


class Sheet(Word):
    """The section, without its citations, and where it is from; links and drawings still lead to the right place."""

    NAME = "sheet"
    ARGUMENT = True

    def on_create(self, parent: etree.Element) -> etree.Element:
        """Read the section and render it here."""
        box = add(parent, "div", class_="sheet")
        path, _, anchor = self.argument.partition("#")
        file = self.page.docs / path
        article = read(file, self.page.docs)[0] if file.is_file() else None
        text = section(article, anchor) if article else None
        if text is None:
            self.complain(f"'/// sheet' must name a section that exists: found '{self.argument}'; look at the heading's id")
            return box
        text = CITATION.sub("", text)
        text = re.sub(r"\s+([.,;])", r"\1", text)

        def rebase(match: re.Match) -> str:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), match.group(2))) if match.group(2) else path
            return f"{match.group(1)}{self.page.to(target + (match.group(3) or ''))})"

        text = TARGET.sub(rebase, text)
        # "Print this from the print page" says nothing on the print page.
        here = f"]({posixpath.basename(self.page.path)}"
        self.md.parser.parseBlocks(box, [part for part in re.split(r"\n{2,}", text.strip("\n")) if here not in part])
        if reviewed := article.meta.get("last_reviewed"):
            by = "by its writers " if article.meta.get("reviewed_by", "nobody") == "nobody" else ""
            words = f"{SITE_NAME}. From the page “{article.meta['title']}”, last reviewed {by}{in_words(reviewed)}."
            add(box, "p", AtomicString(words), class_="sheet__from")
        return box


WORDS = (Sheet,)
