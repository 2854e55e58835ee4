"""Every address ever published: none may stop working. ``rls-site addresses`` adds the new ones."""

from __future__ import annotations

from pathlib import Path

from .site import Site

LIST = "tests/data/addresses.txt"


def answered(site: Site) -> set[str]:
    """Return every address the site answers: its articles', and those they moved from."""
    old = {str(entry) for article in site.articles.values() for entry in article.meta.get("moved_from") or ()}
    return {article.address for article in site.articles.values()} | old


def listed(root: Path) -> list[str]:
    """Return the addresses in the list as the site has them: empty for the home page, which stands there as ``/``."""
    file = root / LIST
    return [line.strip().removeprefix("/") for line in file.read_text(encoding="utf-8").splitlines() if line.strip()] if file.is_file() else []


def append(site: Site) -> list[str]:
    """Add the addresses that are not yet in the list to its end; returns them."""
    new = sorted(answered(site) - set(listed(site.root)))
    if new:
        with (site.root / LIST).open("a", encoding="utf-8", newline="\n") as file:
            file.writelines(f"/{address}\n" for address in new)
    return new
