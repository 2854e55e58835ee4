"""The rule on addresses: none that was ever published may stop working."""

from __future__ import annotations

import re
from pathlib import Path

from ..article import address_of
from ..problem import FoundIn
from ..site import Site

LIST = "tests/data/addresses.txt"
"""Every address ever published; ``rls-site addresses`` adds the new ones."""


def answered(site: Site) -> set[str]:
    """Return every address the site answers: its articles', and those they moved from."""
    moved = (article.meta.get("moved_from") for article in site.articles.values())
    old = {str(entry) for entries in moved if isinstance(entries, list) for entry in entries}
    return {address_of(path) for path in site.paths} | old


def _lines(root: Path) -> list[str]:
    file = root / LIST
    return [line.strip() for line in file.read_text(encoding="utf-8", errors="replace").splitlines()] if file.is_file() else []


def listed(root: Path) -> list[str]:
    """Return the addresses in the list as the site has them: empty for the home page, which stands there as ``/``."""
    return [line.removeprefix("/") for line in _lines(root) if line]


def kept_addresses(site: Site) -> FoundIn:
    """An address that was published goes on working, on a page of its own or through ``moved_from``.

    Wrong: ``massage/old-name.md`` renamed, and nothing else
    Right: ``moved_from: [massage/old-name/]`` on the new page
    """
    known, now = listed(site.root), answered(site)
    new = sorted(path for path, article in site.articles.items() if known and article.address not in known)
    for line, text in enumerate(_lines(site.root), 1):
        address = text.removeprefix("/")
        if text and not re.fullmatch(r"/(?:[\w.-]+/)*", text):
            yield LIST, line, f"a line must be an address such as /massage/rest/: found '{text[:40]}'; take it out"
        elif text and address not in now:
            place = f"docs/{new[0]}, if it" if len(new) == 1 else "the page that"
            yield LIST, line, f"an address must go on working: nothing answers '/{address}'; write 'moved_from: [{address}]' on {place} took its place, or restore its file and say why with 'withdrawn:'"
