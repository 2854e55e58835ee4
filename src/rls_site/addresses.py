"""``rls-site addresses``: adds to the list of every address ever published."""

from __future__ import annotations

from .rules.addresses import LIST, answered, listed
from .site import Site


def add(site: Site) -> list[str]:
    """Add the addresses that are not yet in the list, which stays in order, so that two pull requests seldom meet in one line; returns them."""
    known = listed(site.root)
    new = sorted(answered(site) - set(known))
    if new:
        text = "".join(f"/{address}\n" for address in sorted({*known, *new}))
        (site.root / LIST).write_text(text, encoding="utf-8", newline="\n")
    return new
