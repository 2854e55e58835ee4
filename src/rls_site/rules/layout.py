"""Rules on lists and tables: the shapes Markdown swallows without a word."""

from __future__ import annotations

import re

from ..article import BLOCK, BLOCK_END, CODE, FENCE, HEADING, LIST_ITEM, Article
from ..problem import Found
from ..site import Site

BARE_ROW = re.compile(r"\S\s*\|\s*\S")
RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*\|[\s|:-]*$")
"""Cells without the strokes around them, and the line under a header."""

MOST_COLUMNS = 4
"""What a phone shows without scrolling sideways."""


def list_spacing(article: Article, site: Site) -> Found:
    """A list has an empty line before it, and words between it and a list of the other kind; or it becomes part of what is above.

    Wrong: ``Stop if`` and on the next line ``- it hurts``
    Right: ``Stop if``, an empty line, ``- it hurts``
    """
    before = kind = ""
    apart = False  # whether an indented line stands apart, as a paragraph of its item: it takes the next line too
    for number, line in article.lines:
        starts = re.match(r"^(?:[-*+]|\d+\.)\s+\S", line)
        if re.match(r"^\d+\)\s", line):
            yield number, f"a numbered list must be written '1. ': found '{line.strip()[:30]}'; put a full stop for the bracket"
        if line.startswith("    ") and line.strip():
            apart = apart or not before.strip()
        elif line.strip():
            if starts and before.startswith("    ") and apart:
                yield number, f"a list must have an empty line before it: found '{before.strip()[-30:]}' right above; add one"
            apart = False
        if starts and before.strip() and not _may_stand_before(before):
            yield number, f"a list must have an empty line before it: found '{before.strip()[-30:]}' right above; add one"
        if starts:
            own = "numbers" if line[0].isdigit() else "bullets"
            if kind and kind != own:
                yield number, f"a list with {own} must have words between it and one with {kind}: found none; add a line, or it goes on with {kind}"
            kind = own
        elif line.strip() and not line.startswith((" ", "\t")):
            kind = ""
        before = line


def _may_stand_before(line: str) -> bool:
    return bool(
        LIST_ITEM.match(line) or BLOCK.match(line) or BLOCK_END.match(line) or HEADING.match(line) or line.startswith((" ", "\t"))
    )


def table_shape(article: Article, site: Site) -> Found:
    """A table has an empty line before and after it, a header row, one to four columns, and as many cells in each row.

    Wrong: ``| Device | Noise | Price | Weight | Heat |``
    Right: ``| Device | What was found |``
    """
    table: list[tuple[int, str]] = []
    before = ""
    following = [line for _, line in article.lines][1:] + [""]
    for (number, line), below in zip([*article.lines, (0, "")], [*following, ""]):
        bare = BARE_ROW.search(line) and not line.lstrip().startswith(("|", "///")) and (table or RULE.match(below))
        if bare:
            yield number, f"a row of a table must begin and end with '|': found '{line.strip()[:40]}'; add them"
        if bare or line.lstrip().startswith("|"):
            if not table and before.strip():
                yield number, f"a table must have an empty line before it: found '{before.strip()[-30:]}' right above; add one"
            table.append((number, line))
        elif table:
            yield from _table(table)
            table = []
            if line.strip() and not BLOCK_END.match(line):
                yield number, f"a table must have an empty line after it: found '{line.strip()[:30]}' right below; add one, or it becomes a row"
        before = line


def no_tabs(article: Article, site: Site) -> Found:
    """A line begins without a tab: Markdown takes what follows one for code, and a list or block under it is lost.

    Wrong: a tab before ``- it hurts``
    Right: ``- it hurts``
    """
    for number, line in article.lines:
        if line.startswith("\t"):
            yield number, f"a line must not begin with a tab: found one before '{line.strip()[:30]}'; take it out"


def no_code(article: Article, site: Site) -> Found:
    """Articles hold no blocks of code: nothing in them is checked, and readers have no use for them.

    Wrong: a line of three backticks, or four spaces before a paragraph
    Right: ``a word in backticks``, or plain text
    """
    for number, line in enumerate(article.body.split("\n"), article.body_line):
        if FENCE.match(line):
            yield number, f"an article must hold no block of code: found '{line.strip()[:40]}'; write it as text"
    before, in_list = "", False
    for number, line in article.lines:
        if line.startswith("    ") and line.strip():
            if HEADING.match(before) or not in_list and not before.strip():
                yield number, f"a line must not begin with four spaces: found them before '{line.strip()[:30]}', which becomes code; take them out"
        elif LIST_ITEM.match(line):
            in_list = True
        elif line.strip() and (not before.strip() or HEADING.match(line) or BLOCK.match(line) or BLOCK_END.match(line)):
            in_list = False  # a line right under an item belongs to it
        before = line


def closed_bold(article: Article, site: Site) -> Found:
    """Bold words end in the paragraph, item or row they begin in; or readers see the stars.

    Wrong: ``**Stop if it hurts.``
    Right: ``**Stop if it hurts.**``
    """
    first, text = 0, ""
    for number, line in [*article.lines, (0, "")]:
        if not line.strip() or LIST_ITEM.match(line) or line.lstrip().startswith("|") or BLOCK_END.match(line):
            if len(re.findall(r"(?<!\\)\*\*", CODE.sub("", text))) % 2:
                yield first, f"bold must begin and end with '**': found one without the other in '{text.strip()[:40]}'; add it, or take it out"
            text = ""
        if not text.strip():
            first = number
        text += f"{line} "


def _table(table: list[tuple[int, str]]) -> Found:
    rows = [(number, re.split(r"(?<!\\)\|", line.strip().strip("|"))) for number, line in table]
    if len(rows) < 2 or not all(re.fullmatch(r"\s*:?-+:?\s*", cell) for cell in rows[1][1]):
        yield rows[0][0], "a table must have a header row and a line '| --- |' under it: found none; add them"
        return
    columns = len(rows[0][1])
    if columns > MOST_COLUMNS:
        yield rows[0][0], f"a table must have at most {MOST_COLUMNS} columns: found {columns}; split it, or write a list"
    for number, cells in rows[1:]:
        if len(cells) != columns:
            yield number, f"a row must have as many cells as the header, {columns}: found {len(cells)}; mend the row"
