"""Tables: one with an empty row is to fill in by hand; in any other the first cell of a row is its heading, and one of three
columns with much text is stacked on a phone.

Two get a class: for the lines they have on paper, or so that a small screen shows a row as a short paragraph a cell. What is
no longer laid out as a table is no longer one to every screen reader, so the roles are said, and each cell names its column.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

COLUMNS = 3
"""Fewer fit a phone; more are rows of short cells, such as figures."""

MUCH = 71
"""Letters in a row, on average, from which three columns on a phone are crumbs of a word or two a line."""

ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "th": "columnheader", "td": "cell"}


def stack(table: etree.Element) -> None:
    """Mark a table as one that a phone stacks: its class, beside its own or ``even`` for columns of like width, the roles of its parts, and in each cell but the first its column."""
    table.set("class", " ".join(("stacked", table.get("class", "even"))))
    names = ["".join(cell.itertext()) for cell in table.iterfind("thead/tr/th")]
    for part in table.iter():
        if part.tag in ROLES:
            part.set("role", "rowheader" if part.get("scope") == "row" else ROLES[part.tag])
    for row in table.findall("tbody/tr"):
        for name, cell in list(zip(names, row))[1:]:
            cell.set("data-label", name)


class _Tables(Treeprocessor):
    def run(self, root: etree.Element) -> None:
        for table in root.iter("table"):
            rows = ["".join(row.itertext()).strip() for row in table.iterfind("tbody/tr")]
            if not all(rows):
                table.set("class", "fill-in")
                continue
            for row in table.iterfind("tbody/tr"):
                row[0].tag = "th"
                row[0].set("scope", "row")
            if table.get("role") is None and len(table.findall("thead/tr/th")) == COLUMNS and sum(map(len, rows)) > MUCH * len(rows):
                stack(table)


def register(md: Markdown) -> None:
    """Mark the tables once inline Markdown is read."""
    md.treeprocessors.register(_Tables(md), "rls_tables", 6.8)
