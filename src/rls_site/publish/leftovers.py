"""Takes out of the pages what the theme puts outside its blocks and only its own bundle needs."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from ..site import Site

LEFTOVERS = (
    (r"<script>__md_scope=.*?</script>", "helpers for the theme's bundle, which no page loads"),
    (r'[ ]*<style class="md-preview">.*?</style>\n?', "hides the rest of these under make serve"),
    (r'<input class="md-toggle"[^>]*>', "checkboxes that open the theme's menu and search"),
    (r'<label class="md-overlay"[^>]*></label>', "the shade behind the theme's menu"),
    (r'<div data-md-component="skip">.*?</div>', "the theme's skip link; ours stands in the header"),
    (r'<div data-md-component="announce">\s*</div>', "an announcement bar that is never filled"),
    (r"<script>var target=document\.getElementById\(location\.hash.*?</script>", "opens the theme's content tabs"),
    (r'<div class="md-dialog".*?</div>\s*</div>', "the theme's message box"),
    (r' class="md-(?:container|main|main__inner md-grid)"', "names for the theme's styles, which no page loads"),
    (r' data-md-component="(?:container|main)"', "names for the theme's bundle"),
)
"""What is taken out: a pattern and the reason. A test checks that each still occurs in the engine's own output."""

UNUSED = ("assets", "search", "search.json", "sitemap.xml.gz", "objects.inv")
"""What the engines write beside the pages and no page loads: folders and files."""


def leftovers(folder: Path, site: Site) -> None:
    """Remove LEFTOVERS from every page, and what is UNUSED."""
    for page in folder.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        for pattern, _ in LEFTOVERS:
            html = re.sub(pattern, "", html, flags=re.DOTALL)
        page.write_text(html, encoding="utf-8")
    for name in UNUSED:
        if (folder / name).is_dir():
            shutil.rmtree(folder / name)
        else:
            (folder / name).unlink(missing_ok=True)
