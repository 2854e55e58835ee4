"""``/// sheet | path.md#anchor``: a section of another article, for printing; its text has one home."""

from __future__ import annotations

import datetime
import posixpath
import re
import xml.etree.ElementTree as etree

from markdown.util import AtomicString

from ..article import CITATION, Article, in_words, read_once
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


def for_paper(text: str, path: str, page: str) -> list[str]:
    """Return the paragraphs of a section of the article at ``path`` as the page at ``page`` prints them.

    Citations go, as the list they lead to is not on the sheet; so do paragraphs that only send the reader to that page.
    """
    text = re.sub(r"\s+([.,;])", r"\1", CITATION.sub("", text))
    folder = posixpath.dirname(path)
    return [
        part
        for part in re.split(r"\n{2,}", text.strip("\n"))
        if not any(name and posixpath.normpath(posixpath.join(folder, name)) == page for _, name, _ in TARGET.findall(part))
    ]


class Sheet(Word):
    """The section, without its citations, and where it is from; links and drawings still lead to the right place."""

    NAME = "sheet"
    ARGUMENT = True

    def built(self, parent: etree.Element) -> etree.Element:
        """Read the section and render it here."""
        box = add(parent, "div", class_="sheet")
        path, _, anchor = self.argument.partition("#")
        file = self.page.docs / path
        article = read_once(file, self.page.docs)[0] if file.is_file() else None
        text = section(article, anchor) if article else None
        if text is None:
            self.complain(f"'/// sheet' must name a section that exists: found '{self.argument}'; look at the heading's id")
            return box

        def rebase(match: re.Match) -> str:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), match.group(2))) if match.group(2) else path
            return f"{match.group(1)}{self.page.to(target + (match.group(3) or ''))})"

        self.md.parser.parseBlocks(box, [TARGET.sub(rebase, part) for part in for_paper(text, path, self.page.path)])
        if isinstance(reviewed := article.meta.get("last_reviewed"), datetime.date):
            by = "by its writers " if article.meta.get("reviewed_by", "nobody") == "nobody" else ""
            words = f"{SITE_NAME}. From the page “{article.meta.get('title', path)}”, last reviewed {by}{in_words(reviewed)}."
            add(box, "p", AtomicString(words), class_="sheet__from")
        return box


WORDS = (Sheet,)
