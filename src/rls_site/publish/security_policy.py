"""The content-security policy, from the built pages: as ``<meta>`` in each, and as headers for hosts that set them."""

from __future__ import annotations

import base64
import hashlib
import html as markup
import re
from pathlib import Path

from ..site import Site

ATTRIBUTES = r"""((?:"[^"]*"|'[^']*'|[^"'>])*)"""
INLINE = re.compile(rf"<(script|style|title)\b{ATTRIBUTES}>(.*?)</\1>|<[a-z/]{ATTRIBUTES}>", re.DOTALL | re.IGNORECASE)
"""A script or style with its text, or any other tag: what an attribute or the title quotes is no script."""

DATA = re.compile(r"\bsrc=|type=[\"']?(?:application|text/(?!javascript))")
"""In the attributes of a script whose text does not run: it stands in a file, or is data such as JSON-LD."""

META = re.compile(r'<meta charset="?utf-8"?\s*/?>', re.IGNORECASE)

FIXED_HEADERS = (
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
    ("Strict-Transport-Security", "max-age=31536000"),
)
"""Headers that do not depend on the pages."""

FOREVER = "public, max-age=31536000, immutable"
AGAIN = "public, max-age=0, must-revalidate"


def source_hash(text: str) -> str:
    """Return a CSP source for an inline script or style: ``'sha256-…'``."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def inline(html: str) -> tuple[set[str], set[str]]:
    """Return the texts of a page's inline scripts, those that run, and of its styles."""
    found: dict[str, set[str]] = {"script": set(), "style": set(), "title": set()}
    for tag, attributes, text, _ in INLINE.findall(html):
        if tag and not DATA.search(attributes):
            found[tag.lower()].add(text)
    return found["script"], found["style"]


def policy(scripts: set[str], styles: set[str]) -> str:
    """Return the policy that allows our own files and these inline hashes, and nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(["script-src 'self'", *sorted(scripts)]),
            " ".join(["style-src 'self'", *sorted(styles)]),
            "img-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def security_policy(folder: Path, site: Site) -> None:
    """Write each page's policy into it, and all headers into ``_headers`` (Cloudflare Pages, Netlify).

    Raises ValueError for a page with a script of its own, which a hash would let run, or without a place for its policy.
    """
    ours = "".join(file.read_text(encoding="utf-8") for file in (site.root / "overrides").glob("*.html"))
    all_scripts: set[str] = set()
    all_styles: set[str] = set()
    for page in sorted(folder.rglob("*.html")):
        html = page.read_text(encoding="utf-8")
        texts, sheets = inline(html)
        for text in sorted(texts):
            if f"<script>{text}</script>" not in ours:
                raise ValueError(f"{page.relative_to(folder)} holds a script that stands in no template: {text[:60]!r}")
        scripts, styles = set(map(source_hash, texts)), set(map(source_hash, sheets))
        all_scripts |= scripts
        all_styles |= styles
        meta = f'<meta http-equiv="Content-Security-Policy" content="{markup.escape(policy(scripts, styles), quote=True).replace("&#x27;", chr(39))}">'
        html, count = META.subn(lambda match: match.group(0) + meta, html, count=1)
        if not count:
            raise ValueError(f"{page.relative_to(folder)} has no <meta charset>: the policy has no place")
        page.write_text(html, encoding="utf-8")
    lines = ["/*", f"  Content-Security-Policy: {policy(all_scripts, all_styles)}; frame-ancestors 'none'"]
    lines += [f"  {name}: {value}" for name, value in FIXED_HEADERS]
    lines += [f"  Cache-Control: {AGAIN}"]
    for hashed in sorted(path.name for path in folder.iterdir() if re.fullmatch(r"\w+-[0-9a-f]{10}", path.name)):
        lines += [f"/{hashed}/*", "  ! Cache-Control", f"  Cache-Control: {FOREVER}"]
    (folder / "_headers").write_text("\n".join(lines) + "\n", encoding="utf-8")
