"""Pictures and words for when someone shares a page: one card per article, one per claim, and the tags that name them.

A card is lines of text, bars and the site's mark, drawn by Pillow with one font that is installed with the project, so
that its bytes are the same on every machine. Cards are kept under ``build/share/`` by the hash of what is on them and of
what draws them.
"""

from __future__ import annotations

import hashlib
import html
import io
import re
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import font_source_sans_pro
import resvg_py
from PIL import Image, ImageColor, ImageDraw, ImageFont

from ..article import Article, in_words, plain_text
from ..evidence.claims import CERTAINTIES, SURE, VERDICT_WORDS, Claim
from ..site import CLAIMS, SITE_NAME, Site
from .pages import add_to_head, page_of

WIDTH, HEIGHT, EDGE = 1200, 630, 72
BARS, MARK, MARK_PLACE = 502, 102, (1054, 482)
"""Pixels: the top of the bars of certainty, the side of the mark, and its left and top."""

NIGHT, PAPER, SOFT, FLAME, BAR = "#171310", "#fff3e4", "#c9b9a4", "#efb35f", "#4a3d30"

SHADES = 10
"""Steps from the ground to a colour, for the soft edges of letters: a card holds these colours and no others."""

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


@dataclass(frozen=True)
class Line:
    """A line of text on a card: where its letters stand (pixels from the left and from the top), its weight, size and colour."""

    words: str
    x: int
    y: int
    weight: str
    size: int
    fill: str


@dataclass(frozen=True)
class Card:
    """The words of a card; ``level`` is a certainty or empty, ``about`` the claim it belongs to, where the heading is not that claim."""

    label: str
    heading: str
    text: str
    level: str
    foot: str
    verdict: str = ""
    about: str = ""


@cache
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    # The basic layout: the other one needs a library that not every machine has.
    return ImageFont.truetype(FONTS[weight], size, layout_engine=ImageFont.Layout.BASIC)


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


def _lines(lines: list[str], y: int, weight: str, size: int, fill: str, leading: float = 1.22) -> tuple[list[Line], int]:
    """Set lines below each other from ``y`` on; returns them and where they end."""
    placed = [Line(line, EDGE, y + round((number + 0.8) * size * leading), weight, size, fill) for number, line in enumerate(lines)]
    return placed, y + round(len(lines) * size * leading)


def _fitted(text: str, weight: str, sizes: tuple[int, ...], height: int, leading: float = 1.22) -> tuple[list[str], int]:
    """Return a text's lines in the largest of the sizes at which they need no more than ``height``; else cut, in the smallest."""
    for size in sizes:
        lines = wrapped(text, weight, size, 99)
        if len(lines) * size * leading <= height:
            return lines, size
    return wrapped(text, weight, sizes[-1], max(1, int(height / sizes[-1] / leading))), sizes[-1]


@cache
def _mark(file: Path) -> Image.Image:
    """The site's mark, its leg in PAPER and its moon in FLAME, from the drawing with these two paths in a box of 64."""
    paths = re.findall(r' d="([^"]+)"', file.read_text(encoding="utf-8"))
    if len(paths) != 2:
        raise ValueError(f"docs/images/{file.name} must have two paths, the leg and then the moon: found {len(paths)}; draw each as one, or mend rls_site/publish/share.py")
    leg, moon = paths
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{MARK}" height="{MARK}" viewBox="0 0 64 64">'
        f'<path d="{leg}" fill="{PAPER}"/><path d="{moon}" fill="{FLAME}"/></svg>'
    )
    return Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=drawing)))).convert("RGBA")


def laid_out(card: Card) -> list[Line]:
    """Return the lines of a card, each in its place: measuring letters takes ten times as long as reading a card drawn before."""
    top, y = _lines([card.label], 60, "regular", 30, SOFT)
    lines, size = _fitted(card.heading, "bold", (68, 60, 52, 46), 170, 1.14)
    title, y = _lines(lines, y + 10, "bold", size, PAPER, 1.14)
    said = []
    if card.verdict:
        said, y = _lines([card.verdict], y + 10, "bold", 40, FLAME)
    lines, size = _fitted(card.text, "regular", (37, 33, 29), (440 if card.about else 484 if card.level else 530) - y - 14)
    body, y = _lines(lines, y + 14, "regular", size, PAPER)
    if card.about:
        body += _lines(wrapped(card.about, "regular", 27, 1, 950), 456, "regular", 27, SOFT)[0]
    if card.level:
        body.append(Line(f"Certainty: {card.level.replace('-', ' ')}. {SURE[card.level]}", EDGE + 204, BARS + 17, "bold", 28, FLAME))
    bottom, _ = _lines([card.foot], 548, "regular", 27, SOFT)
    return [*top, *title, *said, *body, *bottom]


def article_card(article: Article, site: Site) -> Card:
    """Return an article's card: its title, the answer in one sentence, its main claim and how sure we are of that, when it was reviewed."""
    claim = site.evidence.claims.get(article.meta.get("main_claim", ""))
    about = f"“{claim.claim.rstrip('.')}”: {VERDICT_WORDS[claim.verdict].lower()}." if claim else ""
    return Card(
        SITE_NAME, article.meta["title"], article.meta["description"], claim.certainty if claim else "",
        f"Last reviewed {in_words(article.meta['last_reviewed'])}. {_host(site)}", about=about,
    )


