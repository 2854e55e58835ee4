"""An article cut at its headings, as plain text, with what its blocks bring in from the evidence."""

from __future__ import annotations

import re
from typing import Iterator

from ..article import BLOCK, BLOCK_END, HEADING, Article, Heading, plain_text
from ..site import Site

SKIPPED = ("also-called", "sheet")
"""Blocks whose text is no part of an answer: readers' other words, and copies of other articles."""


def sections(article: Article, site: Site) -> Iterator[tuple[Heading | None, str]]:
    """Yield ``(heading, text)`` for each part of an article; the heading is None for what stands before the first H2.

    The text is plain, one line for each line of the article.
    """
    headings = {heading.line: heading for heading in article.headings}
    current, lines, skipping = None, [], False
    for number, line in article.lines:
        block = BLOCK.match(line)
        if block:
            skipping = block.group(1) in SKIPPED
            lines.append(shared_text(block.group(1), block.group(2) or "", site))
        elif BLOCK_END.match(line):
            skipping = False
        elif HEADING.match(line) and number in headings:
            if headings[number].level == 1:
                continue
            yield current, "\n".join(lines)
            current, lines = headings[number], []
        elif not skipping:
            lines.append(re.sub(r"^(?:[-*>|]\s*)+|\s*\|$", "", plain_text(re.sub(r"\{[^}]*\}", "", line))))
    yield current, "\n".join(lines)


def shared_text(name: str, argument: str, site: Site) -> str:
    """Return what a block brings in: a claim's finding, a list, a call for help or the numbers of the safety text; else the title it carries.

    The line that stands on most pages is left out.
    """
    if name == "evidence" and argument in site.evidence.claims:
        claim = site.evidence.claims[argument]
        return f"{plain_text(claim.finding)} Certainty: {claim.certainty.replace('-', ' ')}. Who was studied: {claim.who_was_studied}."
    if name == "safety" and argument == "crisis":
        return plain_text(site.evidence.safety[argument])
    if name == "safety" and argument == "numbers":
        return " ".join(f"{row['place']}: call {row['emergency']}." for row in site.evidence.safety["numbers"])
    if name == "safety" and argument in site.evidence.safety.get("lists", {}):
        part = site.evidence.safety["lists"][argument]
        after = [part["after"]] if part.get("after") else []
        return plain_text("; ".join([f"{part['title']}: {part['items'][0]}", *part["items"][1:]]) + ". " + " ".join(after))
    return argument if name == "steps" else ""


def paragraphs(text: str) -> str:
    """Return the text of a section as one line, its lines joined with spaces."""
    return re.sub(r"\s+", " ", text).strip()
