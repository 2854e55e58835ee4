"""The rule on pages of questions."""

from __future__ import annotations

import re

from ..article import Article, slug
from ..problem import Found
from ..site import Site

FEWEST, MOST = 15, 130
"""Words of an answer: 40 to 80 is the aim, these are the limits."""


def question_answers(article: Article, site: Site) -> Found:
    """On a questions page each H2 is a question with an id, and an answer of its own length.

    Wrong: ``## Side effects``
    Right: ``## Are there side effects? { #side-effects }``
    """
    if article.type != "questions":
        return
    tops = [heading for heading in article.headings if heading.level == 2]
    lines = dict(article.lines)
    for index, heading in enumerate(tops):
        if not heading.text.rstrip(")").endswith("?"):
            yield heading.line, f"a heading on a questions page must be a question: found '{heading.text}'; end it with '?'"
        elif not re.search(r"\{\s*#", lines[heading.line]):
            yield heading.line, f"a question must have an id, so that others can link to it: found none on '{heading.text}'; add one, such as {{ #{'-'.join(slug(heading.text).split('-')[-2:])} }}"
        end = tops[index + 1].line if index + 1 < len(tops) else 10**9
        lower = next((other for other in article.headings if other.level > 2 and heading.line < other.line < end and other.text.endswith("?")), None)
        if lower:
            yield lower.line, f"a question must be an H2: found '{'#' * lower.level} {lower.text}'; write '## ' before it, and give it an id"
            continue
        words = sum(len(s.text.split()) for s in article.sentences if heading.line < s.line < end)
        if not FEWEST <= words <= MOST:
            change = f"take out {words - MOST}, or make two questions of it" if words > MOST else "say more"
            yield heading.line, f"an answer must have {FEWEST} to {MOST} words: '{heading.text}' has {words}; {change}"
