"""Pictures and words for when someone shares a page: one card per article, one per claim, and the tags that name them.

A card is an SVG of ours, drawn to PNG by resvg with one font that is installed with the project, so that its bytes are
the same on every machine. Cards are kept under ``build/share/`` by the hash of their SVG and of what draws them.
"""

from __future__ import annotations

import hashlib
import html
import io
import re
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import version
from pathlib import Path

import font_source_sans_pro
import resvg_py
from PIL import Image, ImageFont

from ..article import Article, in_words, plain_text
from ..evidence.claims import CERTAINTIES, Claim
from ..markdown.cards import SURE
from ..markdown.claims import VERDICT_WORDS
from ..site import CLAIMS, SITE_NAME, Site
from .pages import add_to_head, page_of

WIDTH, HEIGHT, EDGE = 1200, 630, 72
COLOURS = 24
"""The colours a card is reduced to: flat shapes and the soft edges of letters need no more."""

NIGHT, PAPER, SOFT, FLAME, BAR = "#171310", "#fff3e4", "#c9b9a4", "#efb35f", "#4a3d30"

FONTS = {
    "bold": font_source_sans_pro.font_files_ttf["SourceSansProBold"],
    "regular": font_source_sans_pro.font_files_ttf["SourceSansPro"],
}

MADE_BY = " ".join(f"{name} {version(name)}" for name in ("resvg-py", "Pillow", "font-source-sans-pro"))
"""What draws a card; part of the name it is kept by."""


def picture_address(article: Article) -> str:
    """Return the address of an article's card, from the site's root."""
    return f"share/{article.address.rstrip('/').replace('/', '-') or 'home'}.png"


def claim_address(claim: Claim) -> str:
    """Return the address of a claim's card, from the site's root."""
    return f"share/claims/{claim.id}.png"


@cache
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS[weight], size)


def wrapped(text: str, weight: str, size: int, most: int, width: float = WIDTH - 2 * EDGE) -> list[str]:
    """Return a text as lines that fit ``width``; what is beyond ``most`` lines ends in an ellipsis."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if _font(weight, size).getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1].rstrip('.,;:')}…"]
    return lines


def _text(lines: list[str], y: int, weight: str, size: int, fill: str, leading: float = 1.22) -> tuple[str, int]:
    parts = [
        f'<text x="{EDGE}" y="{y + round((number + 0.8) * size * leading)}" font-size="{size}" font-weight="{700 if weight == "bold" else 400}"'
        f' fill="{fill}">{html.escape(line, quote=False)}</text>'
        for number, line in enumerate(lines)
    ]
    return "".join(parts), y + round(len(lines) * size * leading)


def _fitted(text: str, weight: str, sizes: tuple[int, ...], height: int, leading: float = 1.22) -> tuple[list[str], int]:
    """Return a text's lines in the largest of the sizes at which they need no more than ``height``; else cut, in the smallest."""
    for size in sizes:
        lines = wrapped(text, weight, size, 99)
        if len(lines) * size * leading <= height:
            return lines, size
    return wrapped(text, weight, sizes[-1], max(1, int(height / sizes[-1] / leading))), sizes[-1]


def _certainty(level: str, y: int) -> str:
    steps = CERTAINTIES.index(level) + 1
    bars = "".join(
        f'<rect x="{EDGE + number * 46}" y="{y}" width="38" height="18" rx="4" fill="{FLAME if number < steps else BAR}"/>' for number in range(4)
    )
    words = f"Certainty: {level.replace('-', ' ')}. {SURE[level]}"
    return f'{bars}<text x="{EDGE + 204}" y="{y + 17}" font-size="28" font-weight="700" fill="{FLAME}">{words}</text>'


@cache
def _mark(file: Path) -> str:
    """The site's mark, its leg in PAPER and its moon in FLAME, from the drawing with these two paths in a box of 64."""
    paths = re.findall(r' d="([^"]+)"', file.read_text(encoding="utf-8"))
    if len(paths) != 2:
        raise ValueError(f"docs/images/{file.name} must have two paths, the leg and then the moon: found {len(paths)}; draw each as one, or mend rls_site/publish/share.py")
    leg, moon = paths
    return f'<g transform="translate(1054 482) scale(1.6)"><path d="{leg}" fill="{PAPER}"/><path d="{moon}" fill="{FLAME}"/></g>'


def _card(site: Site, label: str, heading: str, text: str, level: str, foot: str, verdict: str = "", about: str = "") -> str:
    """One card; about: the claim that the certainty belongs to, where the heading is not that claim."""
    top, y = _text([label], 60, "regular", 30, SOFT)
    lines, size = _fitted(heading, "bold", (68, 60, 52, 46), 170, 1.14)
    title, y = _text(lines, y + 10, "bold", size, PAPER, 1.14)
    said = ""
    if verdict:
        said, y = _text([verdict], y + 10, "bold", 40, FLAME)
    lines, size = _fitted(text, "regular", (37, 33, 29), (440 if about else 484 if level else 530) - y - 14)
    body, y = _text(lines, y + 14, "regular", size, PAPER)
    if about:
        body += _text(wrapped(about, "regular", 27, 1, 950), 456, "regular", 27, SOFT)[0]
    sure = _certainty(level, 502) if level else ""
    bottom, _ = _text([foot], 548, "regular", 27, SOFT)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="Source Sans Pro">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{NIGHT}"/><rect width="14" height="{HEIGHT}" fill="{FLAME}"/>'
        f"{_mark(site.docs / 'images' / 'mark.svg')}"
        f"{top}{title}{said}{body}{sure}{bottom}</svg>"
    )


