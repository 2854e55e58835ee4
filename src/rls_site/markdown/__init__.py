"""The Python-Markdown extension: the site's own words in an article, turned into HTML under any engine.

Listed in ``mkdocs.yml`` as ``rls_site.markdown``. One module per word or family of words; they share ``page``.
"""

from __future__ import annotations

from markdown import Markdown
from pymdownx.blocks import BlocksExtension

from . import binding, cards, citations, claims, forest_plot, glossary, images, lists, plain, references, safety, sheet, studies, tables, tool
from .page import Page


class Vocabulary(BlocksExtension):
    """All words of the vocabulary. Option ``docs``: the folder of the articles, from where the build runs."""

    def __init__(self, **kwargs) -> None:
        self.config = {"docs": ["docs", "The folder of the articles"]}
        super().__init__(**kwargs)

    def extendMarkdownBlocks(self, md: Markdown, block_mgr) -> None:
        """Register every word; called by pymdownx with its block manager."""
        md.rls_page = Page(md, self.getConfig("docs"))
        for module in (cards, claims, forest_plot, glossary, lists, references, safety, sheet, studies, tool):
            for word in module.WORDS:
                block_mgr.register(word, {})
        # Articles hold no HTML: what the rules overlooked is shown as text.
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        citations.register(md)
        glossary.register(md)
        images.register(md)
        lists.register(md)
        plain.register(md)
        tables.register(md)
        binding.register(md)


def makeExtension(**kwargs) -> Vocabulary:
    """Return the extension; the name Python-Markdown looks for."""
    return Vocabulary(**kwargs)
