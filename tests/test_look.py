"""The look: colours can be read in all three themes, and the night pages' own small stylesheet loses nothing."""

from __future__ import annotations

import re

import pytest
import rcssmin
from PIL import ImageColor

from rls_site.publish.styles import DIVIDE, LATER, LINK, OWN, names_in_page, names_in_script, usable
from tool_page import PATIENT

THEMES = ("light", "dark", "night")
TEXT = 4.5
SHAPE = 3.0

PAIRS = {
    **{(text, ground): TEXT for text in ("ink", "ink-soft", "accent") for ground in ("paper", "card", "lamp")},
    **{(text, ground): TEXT for text in ("yes", "error") for ground in ("paper", "card")},
    **{("on-band", ground): TEXT for ground in ("ask", "band")},
    ("on-urgent", "urgent"): TEXT,
    ("paper", "accent"): TEXT,
    ("paper", "error"): TEXT,
    **{(shape, ground): SHAPE for shape in ("focus", "edge") for ground in ("paper", "card", "lamp")},
}
"""What stands on what, and the least contrast of WCAG 2.2 AA: 4.5 for text, 3 for outlines, edges and signs."""


def sheet(root) -> str:
    return (root / "docs/stylesheets/site.css").read_text(encoding="utf-8")


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): ?(#[0-9a-f]{3,6})\b", block))


@pytest.fixture(scope="module")
def themes(root) -> dict[str, dict[str, str]]:
    """The colours of each theme, by name."""
    css = sheet(root)
    light, dark = (colours(re.search(re.escape(head) + r" \{(.*?)\}", css, re.S).group(1)) for head in (":root", ":root[data-theme=dark]"))
    template = (root / "overrides/main.html").read_text(encoding="utf-8")
    night = colours(re.search(r"html:root:root\{(.*?)\}", template).group(1))
    return {"light": light, "dark": light | dark, "night": light | night}


def luminance(colour: str) -> float:
    parts = (value / 255 for value in ImageColor.getrgb(colour))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG: 1 for the same colour, 21 for black on white."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_wcag_does():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("theme", THEMES)
def test_colours_can_be_read(themes, theme):
    found = themes[theme]
    weak = {
        f"{one} on {other}": round(contrast(found[one], found[other]), 2)
        for (one, other), least in PAIRS.items()
        if contrast(found[one], found[other]) < least
    }
    assert weak == {}


def test_dark_is_the_same_by_choice_and_by_device(root):
    blocks = re.findall(r"color-scheme: dark;(.*?)\}", sheet(root), re.S)
    assert len(blocks) == 2
    assert blocks[0].split() == blocks[1].split()


def test_every_theme_says_whether_it_is_dark(root):
    """Form controls, scroll bars and the first blank screen follow it."""
    assert "html:root:root{color-scheme:dark;" in (root / "overrides/main.html").read_text(encoding="utf-8")


def test_the_stylesheet_stays_small(root):
    css = sheet(root)
    assert len(css.encode()) <= 23 * 1024
    assert len(rcssmin.cssmin(css.partition(DIVIDE)[0]).encode()) <= 7 * 1024


def test_the_first_screen_has_what_later_scripts_write(root, site_folder):
    """The search and the note of a newer page come without the page: whatever they write finds its styles on every page."""
    first = rcssmin.cssmin(sheet(root).partition(DIVIDE)[0])
    later = set().union(*(names_in_script((root / "docs/javascripts" / name).read_text(encoding="utf-8")) for name in ("search.js", "newer.js")))
    pages = [page for page in sorted(site_folder.rglob("*.html")) if not page.relative_to(site_folder).as_posix().startswith("tonight/")]
    assert len(pages) > 70
    for page in pages:
        html = page.read_text(encoding="utf-8")
        style = html[html.index("<style>") + 7 : html.index("</style>")]
        assert usable(first, names_in_page(html) | LATER | later) == usable(style, names_in_page(html) | LATER | later), page


# The night pages


@pytest.mark.parametrize(
    ("selector", "kept"),
    [("p", True), (".box", False), ("p:not(.box)", True), ("p:has(.box)", False), ("p:has(> p)", True), ("p:has(.box, p)", True)],
)
def test_a_rule_is_kept_where_it_can_match(selector, kept):
    assert bool(usable(f"{selector} {{ margin: 0 }}", {"p"})) is kept


NIGHT = ("tonight/", "tonight/safety-check/", "tonight/routine/", "tonight/when-touch-makes-it-worse/")
READY = "Promise.all([...document.images].map((image) => { image.loading = 'eager'; return image.decode(); }))"


@pytest.fixture(scope="module")
def whole(root, rendered):
    """A function that gives the whole stylesheets of a night page, before they were cut down to what it uses."""

    def sheets(path: str) -> str:
        html = (rendered / path / "index.html").read_text(encoding="utf-8")
        names = [name for _, name in LINK.findall(html)]
        assert "site.css" in names
        return "".join((root / "docs/stylesheets" / name).read_text(encoding="utf-8") for name in names) + "".join(OWN.findall(html))

    return sheets


@pytest.fixture
def night(browser, server):
    """A function that opens a night page as a fresh reader sees it, on a phone; the routine's clock stands still."""
    contexts = []

    def opened(path: str):
        context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block", bypass_csp=True)
        contexts.append(context)
        context.add_init_script(PATIENT)
        page = context.new_page()
        timed = path == "tonight/routine/"
        if timed:
            page.clock.install(time="2026-11-20T02:00:00")
        page.goto(server + path)
        if timed:
            page.clock.pause_at("2026-11-20T03:00:00")
        page.evaluate(READY)
        return page

    yield opened
    for context in contexts:
        context.close()


# What is there in a state of the page, beyond what is there when it opens


def menu(page) -> None:
    page.click(".menu summary")


def search(page) -> None:
    page.click("[data-search]")
    page.wait_for_selector(".search__doors")


def half_answered(page) -> None:
    for _ in range(3):
        page.click(".question:not([hidden]) [data-answer=no]")


def answered(page) -> None:
    page.click(".question:not([hidden]) [data-answer=yes]")
    page.wait_for_selector(".outcome:not([hidden])")


def running(page) -> None:
    page.evaluate("document.querySelector('.menu').open = false")
    page.click("form button[type=submit]")
    page.wait_for_selector(".player[open]")


def over(page) -> None:
    while not page.locator(".player--over").count():
        page.click(".player__controls button:last-child")


STATES = {
    "tonight/": (menu, search),
    "tonight/safety-check/": (half_answered, answered, menu),
    "tonight/routine/": (menu, running, over),
    "tonight/when-touch-makes-it-worse/": (menu,),
}
"""One after another, on a page opened once."""

LOST = r"""(css) => {
  const flat = (rules) => [...rules].flatMap((rule) => rule.selectorText ? rule.selectorText.split(/,(?![^()]*\))/) : flat(rule.cssRules ?? []));
  const selectors = (sheet) => [...new Set(flat(sheet.cssRules).map((one) => one.trim()))];
  const whole = new CSSStyleSheet();
  whole.replaceSync(css);
  const kept = selectors(document.querySelector("title + style").sheet);
  const bare = (one) => one.replace(/::[\w-]+(\([^)]*\))?|(?<!\():(hover|focus-visible|focus-within|focus|active|target|checked)\b/g, "").replace(/([\s>+~]|^)$/, "$1*");
  const lost = selectors(whole).filter((one) => !kept.includes(one) && !one.includes("data-theme"));
  return [lost.length, lost.filter((one) => document.querySelector(bare(one)))];
}"""
"""How many selectors were cut away, and those of them that would match something here, whatever is pointed at or focused."""


@pytest.mark.parametrize("path", NIGHT)
def test_no_rule_that_matches_is_cut_away(night, whole, path):
    page, css = night(path), whole(path)
    cut, matching = page.evaluate(LOST, css)
    assert cut > 40 and matching == []
    for state in STATES[path]:
        state(page)
        assert page.evaluate(LOST, css)[1] == [], state.__name__


SWAP = """(css) => {
  const style = document.querySelector("title + style"), published = style.textContent;
  style.textContent = css;
  return published;
}"""


def same(page, css: str, **options) -> bool:
    """Whether a page looks the same, to the byte of a JPEG, with the styles it was published with and with the whole of them."""

    def picture() -> bytes:
        return page.screenshot(type="jpeg", quality=80, animations="disabled", **options)

    published = picture()
    own = page.evaluate(SWAP, css)
    full = picture()
    # Again, both: about one picture in twenty of the same page differs by a shade. A lost rule differs every time.
    for _ in range(4):
        if published == full:
            break
        page.evaluate(SWAP, own)
        published = picture()
        page.evaluate(SWAP, css)
        full = picture()
    page.evaluate(SWAP, own)
    return published == full


@pytest.mark.parametrize("path", NIGHT)
def test_nothing_is_lost_from_the_night_pages(night, whole, path):
    """Pictures, as the order of rules counts too: the page whole, focused, at a target, forced colours, paper, wide, and in its states."""
    page, css = night(path), whole(path)
    differs = []

    def look(name: str, **options) -> None:
        if not same(page, css, **options):
            differs.append(name)

    look("as it opens", full_page=True)
    page.evaluate("location.hash = 'content'")
    page.keyboard.press("Tab")
    look("focused, at a target")
    page.emulate_media(forced_colors="active")
    look("forced colours")
    page.emulate_media(media="print", forced_colors="none")
    look("paper")
    page.emulate_media(media="screen")
    for state in STATES[path]:
        state(page)
        look(state.__name__)
    page.set_viewport_size({"width": 1280, "height": 740})
    look("wide")
    assert differs == [], "a rule that the page uses was cut away: see rls_site/publish/styles.py"
