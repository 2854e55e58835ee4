"""``/// claims``: the claim checker, every claim with verdict, certainty, who was studied and sources."""

from __future__ import annotations

import xml.etree.ElementTree as etree

from markdown.util import AtomicString

from ..evidence.claims import Claim
from ..evidence.usage import claim_usage
from .cards import finding
from .titles import title_of
from .word import Word, add, stop

VERDICT_WORDS = {
    "supported": "Supported",
    "partly": "Partly supported",
    "unproven": "Not proven",
    "contradicted": "Contradicted",
}
"""The verdicts, in the words readers see."""


class Claims(Word):
    """Every claim, each at its own address; a script filters them as the reader types."""

    NAME = "claims"

    def built(self, parent: etree.Element) -> etree.Element:
        """Build one section per claim."""
        page = self.page
        shown_on = claim_usage(page.docs)
        box = add(parent, "div", class_="claims", data_tool="claims")
        for claim in page.evidence.claims.values():
            part = add(box, "section", class_="claim", data_verdict=claim.verdict)
            add(part, "h2", AtomicString(f"“{claim.claim.rstrip('.')}”"), id=claim.id)
            verdict = add(part, "p", class_=f"verdict verdict--{claim.verdict}")
            add(verdict, "strong", AtomicString(VERDICT_WORDS[claim.verdict]))
            self._sources(finding(part, claim), claim)
            if claim.heard_as:
                words = "; ".join(f"“{words.rstrip('.')}”" for words in claim.heard_as)
                add(part, "p", AtomicString(f"Also heard as: {words}"), class_="claim__heard")
            paths = [path for path in shown_on.get(claim.id, ()) if not path.startswith("about/")]
            if paths:
                line = add(part, "p", AtomicString("Read more: "), class_="claim__pages")
                for position, path in enumerate(paths):
                    link = add(line, "a", AtomicString(title_of(page.docs, path)), href=page.to(path))
                    link.tail = AtomicString("; " if position + 1 < len(paths) else stop(link.text))
        return box

    def _sources(self, line: etree.Element, claim: Claim) -> None:
        # All claims together cite most of the references, so each links to its entry there instead of a list of its own.
        if not claim.sources:
            return
        line.text = AtomicString("Sources: ")
        found = self.page.evidence.sources_of(claim)
        for position, reference in enumerate(found):
            link = add(line, "a", AtomicString(reference.short), href=self.page.to(reference.home))
            link.tail = AtomicString("; " if position + 1 < len(found) else stop(reference.short))


WORDS = (Claims,)