def article_card(article: Article, site: Site) -> str:
    """Return an article's card as SVG: its title, the answer in one sentence, its main claim and how sure we are of that, when it was reviewed."""
    claim = site.evidence.claims.get(article.meta.get("main_claim", ""))
    about = f"“{claim.claim.rstrip('.')}”: {VERDICT_WORDS[claim.verdict].lower()}." if claim else ""
    return _card(
        site, SITE_NAME, article.meta["title"], article.meta["description"], claim.certainty if claim else "",
        f"Last reviewed {in_words(article.meta['last_reviewed'])}. {_host(site)}", about=about,
    )


def claim_card(claim: Claim, site: Site) -> str:
    """Return a claim's card as SVG: the claim, the verdict, what was found, certainty, source and date."""
    sources = site.evidence.sources_of(claim)
    more = f" and {len(sources) - 1} more" if len(sources) > 1 else ""
    rest = f"{more}. Evidence searched to {in_words(site.articles[CLAIMS].meta['evidence_searched'])}"
    room = 950 - _font("regular", 27).getlength(rest)
    first = wrapped(f"Source: {sources[0].short}", "regular", 27, 1, room)[0] if sources else "No study found"
    return _card(
        site, f"People say. {SITE_NAME} looked it up", f"“{claim.claim.rstrip('.')}”", plain_text(claim.finding), claim.certainty,
        f"{first}{rest}",
        VERDICT_WORDS[claim.verdict],
    )


def _host(site: Site) -> str:
    return re.sub(r"^https?://|/$", "", site.url)


def _kept(svg: str, cache: Path) -> Path:
    return cache / f"{hashlib.sha256(f'{MADE_BY} {COLOURS} {svg}'.encode()).hexdigest()[:32]}.png"


def drawn(svg: str, cache: Path) -> bytes:
    """Return a card as PNG bytes, from the cache where it was drawn before."""
    kept = _kept(svg, cache)
    if kept.is_file():
        return kept.read_bytes()
    full = resvg_py.svg_to_bytes(svg_string=svg, font_files=list(FONTS.values()), skip_system_fonts=True)
    few = Image.open(io.BytesIO(bytes(full))).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    data = io.BytesIO()
    few.save(data, "PNG", compress_level=6)
    cache.mkdir(parents=True, exist_ok=True)
    # Two builds may draw the same card at once: each writes its own file, and the last one put in place stays.
    handle, scratch = tempfile.mkstemp(dir=cache, suffix=".new")
    with open(handle, "wb") as file:
        file.write(data.getvalue())
    Path(scratch).replace(kept)
    return data.getvalue()


def share(folder: Path, site: Site) -> None:
    """Draw every card, name each article's in its page's head, and offer the claims' on the claim checker."""
    cache = site.root / "build" / "share"
    (folder / "share" / "claims").mkdir(parents=True, exist_ok=True)
    cards = {picture_address(article): article_card(article, site) for article in site.articles.values()}
    cards |= {claim_address(claim): claim_card(claim, site) for claim in site.evidence.claims.values()}
    with ThreadPoolExecutor() as pool:
        for address, data in zip(cards, pool.map(lambda svg: drawn(svg, cache), cards.values())):
            (folder / address).write_bytes(data)
    for old in set(cache.glob("*.png")) - {_kept(svg, cache) for svg in cards.values()}:
        old.unlink(missing_ok=True)
    for article in site.articles.values():
        add_to_head(page_of(folder, article), _tags(article, site.url))
    checker = page_of(folder, site.articles[CLAIMS])
    checker.write_text(
        re.sub(
            r'(<section class="claim[^>]*>\s*<h2 id="([\w-]+)".*?)(</section>)',
            r'\1<p class="claim__share"><a href="../../share/claims/\2.png">A picture of this to share</a></p>\3',
            checker.read_text(encoding="utf-8"),
            flags=re.DOTALL,
        ),
        encoding="utf-8",
    )


def _tags(article: Article, base: str) -> str:
    meta = article.meta
    tags = (
        ("property", "og:type", "article" if article.address else "website"),
        ("property", "og:site_name", SITE_NAME),
        ("property", "og:locale", "en_GB"),
        ("property", "og:title", meta["title"]),
        ("property", "og:description", meta["description"]),
        ("property", "og:url", base + article.address),
        ("property", "og:image", base + picture_address(article)),
        ("property", "og:image:alt", f"{meta['title']} {meta['description']}"),
        ("name", "twitter:card", "summary_large_image"),
    )
    return "".join(f'<meta {kind}="{name}" content="{html.escape(str(value))}">' for kind, name, value in tags)
