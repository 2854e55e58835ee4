"""Smaller pages and scripts, and folders named after the hash of their bytes."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import minify_html
import rjsmin

from ..site import Site

FOLDERS = ("javascripts", "stylesheets", "images")
"""Each is renamed to ``NAME-HASH``: its files may then be kept by browsers for ever."""

def minify_pages(folder: Path, site: Site) -> None:
    """Take white space, and the quotes and closing tags that HTML can do without, out of every page; the text stays."""
    for page in folder.rglob("*.html"):
        html = minify_html.minify(
            page.read_text(encoding="utf-8"),
            keep_html_and_head_opening_tags=True,
            keep_input_type_text_attr=True,
            allow_removing_spaces_between_attributes=False,
            minify_css=False,
            minify_js=False,
        )
        page.write_text(html, encoding="utf-8")


def minify_scripts(folder: Path, site: Site) -> None:
    """Take comments and white space out of our scripts; names and code stay."""
    for script in sorted((folder / "javascripts").glob("*.js")):
        script.write_text(rjsmin.jsmin(script.read_text(encoding="utf-8")), encoding="utf-8")


def hash_names(folder: Path, site: Site) -> None:
    """Rename the asset folders after their bytes and mend every reference to them in pages and the manifest."""
    names: dict[str, str] = {}
    for name in FOLDERS:
        source = folder / name
        if source.is_dir():
            names[name] = f"{name}-{digest(source)}"
            source.rename(folder / names[name])
    for page in folder.rglob("*"):
        if page.suffix in (".html", ".webmanifest"):
            text = page.read_text(encoding="utf-8")
            text = re.sub(
                r"""((?:href|src|content)="?'?|"src":\s*")((?:https?://[^"'>\s]*/|(?:\.\./)*|\./|/)?)(""" + "|".join(names) + r""")/""",
                lambda m: f"{m.group(1)}{m.group(2)}{names[m.group(3)]}/",
                text,
            )
            page.write_text(text, encoding="utf-8")


def digest(folder: Path, digits: int = 10) -> str:
    """Return ``digits`` hex digits that change with the name or bytes of any file."""
    total = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            total.update(file.relative_to(folder).as_posix().encode())
            total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()[:digits]
