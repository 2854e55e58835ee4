"""``/// claims``: the claim checker, every claim with verdict, certainty, who was studied and sources."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from typing import Sequence

from markdown.util import AtomicString

from ..article import slug
from ..evidence.claims import VERDICT_WORDS, VERDICTS, Claim, by_group
from ..evidence.usage import claim_usage, published
from .cards import finding
from .titles import title_of
from .word import Word, add, curly, stop

PAGES = 2
"""How many pages that show a claim its section names: more would crowd it."""


class Claims(Word):
    """Every claim, each at its own address; a script filters them as the reader types."""

    NAME = "claims"

    def built(self, parent: etree.Element) -> etree.Element:
        """Build how many have each verdict, then a heading for each group and a section for each claim."""
        claims = self.page.evidence.claims
        shown_on = claim_usage(published(self.page.docs))
        box = add(parent, "div", data_tool="claims")
        _tally(box, [claim.verdict for claim in claims.values()])
        for title, group in by_group(claims).items():
            add(box, "h2", AtomicString(title), id=slug(title))
            part = add(box, "div", class_="claims")
            for claim in group:
                self._claim(part, claim, shown_on.get(claim.id, ()))
        return box

    def _claim(self, parent: etree.Element, claim: Claim, shown_on: Sequence[str]) -> None:
        part = add(parent, "section", class_="claim", data_verdict=claim.verdict)
        add(part, "h3", AtomicString(f"“{curly(claim.claim.rstrip('.'))}”"), id=claim.id)
        verdict = add(part, "p", class_="verdict")
        add(verdict, "strong", AtomicString(VERDICT_WORDS[claim.verdict]))
        self._sources(finding(part, claim), claim)
        if claim.heard_as:
            words = "; ".join(f"“{curly(words.rstrip('.'))}”" for words in claim.heard_as)
            add(part, "p", AtomicString(f"Also heard as: {words}"), class_="claim__heard")
        paths = [path for path in shown_on if not path.startswith("about/")][:PAGES]
        if paths:
            line = add(part, "p", AtomicString("Read more: "), class_="claim__pages")
            for position, path in enumerate(paths):
                link = add(line, "a", AtomicString(title_of(self.page.docs, path)), href=self.page.to(path))
                link.tail = AtomicString("; " if position + 1 < len(paths) else stop(link.text))

    def _sources(self, line: etree.Element, claim: Claim) -> None:
        # All claims together cite most of the references, so each links to its entry there instead of a list of its own.
        if not claim.sources:
            return
        line.text = AtomicString("Sources: ")
        found = self.page.evidence.sources_of(claim)
        names = [reference.short for reference in found]
        for words in (6, 12, 24):  # those of the same name and year are told apart by their titles
            alike = [name for name in names if names.count(name) > 1]
            names = [f"{r.short_title(words)}, {r.year}" if name in alike else name for r, name in zip(found, names)]
        for position, (reference, name) in enumerate(zip(found, names)):
            link = add(line, "a", AtomicString(name), href=self.page.to(reference.home))
            link.tail = AtomicString("; " if position + 1 < len(found) else stop(name))


def _tally(parent: etree.Element, verdicts: list[str]) -> None:
    """Add a bar with a part for each verdict, as wide as its share, and the same numbers in words."""
    counts = {verdict: verdicts.count(verdict) for verdict in VERDICTS}
    figure = add(parent, "figure", class_="tally")
    drawing = add(figure, "svg", viewBox="0 0 360 32", aria_hidden="true", width="360", height="32")
    across = 0.0
    for verdict, count in counts.items():
        width = 360 * count / max(1, len(verdicts))
        if count:
            add(drawing, "rect", x=f"{across:.1f}", width=f"{width:.1f}", height="32", class_=f"tally--{verdict}")
            add(drawing, "text", AtomicString(str(count)), x=f"{across + width / 2:.1f}", y="21")
        across += width
    caption = add(figure, "figcaption", AtomicString(f"Of {len(verdicts)} claims, from left to right: "))
    for place, (verdict, count) in enumerate(counts.items(), 1):
        words = add(caption, "strong", AtomicString(f"{count}\N{NO-BREAK SPACE}{VERDICT_WORDS[verdict].lower()}"), class_=f"tally--{verdict}")
        words.tail = ", " if place < len(counts) else "."


WORDS = (Claims,)