def claim_card(claim: Claim, site: Site) -> Card:
    """Return a claim's card: the claim, the verdict, what was found, certainty, source and date."""
    sources = site.evidence.sources_of(claim)
    more = f" and {len(sources) - 1} more" if len(sources) > 1 else ""
    rest = f"{more}. Evidence searched to {in_words(site.articles[CLAIMS].meta['evidence_searched'])}"
    room = 950 - _font("regular", 27).getlength(rest)
    first = wrapped(f"Source: {sources[0].short}", "regular", 27, 1, room)[0] if sources else "No study found"
    return Card(
        f"People say. {SITE_NAME} looked it up", f"“{claim.claim.rstrip('.')}”", plain_text(claim.finding), claim.certainty,
        f"{first}{rest}",
        VERDICT_WORDS[claim.verdict],
    )


def _host(site: Site) -> str:
    return re.sub(r"^https?://|/$", "", site.url)


@cache
def _palette() -> Image.Image:
    """The colours of every card: from the ground to each other one in SHADES steps."""
    ground = ImageColor.getrgb(NIGHT)
    colours = [ground] + [
        tuple(round(low + (high - low) * step / SHADES) for low, high in zip(ground, ImageColor.getrgb(colour)))
        for colour in (PAPER, SOFT, FLAME, BAR)
        for step in range(1, SHADES + 1)
    ]
    palette = Image.new("P", (1, 1))
    palette.putpalette([channel for colour in colours for channel in colour])
    return palette


def picture(card: Card, mark: Path) -> bytes:
    """Draw a card with the mark from an SVG file; returns the bytes of a PNG of WIDTH x HEIGHT pixels."""
    image = Image.new("RGB", (WIDTH, HEIGHT), NIGHT)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 13, HEIGHT), FLAME)
    for line in laid_out(card):
        draw.text((line.x, line.y), line.words, line.fill, _font(line.weight, line.size), anchor="ls")
    if card.level:
        for number in range(4):
            left = EDGE + number * 46
            draw.rounded_rectangle((left, BARS, left + 37, BARS + 17), 4, FLAME if number <= CERTAINTIES.index(card.level) else BAR)
    image.paste(_mark(mark), MARK_PLACE, _mark(mark))
    data = io.BytesIO()
    image.quantize(palette=_palette(), dither=Image.Dither.NONE).save(data, "PNG", compress_level=6)
    return data.getvalue()


@cache
def _drawing(mark: Path) -> str:
    return f"{MADE_BY} {Path(__file__).read_text(encoding='utf-8')} {mark.read_text(encoding='utf-8')}"


def _kept(card: Card, mark: Path, cache: Path) -> Path:
    return cache / f"{hashlib.sha256(f'{_drawing(mark)} {card}'.encode()).hexdigest()[:32]}.png"


def drawn(card: Card, mark: Path, cache: Path) -> bytes:
    """Return a card as PNG bytes, from the cache where it was drawn before."""
    kept = _kept(card, mark, cache)
    if kept.is_file():
        return kept.read_bytes()
    data = picture(card, mark)
    cache.mkdir(parents=True, exist_ok=True)
    # Two builds may draw the same card at once: each writes its own file, and the last one put in place stays.
    handle, scratch = tempfile.mkstemp(dir=cache, suffix=".new")
    with open(handle, "wb") as file:
        file.write(data)
    Path(scratch).replace(kept)
    return data


def share(folder: Path, site: Site) -> None:
    """Draw every card, and name each article's in its page's head; ``copy-link.js`` offers the claims'."""
    cache = site.root / "build" / "share"
    (folder / "share" / "claims").mkdir(parents=True, exist_ok=True)
    cards = {picture_address(article): article_card(article, site) for article in site.articles.values()}
    cards |= {claim_address(claim): claim_card(claim, site) for claim in site.evidence.claims.values()}
    mark = site.docs / "images" / "mark.svg"
    for address, card in cards.items():
        (folder / address).write_bytes(drawn(card, mark, cache))
    for old in set(cache.glob("*.png")) - {_kept(card, mark, cache) for card in cards.values()}:
        old.unlink(missing_ok=True)
    for article in site.articles.values():
        add_to_head(page_of(folder, article), _tags(article, site.url))


def _tags(article: Article, base: str) -> str:
    meta = article.meta
    tags = (
        ("property", "og:type", "article" if article.address else "website"),
        ("property", "og:title", meta["title"]),
        ("property", "og:description", meta["description"]),
        ("property", "og:url", base + article.address),
        ("property", "og:image", base + picture_address(article)),
        ("property", "og:image:alt", f"{meta['title']} {meta['description']}"),
        ("name", "twitter:card", "summary_large_image"),
    )
    return "".join(f'<meta {kind}="{name}" content="{html.escape(str(value))}">' for kind, name, value in tags)
