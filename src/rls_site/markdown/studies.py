"""``/// studies | kind``: study cards from ``studies.yml``."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree

from markdown.util import AtomicString

from ..evidence.studies import DESIGNS, GROUPS, KINDS, of_kind
from ..problem import nearest
from .word import Word, add, curly, stop

ROWS = (
    ("Who", "who"),
    ("People", "people"),
    ("Groups", "arms"),
    ("What was done", "dose"),
    ("Compared with", "comparator"),
    ("Result", "result"),
    ("In figures", "figures"),
    ("Followed for", "follow_up"),
    ("Who paid", "funding"),
    ("What is missing", "limits"),
)
"""A card's rows: the words readers see, and the field of ``studies.yml``."""

NOT_STATED = "not stated in the record we read"
"""A row that holds no more than this is left out: the page says once what a missing row means."""


class Studies(Word):
    """The cards of one kind of study."""

    NAME = "studies"
    ARGUMENT = True

    def built(self, parent: etree.Element) -> etree.Element:
        """Build the cards."""
        box = add(parent, "div", class_="studies")
        if self.argument not in KINDS:
            self.complain(f"'/// studies' must name a kind of study: found '{self.argument}'{nearest(self.argument, KINDS)}")
            return box
        evidence = self.page.evidence
        for study in of_kind(self.argument, evidence.studies, evidence.references):
            self._card(box, study, evidence.references[study["key"]])
        return box

    def _card(self, box: etree.Element, study: dict, reference) -> None:
        card = add(box, "section", class_="study", data_kind=study["kind"], data_who=study["who_group"])
        add(card, "h3", AtomicString(curly(study["bottom_line"])), id=study["key"])
        badges = add(card, "p")
        words = [GROUPS[study["who_group"]], DESIGNS[study["design"]]]
        if study.get("sham") in (True, False) and "rct" in study["design"]:
            words.append("Against a sham" if study["sham"] else "No sham")
        if study.get("small"):
            words.append("Small")
        for word in words:
            add(badges, "span", AtomicString(word), class_="badge").tail = " "
        rows = add(card, "dl")
        for words, name in ROWS:
            value = study.get(name)
            if value in (None, "", [], NOT_STATED):
                continue
            add(rows, "dt", AtomicString(words))
            if isinstance(value, list):
                value = ". ".join(str(item).rstrip(".") for item in value) + "."
            add(rows, "dd", AtomicString(re.sub(r"(?:^|(?<=[ (]))-(?=\d)", "−", curly(str(value)[:1].upper() + str(value)[1:]))))
        href, words = reference.link
        by = f"{reference.short.rstrip('.')}. " if reference.authors else ""
        source = add(card, "p", AtomicString(by), class_="study__source")
        add(source, "cite", AtomicString(reference.title.rstrip("."))).tail = f"{stop(reference.title)} " if by else f", {reference.year.rstrip('.')}. "
        add(source, "a", AtomicString(words), href=href, rel="noopener")


WORDS = (Studies,)
