"""Which article is being rendered, and how to point from it to others, under either engine."""

from __future__ import annotations

import logging
import posixpath
import re
from pathlib import Path

from markdown import Markdown

from ..evidence import Evidence, load_evidence

log = logging.getLogger("mkdocs.rls_site")


class Page:
    """The article a Markdown instance renders.

    The engines keep its path where extensions can find it: MkDocs in its link processor, Zensical in its context
    processor. Without either (a test, another tool) the path is ``index.md``.
    """

    def __init__(self, md: Markdown, docs: str) -> None:
        self.md = md
        self.docs = Path(docs)

    @property
    def path(self) -> str:
        """The article's path from ``docs/``."""
        if "relpath" in self.md.treeprocessors:
            return self.md.treeprocessors["relpath"].file.src_uri
        if "rendering_context" in self.md.preprocessors:
            return self.md.preprocessors["rendering_context"].page.path
        return getattr(self.md, "rls_path", "index.md")

    @property
    def evidence(self) -> Evidence:
        """The evidence, loaded once."""
        return load_evidence(self.docs)

    def to(self, target: str) -> str:
        """Return the link from this article to ``target``, a path from ``docs/`` with or without ``#anchor``."""
        path, hash_mark, anchor = target.partition("#")
        if path == self.path and anchor:
            return f"#{anchor}"
        return posixpath.relpath(path, posixpath.dirname(self.path) or ".") + hash_mark + anchor

    def links_from_docs(self, markdown: str) -> str:
        """Rewrite the links of Markdown text, given from ``docs/``, so that they work from this article."""
        return re.sub(r"\]\(([^)#:]+\.md)((?:#[\w-]+)?)\)", lambda m: f"]({self.to(m.group(1) + m.group(2))})", markdown)

    def complain(self, message: str) -> None:
        """Log a fault: a strict build fails on it, a live preview goes on and prints it."""
        log.warning("docs/%s: %s", self.path, message)
