"""What is generated for editors: the schema, the tables in CONTRIBUTING.md, the table of faults. ``rls-site docs`` writes it."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

from . import schema
from .front_matter import AUDIENCES, DESCRIPTION_LENGTH, KEYS, REQUIRED, TAGS, TITLE_LENGTH, TYPES
from .rules import ARTICLE, SITE
from .rules.headings import REQUIRED_HEADINGS
from .strict_yaml import load

CONTRIBUTING = "CONTRIBUTING.md"
FAULTS = ("tests/faults/faults.yml", "tests/faults/built.yml")
RULES = {"evidence", *(rule.__name__ for rule in (*ARTICLE, *SITE))}
"""What prints ``path:line: message``; the rest of the faults are caught by tests of the built site."""

FAULTS_TABLE = "tests/faults/README.md"


def generated(root: Path) -> dict[str, str]:
    """Return every generated file's whole text, by its path from the project's folder."""
    contributing = (root / CONTRIBUTING).read_text(encoding="utf-8")
    for name, text in (("rules", rules()), ("front matter", front_matter()), ("headings", headings())):
        contributing = between(contributing, name, text)
    return {schema.PATH: schema.text(), CONTRIBUTING: contributing, FAULTS_TABLE: faults(root)}


def write(root: Path) -> list[str]:
    """Write what is out of date; returns the paths written. Raises ValueError where CONTRIBUTING.md lacks a marker."""
    written = []
    for path, text in generated(root).items():
        file = root / path
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8", newline="\n")
            written.append(path)
    return written


def between(page: str, name: str, text: str) -> str:
    """Return a page with the part between the markers ``<!-- name -->`` and ``<!-- end of name -->`` replaced; raises ValueError without them."""
    start, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    if page.count(start) != 1 or page.count(end) != 1:
        raise ValueError(f"{CONTRIBUTING} must have the markers '{start}' and '{end}' once each: found {page.count(start)} and {page.count(end)}; put them back")
    return f"{page.split(start)[0]}{start}\n\n{text}\n\n{end}{page.split(end)[1]}"


def rules() -> str:
    """Return the list of rules: what each asks, Wrong and Right, from the rules' own docstrings."""
    parts = []
    for title, listed in (("For each article", ARTICLE), ("For the whole tree", SITE)):
        parts.append(f"### {title}\n")
        for rule in listed:
            text = inspect.getdoc(rule) or ""
            must = text.split("\n\n")[0].replace("\n", " ")
            wrong = re.search(r"^Wrong: (.+)$", text, re.MULTILINE)
            right = re.search(r"^Right: (.+)$", text, re.MULTILINE)
            parts.append(f"**{rule.__name__}**: {_code(must)}\n\n- Wrong: {_code(wrong.group(1))}\n- Right: {_code(right.group(1))}\n")
    return "\n".join(parts).rstrip("\n")


def _code(text: str) -> str:
    # A docstring marks code with two backticks; Markdown takes one, so that a table or list stays readable as typed.
    return re.sub(r"``(.+?)``", r"`\1`", text)


def front_matter() -> str:
    """Return the table of keys in their order, and the lists of types, audiences and tags."""
    rows = ["| Key | Needed | What it is |", "| --- | --- | --- |"]
    for key in KEYS:
        kinds = [kind for kind, keys in TYPES.items() if key in keys]
        needed = "always" if key in REQUIRED else f"for {', '.join(kinds)}" if kinds else "no"
        about = schema.ABOUT[key]
        for name, length in (("title", TITLE_LENGTH), ("description", DESCRIPTION_LENGTH)):
            if key == name:
                about += f" {length[0]} to {length[1]} characters."
        rows.append(f"| `{key}` | {needed} | {about} |")
    return "\n".join(
        [
            *rows,
            "",
            f"- `type`: {', '.join(f'`{kind}`' for kind in TYPES)}",
            f"- `audience`: {', '.join(f'`{word}`' for word in AUDIENCES)}",
            f"- `tags`: {', '.join(f'`{tag}`' for tag in TAGS)}",
        ]
    )


def headings() -> str:
    """Return the headings each type must have."""
    rows = ["| Type | Has an H2 that begins with |", "| --- | --- |"]
    for kind, phrases in REQUIRED_HEADINGS.items():
        wanted = "; ".join(" or ".join(f"“{phrase}”" for phrase in row) for row in phrases)
        rows.append(f"| `{kind}` | {wanted} |")
    return "\n".join(rows)


def faults(root: Path) -> str:
    """Return the table of faults the tests put into a copy of the project: fault, what catches it, message."""
    records = [record for path in FAULTS for record in load((root / path).read_text(encoding="utf-8")).plain()]
    rows = []
    for kind in dict.fromkeys(record["kind"] for record in records):
        rows += ["", f"## {kind}", "", "| Fault | Caught by | Message |", "| --- | --- | --- |"]
        for record in records:
            if record["kind"] == kind:
                where = f"{record.get('reported', record['file'])}:line: " if record["caught_by"] in RULES else ""
                cells = (record["fault"], f"`{record['caught_by']}`", f"`{where}{record['says']}`")
                rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return (
        "# Faults on purpose\n\n"
        "Each of these is put, one at a time, into a copy of the project; the test beside this file asserts that it is caught, "
        "with file and line. Made from `faults.yml` and `built.yml` by `make docs`; `line` stands for the line the fault is on.\n"
        f"\n{len(records)} faults.\n" + "\n".join(rows) + "\n"
    )
