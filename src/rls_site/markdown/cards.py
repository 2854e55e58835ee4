"""``/// evidence | claim-id`` and ``/// care | level``: the two cards."""

from __future__ import annotations

import xml.etree.ElementTree as etree

from markdown.util import AtomicString

from ..evidence.claims import Claim, certainty_words
from ..evidence.safety import CARE, emergency_numbers
from ..problem import nearest
from ..site import CLAIMS
from .word import Word, add, care_title, hidden


def certainty(parent: etree.Element, level: str) -> None:
    """Append the certainty as a word, a four-step bar and a line that says what it means."""
    line = add(parent, "p", class_=f"certainty certainty--{level}")
    add(line, "span", class_="certainty__bar", aria_hidden="true")
    word, step, meaning = certainty_words(level)
    add(line, "strong", AtomicString(word)).tail = AtomicString(f" {step}".replace(" ", "\N{NO-BREAK SPACE}"))
    add(line, "br").tail = AtomicString(meaning)


def finding(parent: etree.Element, claim: Claim) -> etree.Element:
    """Append what was found, how sure we are and who was studied; returns the line for the sources, empty where there are some."""
    add(parent, "p", claim.finding, class_="evidence__finding")
    certainty(parent, claim.certainty)
    who = add(parent, "p", class_="evidence__who")
    add(who, "strong", AtomicString("Who was studied: ")).tail = AtomicString(f"{claim.who_was_studied}.")
    return add(parent, "p", AtomicString(claim.nothing_found), class_="evidence__sources")


class Evidence(Word):
    """A claim's finding, certainty, who was studied and sources, all from ``claims.yml``."""

    NAME = "evidence"
    ARGUMENT = True

    def built(self, parent: etree.Element) -> etree.Element:
        """Build the card; an unknown claim leaves a visible note and a warning."""
        claims = self.page.evidence.claims
        card = add(parent, "section", class_="evidence")
        claim = claims.get(self.argument)
        if claim is None:
            self.complain(f"'/// evidence' must name a claim of claims.yml: found '{self.argument}'{nearest(self.argument, claims)}")
            add(card, "p", AtomicString(f"There is no claim '{self.argument}'."))
            return card
        add(card, "p", AtomicString("What the evidence says"), class_="evidence__label")
        sources = finding(card, claim)
        if claim.sources:
            sources.text = "Sources: [@" + "; @".join(claim.sources) + "]"
        more = add(card, "p", class_="evidence__more")
        target = self.page.to(f"{CLAIMS}#{claim.id}")
        add(more, "a", AtomicString("More on this claim"), href=target)
        hidden(more[0], AtomicString(f": {claim.claim}"))
        return card


class Care(Word):
    """A card that says when to get medical help; its first paragraph is its title."""

    NAME = "care"
    ARGUMENT = True

    def built(self, parent: etree.Element) -> etree.Element:
        """Open the card."""
        if self.argument not in CARE:
            self.complain(f"'/// care' must be one of {', '.join(CARE)}: found '{self.argument}'{nearest(self.argument, CARE)}")
        level = self.argument if self.argument in CARE else "urgent"
        return add(parent, "section", class_=f"care care--{level}")

    def on_end(self, block: etree.Element) -> None:
        """Make the first paragraph the title, with its spoken prefix."""
        level = block.get("class", "").rpartition("--")[2]
        title = block.find("p")
        if title is not None:
            title.set("class", "care__title")
            rest = list(title)
            text, title.text = title.text or "", ""
            for part in rest:
                title.remove(part)
            care_title(title, level, text, emergency_numbers(self.page.evidence.safety))
            title.extend(rest)


WORDS = (Evidence, Care)
