"""Rules on what surrounds the articles: the settings, the templates, the drawings, the lock."""

from __future__ import annotations

import re
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import Iterator
from xml.etree import ElementTree

import jinja2
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from ..article import files_in
from ..evidence.records import yaml_of
from ..problem import Found, FoundIn, line_in, nearest
from ..site import SITE_NAME, Site
from ..strict_yaml import Lined

SETTINGS = (
    "site_name", "site_url", "copyright", "extra", "docs_dir", "exclude_docs", "not_in_nav", "theme", "validation", "plugins",
    "markdown_extensions", "nav", "use_directory_urls",
)
"""The settings of ``mkdocs.yml`` this site knows."""

NEVER = {"hooks": "Zensical ignores it", "repo_url": "it makes each visit ask GitHub", "repo_name": "it makes each visit ask GitHub"}
"""Settings others use, and why this site does not."""

FIXED = {"site_name": SITE_NAME, "docs_dir": "docs", "use_directory_urls": True, "plugins": []}
THEME = {"name": "material", "custom_dir": "overrides", "language": "en"}
"""Settings that have one value: the rules, the templates and every address ever published rest on it."""

RISKY_EXTENSIONS = ("md_in_html", "pymdownx.blocks.html", "pymdownx.snippets", "pymdownx.magiclink")
"""Extensions that let HTML or other files into articles past the rules."""

IN_DRAWINGS = (
    (re.compile(r"<script\b", re.IGNORECASE), "script"),
    (re.compile(r"[\s\"'/]on\w+\s*=", re.IGNORECASE), "an event handler"),
    (re.compile(r"<(?:foreignObject|iframe|embed|object)\b", re.IGNORECASE), "foreign content"),
    (re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE), "a document type"),
    (re.compile(r"\bhref\s*=\s*[\"'](?!#)", re.IGNORECASE), "a link out"),
    (re.compile(r"url\(\s*[\"']?(?!#)|@import", re.IGNORECASE), "something loaded from elsewhere"),
)
"""What a drawing must not hold, with the words for it."""

ACTIVE = ("script", "handler", "foreignobject", "iframe", "embed", "object")
"""Elements that run or load something, by whatever prefix a drawing gives them."""

