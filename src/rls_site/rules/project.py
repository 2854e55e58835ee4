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

from ..problem import Problem, nearest
from ..site import Site
from ..strict_yaml import Lined, YamlFault, load

PLUGINS = ("search", "meta", "tags")
"""The plugins every engine knows; any other is silently ignored by one of them."""

SETTINGS = (
    "site_name", "site_url", "site_description", "site_author", "copyright", "extra", "docs_dir", "exclude_docs", "not_in_nav", "theme",
    "validation", "plugins", "markdown_extensions", "nav", "use_directory_urls", "strict", "dev_addr", "watch",
)  # fmt: skip
"""The settings of ``mkdocs.yml`` this site knows."""

FIXED = {"docs_dir": "docs", "use_directory_urls": True}
THEME = {"name": "material", "custom_dir": "overrides", "language": "en"}
"""Settings that have one value: the rules, the templates and every address ever published rest on it."""

RISKY_EXTENSIONS = ("md_in_html", "pymdownx.blocks.html", "pymdownx.snippets", "pymdownx.magiclink")
"""Extensions that let HTML or other files into articles past the rules."""

DRAWING = (
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

SCRIPT = (
    (re.compile(r"https?://(?!www\.w3\.org/(?:2000/svg|1999/x))"), "an address on another host", "keep the file under docs/"),
    (re.compile(r"url\(\s*[\"']?//|@import\s+[\"']?(?:url\()?[\"']?//"), "something loaded from another host", "keep the file under docs/"),
    (re.compile(r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write)\b"), "text turned into HTML", "use textContent"),
    (re.compile(r"\beval\s*\(|\bnew Function\b"), "text turned into code", "write the code out"),
    (re.compile(r"\bdocument\.cookie\b"), "a cookie", "use localStorage, on the reader's machine only"),
)
"""What a script or style must not hold."""

TEMPLATE = (
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


def settings(site: Site) -> Iterator[Problem]:
    """The settings stay within what every engine does, ask no other host, and let no HTML in.

    Wrong: ``hooks:``, ``repo_url:`` or ``font: Roboto`` in ``mkdocs.yml``
    Right: ``font: false``, and an extension of ``rls_site.markdown``
    """

    def say(line: int, message: str) -> Problem:
        return Problem("mkdocs.yml", line, "settings", message)

    data = (site.root / "mkdocs.yml").read_bytes()
    try:
        config = load(data.decode("utf-8"))
    except UnicodeDecodeError as fault:
        yield say(data[: fault.start].count(b"\n") + 1, "the file must be UTF-8 text: found other bytes; save it again as UTF-8")
        return
    except YamlFault as fault:
        yield say(fault.line, f"{fault.message}; compare it with the last version")
        return
    if not isinstance(config.value, dict):
        yield say(1, "must be 'key: value' lines: found something else; restore the last version")
        return
    for key in ("hooks", "repo_url", "repo_name"):
        if key in config.value:
            why = "Zensical ignores it" if key == "hooks" else "it makes each visit ask GitHub"
            yield say(config.keys[key], f"'{key}' must not be set: {why}; take it out")
    for key in ("site_name", "site_url", "theme", "nav", "markdown_extensions"):
        if key not in config.value:
            yield say(1, f"'{key}' must be set: it is missing; restore it")
    address = config.value.get("site_url")
    if address and not re.fullmatch(r"https://[^\s/]+/(?:\S*/)?", str(address.value)):
        yield say(address.line, f"'site_url' must begin with https:// and end with '/': found '{address.value}'; mend it")
    for key in config.value:
        if key not in SETTINGS and key not in ("hooks", "repo_url", "repo_name", "extra_css", "extra_javascript"):
            yield say(config.keys[key], f"a setting must be one this site uses: found '{key}'{nearest(key, SETTINGS) or '; take it out'}")
    for key, must in FIXED.items():
        if key in config.value and config.value[key].plain() != must:
            yield say(config.keys[key], f"'{key}' must be {must!r}: found {config.value[key].plain()!r}; restore it")
    for line, what in _no_pages(config.value["nav"]) if "nav" in config.value else ():
        yield say(line, f"the navigation must hold pages, as '- Title: file.md': found {what}; add the page, or take the line out")
    for key in ("site_name", "site_description", "copyright"):
        if key in config.value and re.search("[<>]", str(config.value[key].value)):
            yield say(config.keys[key], f"'{key}' must be plain text: found '<' or '>'; use words")
    extra = config.value.get("extra")
    for key in extra.value if extra and isinstance(extra.value, dict) else ():
        if key != "repository":
            yield say(extra.keys[key], f"'extra' must hold 'repository' only: found '{key}'; take it out, the theme may ask another host for it")
        elif not re.fullmatch(r"https://[^\s/]+/\S*[^\s/]", str(extra.value[key].value)):
            yield say(extra.keys[key], f"'repository' must begin with https:// and end without '/': found '{extra.value[key].value}'; mend it")
    if "theme" in config.value and not site.repository:
        yield say(config.keys.get("extra", 1), "'extra' must have 'repository', where the source lives: it is missing; the links 'Is something wrong here?' and 'Edit this page' need it")
    theme = config.value.get("theme")
    for key, must in THEME.items():
        if theme and isinstance(theme.value, dict) and (key not in theme.value or theme.value[key].value != must):
            yield say(theme.keys.get(key, config.keys["theme"]), f"the theme's '{key}' must be '{must}': found {theme.value[key].plain() if key in theme.value else 'nothing'}; restore it")
    if theme and (not isinstance(theme.value, dict) or "font" not in theme.value or theme.value["font"].value is not False):
        line = theme.keys.get("font", config.keys["theme"])
        yield say(line, "the theme's 'font' must be false: other fonts are fetched from Google; set 'font: false'")
    for line, name in _names(config.value.get("plugins")):
        if name.removeprefix("material/") not in PLUGINS:
            yield say(line, f"a plugin must be one of {', '.join(PLUGINS)}: found '{name}'; do it in rls_site.markdown, a template or rls_site.publish")
    extensions = dict((name, line) for line, name in _names(config.value.get("markdown_extensions")))
    if config.value.get("markdown_extensions") and "rls_site.markdown" not in extensions:
        yield say(config.keys["markdown_extensions"], "'rls_site.markdown' must be among the extensions: it is missing; add it")
    for name in RISKY_EXTENSIONS:
        if name in extensions:
            yield say(extensions[name], f"an extension must not let HTML or other files in: found '{name}'; take it out")
    for key in ("extra_css", "extra_javascript"):
        for line, name in _names(config.value.get(key)):
            if "//" in name:
                yield say(line, f"'{key}' must name files under docs/: found '{name}'; add the file")
    validation = config.value.get("validation")
    exclude = str(config.value["exclude_docs"].value) if "exclude_docs" in config.value else ""
    if "_*" not in exclude.split():
        yield say(config.keys.get("exclude_docs", 1), "'exclude_docs' must hold '_*': else docs/_template.md is published; restore it")
    for key, item in (validation.value.items() if validation and isinstance(validation.value, dict) else ()):
        if item.value in ("ignore", "info", False):
            yield say(item.line, f"validation of '{key}' must be 'warn': found '{item.value}'; a broken link would go unseen")


def _no_pages(item: Lined) -> Iterator[tuple[int, str]]:
    if isinstance(item.value, (list, dict)) and item.value:
        for name, part in item.value.items() if isinstance(item.value, dict) else (("", part) for part in item.value):
            if part.value is None and name:
                yield item.keys[name], f"'{name}' with nothing in it"
            else:
                yield from _no_pages(part)
    elif not isinstance(item.value, str) or not item.value:
        yield item.line, f"{item.plain()!r}" if item.value else "nothing"


def _names(item: Lined | None) -> Iterator[tuple[int, str]]:
    if item is None or item.value is None:
        return
    if isinstance(item.value, dict):
        yield from ((item.keys[name], name) for name in item.value)
        return
    for entry in item.value if isinstance(item.value, list) else [item]:
        name = next(iter(entry.value), "") if isinstance(entry.value, dict) else str(entry.value)
        yield entry.line, name


def templates(site: Site) -> Iterator[Problem]:
    """Templates are valid Jinja, and load or run nothing the policy refuses.

    Wrong: ``<p style="color: red">``
    Right: ``<p class="warning">``
    """
    folder = site.root / "overrides"
    for name in ("main.html", "404.html"):
        if not (folder / name).is_file():
            yield Problem(f"overrides/{name}", 1, "templates", "the template must exist: it is missing; restore it")
    for file in sorted(folder.rglob("*")):
        if not file.is_file():
            continue
        shown = f"overrides/{file.relative_to(folder).as_posix()}"
        if file.suffix != ".html":
            yield Problem(shown, 1, "templates", f"overrides must hold .html templates only: found '{file.name}'; Zensical would publish it, move it to docs/")
            continue
        data = file.read_bytes()
        try:
            text = data.decode("utf-8")
            jinja2.Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"]).parse(text)
        except UnicodeDecodeError as fault:
            line = data[: fault.start].count(b"\n") + 1
            yield Problem(shown, line, "templates", "the file must be UTF-8 text: found other bytes; save it again as UTF-8")
            continue
        except jinja2.TemplateSyntaxError as fault:
            yield Problem(shown, fault.lineno, "templates", f"a template must be valid Jinja: {fault.message}; mend the tag")
            continue
        if file.name == "main.html" and site.template and UNCHECKED not in text:
            yield Problem(shown, 1, "templates", f"the template must say of an unreviewed page '{UNCHECKED}': it does not; restore the sentence")
        for number, line in enumerate(text.split("\n"), 1):
            for name in re.findall(r"{%-?\s*(?:include|extends|import|from)\s*[\"']([^\"']+)", line):
                if not (folder / name).is_file() and not (THEME_FOLDER / name).is_file():
                    yield Problem(shown, number, "templates", f"a template must name one that exists: found '{name}'; mend the name")
            for pattern, found, cure in TEMPLATE:
                if pattern.search(line):
                    yield Problem(shown, number, "templates", f"a template must pass the site's security policy: found {found}; {cure}")


def drawings(site: Site) -> Iterator[Problem]:
    """A drawing is a plain SVG: well formed, with a viewBox, without scripts or anything from elsewhere.

    Wrong: ``<svg onload="…">``
    Right: ``<svg viewBox="0 0 400 300">`` and shapes
    """
    for path in site.images:
        if not path.endswith(".svg"):
            continue
        shown = f"docs/{path}"
        data = (site.docs / path).read_bytes()
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as fault:
            line = data[: fault.start].count(b"\n") + 1
            yield Problem(shown, line, "drawings", "a drawing must be UTF-8 text: found other bytes; save it again as UTF-8")
            continue
        bad = False
        for number, line in enumerate(text.split("\n"), 1):
            line = re.sub(r"\bxmlns(?::\w+)?\s*=\s*(?:\"[^\"]*\"|'[^']*')", "", line)
            for pattern, found in DRAWING:
                if pattern.search(line):
                    bad = True
                    yield Problem(shown, number, "drawings", f"a drawing must hold shapes and text only: found {found}; take it out")
        if bad:
            continue
        try:
            root = ElementTree.fromstring(text)
        except ElementTree.ParseError as fault:
            yield Problem(shown, fault.position[0], "drawings", f"a drawing must be well-formed SVG: {str(fault).split(':')[0]}; export it again")
            continue
        if any(_active(node) for node in root.iter()):
            yield Problem(shown, 1, "drawings", "a drawing must hold shapes and text only: found something that runs or loads; take it out")
        if not root.tag.endswith("svg") or not root.get("viewBox"):
            yield Problem(shown, 1, "drawings", "a drawing must have a viewBox: found none; pages would jump while it loads, add viewBox=\"0 0 width height\"")


def _active(node: ElementTree.Element) -> bool:
    # A prefix or a line's end hides from a search of lines what the tree shows.
    names = {name.rpartition("}")[2].lower(): value for name, value in node.attrib.items()}
    leads_out = not names.get("href", "#").startswith("#")
    return node.tag.rpartition("}")[2].lower() in ACTIVE or leads_out or any(name.startswith("on") for name in names)


def scripts(site: Site) -> Iterator[Problem]:
    """Scripts and styles load nothing from elsewhere and make no code or HTML out of text.

    Wrong: ``box.innerHTML = name``
    Right: ``box.textContent = name``
    """
    for folder in ("javascripts", "stylesheets"):
        for file in sorted((site.docs / folder).rglob("*")):
            if file.suffix not in (".js", ".css"):
                continue
            for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").split("\n"), 1):
                for pattern, found, cure in SCRIPT:
                    if pattern.search(line):
                        shown = f"docs/{file.relative_to(site.docs).as_posix()}"
                        yield Problem(shown, number, "scripts", f"a script or style must stay within the site: found {found}; {cure}")


def lock(site: Site) -> Iterator[Problem]:
    """The lock pins every dependency, within its range and with a hash.

    Wrong: ``mkdocs==2.0`` in ``requirements.txt``
    Right: what ``make lock`` writes
    """
    declared, pins = site.root / "pyproject.toml", site.root / "requirements.txt"
    if not declared.is_file() or not pins.is_file():
        return

    def say(line: int, message: str) -> Problem:
        return Problem("requirements.txt", line, "lock", message)

    try:
        project = tomllib.loads(declared.read_text(encoding="utf-8"))["project"]
    except (tomllib.TOMLDecodeError, KeyError, UnicodeDecodeError) as fault:
        line = re.search(r"line (\d+)", str(fault))
        yield Problem("pyproject.toml", int(line.group(1)) if line else 1, "lock", f"the file must be valid TOML with [project]: {fault}; mend it")
        return
    pinned: dict[str, list[tuple[int, Requirement]]] = {}
    lines = pins.read_text(encoding="utf-8", errors="replace").split("\n")
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith(("#", " ")):
            continue
        try:
            pin = Requirement(line.rstrip(" \\"))
        except InvalidRequirement:
            yield say(number, f"a line must be 'name==version' and its hashes: found {line[:40]!r}; run: make lock")
            continue
        pinned.setdefault(canonicalize_name(pin.name), []).append((number, pin))
        if not re.fullmatch(r"==[\w.+!]+", str(pin.specifier)):
            yield say(number, f"a version must be pinned with '==': found '{pin}'; run: make lock")
        if number >= len(lines) or "--hash=sha256:" not in lines[number]:
            yield say(number, f"a version must have a hash: '{pin.name}' has none; run: make lock")
    wanted = [*project.get("dependencies", ()), *(item for items in project.get("optional-dependencies", {}).values() for item in items)]
    for text in wanted:
        need = Requirement(text)
        found = pinned.get(canonicalize_name(need.name))
        if not found:
            yield say(1, f"every dependency must be pinned: '{need.name}' of pyproject.toml is missing; run: make lock")
        for number, pin in found or ():
            version = str(pin.specifier).removeprefix("==")
            if version and not need.specifier.contains(version, prereleases=True):
                yield say(number, f"'{need.name}' must be {need.specifier}: found {version}; run: make lock")
