"""Styles: what the first screen needs stands in the page, so that it paints after one round trip.

They are cut down to what each page can use. The rest is one file, kept by the browser from the first page on; its link
stands after the head of the article, so that it holds up only what comes later. Pages under ``tonight/`` hold all their
styles: they are complete in the first flight of bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Iterator

import rcssmin
import rjsmin
import tinycss2

from ..article import NIGHT
from ..markdown.lists import STYLES
from ..site import Site

SHEET = "site.css"
DIVIDE = "/* After the first screen */"
"""Divides the site's stylesheet: above it goes into every page, below it into ``rest.css``."""

PLACE = f"<!--{STYLES}-->"
"""Where the rest of the styles come in: after the short version, or, on a page without one, where the template says."""

THEMES = re.compile(r"@media \(prefers-color-scheme:dark\)\{(?:[^{}]*\{[^{}]*\})*\}")

LINK = re.compile(r'[ \t]*<link rel="stylesheet" href="([^"]*?)stylesheets/([\w.-]+\.css)"[^>]*>\n?')
SCRIPT = re.compile(r'<script[^>]+src="[^"]*?(javascripts/[\w.-]+\.js)"')
OWN = re.compile(r"[ \t]*<style>(.*?)</style>\n?", re.DOTALL)
"""The night's own colours, from the template: one style in a page needs one hash in its policy."""

DECLARED = re.compile(r"[{;]?(color-scheme|--[\w-]+):")
DECLARATION = re.compile(r"(color-scheme|--[\w-]+):[^;}]*;?")
"""The properties a rule sets, and each with its value."""

HEAD_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
IMPORT = re.compile(r"""\b(?:from|import)\s*["']\./([\w.-]+\.js)["']""")
"""An import at the head of a module; one asked for later, ``import("./search.js")``, comes without the page, with its own styles."""

NAME = re.compile(r"([.#\[][A-Za-z_][\w-]*)|(?:^|[\s>+~(,])([a-z][a-z0-9]*)")
"""What a selector asks for: ``.class``, ``#id``, ``[attribute`` or an element."""