IN_SCRIPTS = (
    (re.compile(r"https?://(?!www\.w3\.org/(?:2000/svg|1999/x))"), "an address on another host", "keep the file under docs/"),
    (re.compile(r"url\(\s*[\"']?//|@import\s+[\"']?(?:url\()?[\"']?//"), "something loaded from another host", "keep the file under docs/"),
    (re.compile(r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write)\b"), "text turned into HTML", "use textContent"),
    (re.compile(r"\beval\s*\(|\bnew Function\b"), "text turned into code", "write the code out"),
    (re.compile(r"\bdocument\.cookie\b"), "a cookie", "use localStorage, on the reader's machine only"),
)
"""What a script or style must not hold."""

IN_TEMPLATES = (
    (re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE), "a style attribute", "give it a class"),
    (re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE), "an event handler", "listen for it in docs/javascripts"),
    (re.compile(r"javascript:", re.IGNORECASE), "a script in a link", "use a button and a script"),
    (
        re.compile(r"<(?:script|img|iframe|source|link(?![^>]*rel=\"(?:canonical|alternate|license)\"))\b[^>]*\b(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE),
        "something loaded from another host",
        "keep the file under docs/",
    ),
    (re.compile(r"<(?:iframe|object|embed)\b", re.IGNORECASE), "a page or program inside the page", "link to it"),
    (re.compile(r"<a\b[^>]*\bhref\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE), "a link to another host", "put the address in mkdocs.yml, or link in an article"),
)
"""What a template must not hold: the policy of the built site refuses it, or a reader's address would go elsewhere."""

UNCHECKED = "No clinician has checked this page"
"""What every page says until a named person has checked it."""

THEME_FOLDER = Path(str(find_spec("material").submodule_search_locations[0])) / "templates"
"""The theme's own templates."""


def settings(site: Site) -> FoundIn:
    """The settings stay within what every engine does, ask no other host, and let no HTML in.

    Wrong: ``hooks:``, ``repo_url:`` or ``font: Roboto`` in ``mkdocs.yml``
    Right: ``font: false``, and an extension of ``rls_site.markdown``
    """
    found: list[tuple[int, str]] = []
    config = yaml_of(site.root / "mkdocs.yml", lambda name, line, message: found.append((line, message)), comments=True)
    if config is not None and not isinstance(config.value, dict):
        found.append((1, "must be 'key: value' lines: found something else; bring it back: git restore mkdocs.yml"))
    for line, message in found or (one for part in PARTS for one in part(config)):
        yield "mkdocs.yml", line, message


def _keys(config: Lined) -> Found:
    """Only settings of this site, those it needs, and each with the value it must have."""
    for key in ("site_name", "site_url", "theme", "nav", "markdown_extensions"):
        if key not in config.value:
            yield 1, f"'{key}' must be set: it is missing; restore it"
    for key, item in config.value.items():
        if key in NEVER:
            yield config.keys[key], f"'{key}' must not be set: {NEVER[key]}; take it out"
        elif key not in SETTINGS:
            yield config.keys[key], f"a setting must be one this site uses: found '{key}'{nearest(key, SETTINGS) or '; take it out'}"
        elif key in FIXED and item.plain() != FIXED[key]:
            yield config.keys[key], f"'{key}' must be {FIXED[key]!r}: found {item.plain()!r}; restore it"
        elif key == "copyright" and re.search("[<>]", str(item.value)):
            yield config.keys[key], f"'{key}' must be plain text: found '<' or '>'; use words"


def _addresses(config: Lined) -> Found:
    """Where the site is published and where its source lives are whole addresses."""
    address = config.value.get("site_url")
    if address and not re.fullmatch(r"https://[^\s/]+/(?:\S*/)?", str(address.value)):
        yield address.line, f"'site_url' must begin with https:// and end with '/': found '{address.value}'; mend it"
    extra = config.value.get("extra")
    held = extra.value if extra and isinstance(extra.value, dict) else {}
    for key, item in held.items():
        if key != "repository":
            yield extra.keys[key], f"'extra' must hold 'repository' only: found '{key}'; take it out, the theme may ask another host for it"
        elif not re.fullmatch(r"https://[^\s/]+/\S*[^\s/]", str(item.value)):
            yield extra.keys[key], f"'repository' must begin with https:// and end without '/': found '{item.value}'; mend it"
    if "repository" not in held:
        yield config.keys.get("extra", 1), "'extra' must have 'repository', where the source lives: it is missing; the links 'Is something wrong here?' and 'Edit this page' need it"


def _theme(config: Lined) -> Found:
    """The theme is the one the templates are written for, and fetches no font."""
    theme = config.value.get("theme")
    if theme is None:
        return
    held = theme.value if isinstance(theme.value, dict) else {}
    line = config.keys["theme"]
    for key, must in THEME.items():
        if key not in held or held[key].value != must:
            yield theme.keys.get(key, line), f"the theme's '{key}' must be '{must}': found {held[key].plain() if key in held else 'nothing'}; restore it"
    if "font" not in held or held["font"].value is not False:
        yield theme.keys.get("font", line), "the theme's 'font' must be false: other fonts are fetched from Google; set 'font: false'"


def _extensions(config: Lined) -> Found:
    """Our words are among the extensions, and none lets HTML in."""
    item = config.value.get("markdown_extensions")
    names = dict(_names(item)) if item else {}
    if item and "rls_site.markdown" not in names:
        yield config.keys["markdown_extensions"], "'rls_site.markdown' must be among the extensions: it is missing; add it"
    for name in RISKY_EXTENSIONS:
        if name in names:
            yield names[name], f"an extension must not let HTML or other files in: found '{name}'; take it out"


def _published(config: Lined) -> Found:
    """What begins with ``_`` stays out, the navigation leads to pages, and no broken link goes unseen."""
    excluded = config.value.get("exclude_docs")
    if "_*" not in str(excluded.value if excluded else "").split():
        yield config.keys.get("exclude_docs", 1), "'exclude_docs' must hold '_*': else docs/_template.md is published; restore it"
    for line, what in _no_pages(config.value["nav"]) if "nav" in config.value else ():
        yield line, f"the navigation must hold pages, as '- Title: file.md': found {what}; add the page, or take the line out"
    for key, item in _leaves("validation", config.value.get("validation")):
        if item.value in ("ignore", "info", False):
            yield item.line, f"validation of '{key}' must be 'warn': found '{item.value}'; a broken link would go unseen"


def _leaves(key: str, item: Lined | None) -> Iterator[tuple[str, Lined]]:
    if item and isinstance(item.value, dict):
        for name, part in item.value.items():
            yield from _leaves(name, part)
    elif item:
        yield key, item


VIEW_BOX = re.compile(r"\s*-?\d+(?:\.\d+)?(?:[ ,]+-?\d+(?:\.\d+)?){3}\s*")
"""Four numbers: left, top, width, height."""

PARTS = (_keys, _addresses, _theme, _extensions, _published)
"""What is asked of the settings."""


def _no_pages(item: Lined) -> Iterator[tuple[int, str]]:
    if isinstance(item.value, (list, dict)) and item.value:
        for name, part in item.value.items() if isinstance(item.value, dict) else (("", part) for part in item.value):
            if part.value is None and name:
                yield item.keys[name], f"'{name}' with nothing in it"
            else:
                yield from _no_pages(part)
    elif not isinstance(item.value, str) or not item.value:
        yield item.line, f"{item.plain()!r}" if item.value else "nothing"


def _names(item: Lined) -> Iterator[tuple[str, int]]:
    if isinstance(item.value, dict):
        yield from item.keys.items()
    for entry in item.value if isinstance(item.value, list) else ():
        yield next(iter(entry.value), "") if isinstance(entry.value, dict) else str(entry.value), entry.line


def templates(site: Site) -> FoundIn:
    """Templates are valid Jinja, and load or run nothing the policy refuses.

    Wrong: ``<p style="color: red">``
    Right: ``<p class="warning">``
    """
    folder = site.root / "overrides"
    for name in ("main.html", "404.html"):
        if not (folder / name).is_file():
            yield f"overrides/{name}", 1, "the template must exist: it is missing; restore it"
    for file in files_in(folder):
        if not file.is_file():
            continue
        shown = f"overrides/{file.relative_to(folder).as_posix()}"
        if file.suffix != ".html":
            yield shown, 1, f"overrides must hold .html templates only: found '{file.name}'; Zensical would publish it, move it to docs/"
            continue
        try:
            text = file.read_bytes().decode("utf-8")
            jinja2.Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"]).parse(text)
        except UnicodeDecodeError as fault:
            yield shown, line_in(fault), "the file must be UTF-8 text: found other bytes; save it again as UTF-8"
            continue
        except jinja2.TemplateSyntaxError as fault:
            yield shown, fault.lineno, f"a template must be valid Jinja: {fault.message}; mend the tag"
            continue
        if file.name == "main.html" and site.template and UNCHECKED not in text:
            yield shown, 1, f"the template must say of an unreviewed page '{UNCHECKED}': it does not; restore the sentence"
        for number, line in enumerate(text.split("\n"), 1):
            for name in re.findall(r"{%-?\s*(?:include|extends|import|from)\s*[\"']([^\"']+)", line):
                if not (folder / name).is_file() and not (THEME_FOLDER / name).is_file():
                    yield shown, number, f"a template must name one that exists: found '{name}'; mend the name"
            for pattern, found, cure in IN_TEMPLATES:
                if pattern.search(line):
                    yield shown, number, f"a template must pass the site's security policy: found {found}; {cure}"


def drawings(site: Site) -> FoundIn:
    """A drawing is a plain SVG: well formed, with a viewBox, without scripts or anything from elsewhere.

    Wrong: ``<svg onload="…">``
    Right: ``<svg viewBox="0 0 400 300">`` and shapes
    """
    for path in site.images:
        if not path.endswith(".svg"):
            continue
        shown = f"docs/{path}"
        try:
            text = (site.docs / path).read_bytes().decode("utf-8")
        except UnicodeDecodeError as fault:
            yield shown, line_in(fault), "a drawing must be UTF-8 text: found other bytes; save it again as UTF-8"
            continue
        bad = False
        for number, line in enumerate(text.split("\n"), 1):
            line = re.sub(r"\bxmlns(?::\w+)?\s*=\s*(?:\"[^\"]*\"|'[^']*')", "", line)
            for pattern, found in IN_DRAWINGS:
                if pattern.search(line):
                    bad = True
                    yield shown, number, f"a drawing must hold shapes and text only: found {found}; take it out"
        if bad:
            continue
        try:
            root = ElementTree.fromstring(text)
        except ElementTree.ParseError as fault:
            yield shown, fault.position[0], f"a drawing must be well-formed SVG: {str(fault).split(':')[0]}; export it again"
            continue
        if any(_active(node) for node in root.iter()):
            yield shown, 1, "a drawing must hold shapes and text only: found something that runs or loads; take it out"
        if not root.tag.endswith("svg") or not VIEW_BOX.fullmatch(root.get("viewBox", "")):
            found = f"'{root.get('viewBox')}'" if root.get("viewBox") else "none"
            yield shown, 1, f"a drawing must have a viewBox of four numbers: found {found}; pages would jump while it loads, add viewBox=\"0 0 width height\""


def _active(node: ElementTree.Element) -> bool:
    # A prefix or a line's end hides from a search of lines what the tree shows.
    names = {name.rpartition("}")[2].lower(): value for name, value in node.attrib.items()}
    leads_out = not names.get("href", "#").startswith("#")
    return node.tag.rpartition("}")[2].lower() in ACTIVE or leads_out or any(name.startswith("on") for name in names)


def scripts(site: Site) -> FoundIn:
    """Scripts and styles load nothing from elsewhere and make no code or HTML out of text.

    Wrong: ``box.innerHTML = name``
    Right: ``box.textContent = name``
    """
    for folder in ("javascripts", "stylesheets"):
        for file in files_in(site.docs / folder):
            if file.suffix not in (".js", ".css"):
                continue
            for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").split("\n"), 1):
                for pattern, found, cure in IN_SCRIPTS:
                    if pattern.search(line):
                        shown = f"docs/{file.relative_to(site.docs).as_posix()}"
                        yield shown, number, f"a script or style must stay within the site: found {found}; {cure}"


def lock(site: Site) -> FoundIn:
    """The lock pins every dependency, within its range and with a hash.

    Wrong: ``mkdocs==2.0`` in ``requirements.txt``
    Right: what ``make lock`` writes
    """
    declared, pins = site.root / "pyproject.toml", site.root / "requirements.txt"
    if not declared.is_file() or not pins.is_file():
        return
    try:
        project = tomllib.loads(declared.read_text(encoding="utf-8"))["project"]
    except (tomllib.TOMLDecodeError, KeyError, UnicodeDecodeError) as fault:
        line = re.search(r"line (\d+)", str(fault))
        yield "pyproject.toml", int(line.group(1)) if line else 1, f"the file must be valid TOML with [project]: {fault}; mend it"
        return
    pinned: dict[str, list[tuple[int, Requirement]]] = {}
    lines = pins.read_text(encoding="utf-8", errors="replace").split("\n")
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith(("#", " ")):
            continue
        try:
            pin = Requirement(line.rstrip(" \\"))
        except InvalidRequirement:
            yield "requirements.txt", number, f"a line must be 'name==version' and its hashes: found {line[:40]!r}; run: make lock"
            continue
        pinned.setdefault(canonicalize_name(pin.name), []).append((number, pin))
        if not re.fullmatch(r"==[\w.+!]+", str(pin.specifier)):
            yield "requirements.txt", number, f"a version must be pinned with '==': found '{pin}'; run: make lock"
        if number >= len(lines) or "--hash=sha256:" not in lines[number]:
            yield "requirements.txt", number, f"a version must have a hash: '{pin.name}' has none; run: make lock"
    wanted = [*project.get("dependencies", ()), *(item for items in project.get("optional-dependencies", {}).values() for item in items)]
    for text in wanted:
        need = Requirement(text)
        found = pinned.get(canonicalize_name(need.name))
        if not found:
            yield "requirements.txt", 1, f"every dependency must be pinned: '{need.name}' of pyproject.toml is missing; run: make lock"
        for number, pin in found or ():
            version = str(pin.specifier).removeprefix("==")
            if version and not need.specifier.contains(version, prereleases=True):
                yield "requirements.txt", number, f"'{need.name}' must be {need.specifier}: found {version}; run: make lock"