TAG = re.compile(r"""<([a-z][a-z0-9]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>""")
ATTRIBUTE = re.compile(r"""([a-z][\w-]*)(?:=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
NOT_TAGS = re.compile(r"(<(script|style)\b[^>]*>).*?</\2>", re.DOTALL)

SOUGHT = re.compile(r"""\.(?:querySelector(?:All)?|closest|matches)\((["'])[^"'`]*\1""")

LATER = {".visually-hidden", ".notice", "ol", "section", "[open"}
"""What comes later: the search and the note of a newer page, scripts of their own, take the first from the page's styles; a browser opens ``<details>``."""

CHOICE = re.compile(r":(?!has\([^,]*?\))[\w-]+\([^()]*\)")
"""``:not(…)``, ``:is(…)``, ``:nth-child(…)``: what is named inside need not be on the page; what ``:has(…)`` names must."""


def scripts_of(html: str, folder: Path) -> list[str]:
    """Return the names of the modules a page loads, its imports included, in order."""
    known = {file.name: file for file in (folder / "javascripts").glob("*.js")}
    found = [name.split("/")[1] for name in SCRIPT.findall(html)]
    for name in found:
        imports = IMPORT.findall(known[name].read_text(encoding="utf-8"))
        found += [other for other in dict.fromkeys(imports) if other in known and other not in found]
    return found


def names_in_page(html: str) -> set[str]:
    """Return what a page holds, as NAME writes it: each element, ``.class``, ``#id`` and ``[attribute``."""
    found = set()
    for element, attributes in TAG.findall(NOT_TAGS.sub(r"\1", html)):
        found.add(element)
        for name, *values in ATTRIBUTE.findall(attributes):
            found.add(f"[{name}")
            if mark := {"class": ".", "id": "#"}.get(name):
                found |= {mark + value for value in "".join(values).split()}
    return found


@lru_cache(maxsize=64)
def names_in_script(script: str) -> set[str]:
    """Return every word a script may write into a page, as each kind of name: those in its strings, and of ``dataset`` and properties.

    A selector that it only looks for brings nothing into the page.
    """
    script = SOUGHT.sub("", rjsmin.jsmin(script))  # without comments: an apostrophe in one opens no string
    quoted = {word for text in re.findall(r"[\"'`]([^\"'`\n]*)[\"'`]", script) for word in re.findall(r"[\w-]+", text)}
    data = {"data-" + re.sub(r"[A-Z]", lambda m: "-" + m.group(0).lower(), name) for name in re.findall(r"dataset\.(\w+)", script)}
    words = quoted | data | set(re.findall(r"\.(hidden|open|disabled|checked)\b", script))
    return {mark + word for word in words for mark in ("", ".", "#", "[")}


def usable(css: str, words: set[str]) -> str:
    """Return the rules of ``css`` whose every class, id, attribute and element name stands in ``words``; the rest cannot match.

    Raises ValueError where the CSS cannot be read.
    """
    return "".join(_usable(_rules(css), words))


@dataclass(frozen=True)
class _Rule:
    """A rule of a stylesheet: its selectors with the names each asks for, or what opens a group of rules; the text of all else is ``body``."""

    selectors: tuple[tuple[str, frozenset[str]], ...] = ()
    opens: str = ""
    inside: tuple[_Rule, ...] = ()
    body: str = ""


@lru_cache(maxsize=8)
def _rules(css: str) -> tuple[_Rule, ...]:
    return tuple(_read(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)))


def _read(rules) -> Iterator[_Rule]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = re.split(r",(?![^()]*\))", tinycss2.serialize(rule.prelude))
            names = (frozenset("".join(name) for name in NAME.findall(CHOICE.sub("", selector))) for selector in selectors)
            yield _Rule(selectors=tuple(zip(selectors, names)), body=f"{{{tinycss2.serialize(rule.content)}}}")
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports", "layer", "container") and rule.content:
            inside = _read(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
            yield _Rule(opens=f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}", inside=tuple(inside))
        elif rule.type == "at-rule":
            yield _Rule(body=rule.serialize())
        elif rule.type == "error":
            raise ValueError(f"a stylesheet must be valid CSS: line {rule.source_line}: {rule.message}")


def _usable(rules: tuple[_Rule, ...], words: set[str]) -> Iterator[str]:
    for rule in rules:
        if rule.opens:
            if inside := "".join(_usable(rule.inside, words)):
                yield f"{rule.opens}{{{inside}}}"
        elif kept := [selector for selector, names in rule.selectors if names <= words]:
            yield ",".join(kept) + rule.body
        elif not rule.selectors:
            yield rule.body


def inline_styles(folder: Path, site: Site) -> None:
    """Put the first screen's styles into each page, and the rest, or under ``tonight/`` everything it can use.

    Raises ValueError when the stylesheet has no DIVIDE or cannot be read, or a template has no PLACE.
    """
    sheets = {file.name: file.read_text(encoding="utf-8") for file in (folder / "stylesheets").glob("*.css")}
    first, mark, rest = sheets[SHEET].partition(DIVIDE)
    if not mark:
        raise ValueError(f"docs/stylesheets/{SHEET} must hold the line '{DIVIDE}': found none; put it back")
    first = rcssmin.cssmin(first)
    (folder / "stylesheets" / SHEET).unlink()
    (folder / "stylesheets" / "rest.css").write_text(rcssmin.cssmin(rest), encoding="utf-8")
    for name in sheets.keys() - {SHEET}:
        (folder / "stylesheets" / name).write_text(rcssmin.cssmin(sheets[name]), encoding="utf-8")
    for file in sorted(folder.rglob("*.html")):
        html = file.read_text(encoding="utf-8")
        links = LINK.findall(html)
        if not links:
            continue
        html = LINK.sub("", html)
        if PLACE not in html:
            raise ValueError(f"{file.relative_to(folder)} must hold '{PLACE}': found none; put it back into its template")
        words = names_in_page(html) | LATER
        scripts = [(folder / "javascripts" / name).read_text(encoding="utf-8") for name in scripts_of(html, folder)]
        for script in scripts + HEAD_SCRIPT.findall(html):
            words |= names_in_script(script)
        if file.relative_to(folder).as_posix().startswith(NIGHT):
            # Always dark: the day's and the reader's own colours never show there.
            style = THEMES.sub("", "".join(rcssmin.cssmin(usable(sheets[name], words - {"[data-theme"})) for _, name in links))
            style = _without_day(style, "".join(OWN.findall(html)))
            html = OWN.sub("", html)
            late = ""
        else:
            style = rcssmin.cssmin(usable(first, words))
            late = "".join(
                f'<link rel="stylesheet" href="{way}stylesheets/{"rest.css" if name == SHEET else name}">' for way, name in links
            )
        html = html.replace("</title>", f"</title><style>{style}</style>", 1).replace(PLACE, late, 1)
        file.write_text(html, encoding="utf-8")


def _without_day(style: str, night: str) -> str:
    """Return the style of a night page with ``night`` after it, without the day's colours: the night and the paper set their own."""
    day = re.match(r":root\{[^}]*\}", style)
    paper = re.search(r"@media print\{:root[^{]*\{([^}]*)\}", style)
    if not day or not paper:
        return style + night
    anew = set(DECLARED.findall(night)) & set(DECLARED.findall(paper[1]))
    kept = DECLARATION.sub(lambda match: "" if match[1] in anew else match[0], day[0])
    return kept + style[day.end() :] + night


def preload_modules(folder: Path, site: Site) -> None:
    """Name a tool's imported modules in its page's head, so that they load beside it and not one after another."""
    for file in sorted(folder.rglob("*.html")):
        html = file.read_text(encoding="utf-8")
        direct = re.findall(r'<script[^>]+src="([^"]*?)(javascripts/)([\w.-]+\.js)"', html)
        if not direct:
            continue
        base, middle, _ = direct[0]
        named = {name for *_, name in direct}
        extra = [name for name in scripts_of(html, folder) if name not in named]
        links = "".join(f'<link rel="modulepreload" href="{base}{middle}{name}">' for name in extra)
        file.write_text(html.replace("</head>", f"{links}</head>", 1), encoding="utf-8")

