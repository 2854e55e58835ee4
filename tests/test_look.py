"""The look: colours can be read in all three themes, and the night pages' own small stylesheet loses nothing."""

from __future__ import annotations

import re

import pytest
import rcssmin

from rls_site.publish.styles import DIVIDE, LINK, usable
from tool_page import PATIENT

THEMES = ("light", "dark", "night")
TEXT = 4.5
SHAPE = 3.0

PAIRS = {
    **{(text, ground): TEXT for text in ("ink", "ink-soft", "accent") for ground in ("paper", "card", "lamp")},
    **{(text, ground): TEXT for text in ("yes", "error") for ground in ("paper", "card")},
    **{("on-band", ground): TEXT for ground in ("ask", "urgent", "band")},
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
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
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
    assert len(css.encode()) <= 21 * 1024
    assert len(rcssmin.cssmin(css.partition(DIVIDE)[0]).encode()) <= 7 * 1024


# The night pages


@pytest.mark.parametrize(
    ("selector", "kept"),
    [("p", True), (".box", False), ("p:not(.box)", True), ("p:has(.box)", False), ("p:has(> p)", True), ("p:has(.box, p)", True)],
)
def test_a_rule_is_kept_where_it_can_match(selector, kept):
    assert bool(usable(f"{selector} {{ margin: 0 }}", {"p"})) is kept


NIGHT = ("tonight/", "tonight/safety-check/", "tonight/routine/")
READY = "Promise.all([...document.images].map((image) => { image.loading = 'eager'; return image.decode(); }))"


def normal(page) -> None:
    """As it opens."""


def focus(page) -> None:
    page.keyboard.press("Tab")


def menu(page) -> None:
    page.click(".menu summary")


def contents(page) -> None:
    for summary in page.locator(".contents summary").all():
        summary.click()


def target(page) -> None:
    page.goto(page.url + "#source-1")


def paper(page) -> None:
    page.emulate_media(media="print")


def forced(page) -> None:
    page.emulate_media(forced_colors="active")


def search(page) -> None:
    page.click("[data-search]")
    page.wait_for_selector(".search__doors")


def answered(page) -> None:
    page.click(".question:not([hidden]) [data-answer=yes]")
    page.wait_for_selector(".outcome:not([hidden])")


def half_answered(page) -> None:
    for _ in range(3):
        page.click(".question:not([hidden]) [data-answer=no]")


def running(page) -> None:
    page.click("form button[type=submit]")
    page.wait_for_selector(".player[open]")


def over(page) -> None:
    running(page)
    while not page.locator(".player--over").count():
        page.click(".player__controls button:last-child")


STATES = [(path, state) for path in NIGHT for state in (normal, focus, menu, contents, target, paper, forced, search)] + [
    ("tonight/safety-check/", answered),
    ("tonight/safety-check/", half_answered),
    ("tonight/routine/", running),
    ("tonight/routine/", over),
]


@pytest.fixture(scope="module")
def whole(root, rendered):
    """A function that gives the whole stylesheets of a night page, before they were cut down to what it uses."""

    def sheets(path: str) -> str:
        names = [name for _, name in LINK.findall((rendered / path / "index.html").read_text(encoding="utf-8"))]
        assert "site.css" in names
        return "".join((root / "docs/stylesheets" / name).read_text(encoding="utf-8") for name in names)

    return sheets


SWAP = """(css) => {
  const style = document.querySelector("title + style"), published = style.textContent;
  style.textContent = css;
  return published;
}"""


@pytest.fixture
def pictures(browser, server, whole):
    """A function that gives a state as a fresh reader sees it, and the same with the whole stylesheets."""

    def take(path: str, state, width: int) -> tuple[bytes, bytes]:
        context = browser.new_context(viewport={"width": width, "height": 740}, service_workers="block", bypass_csp=True)
        context.add_init_script(PATIENT)
        page = context.new_page()
        timed = state in (running, over)
        if timed:
            page.clock.install(time="2030-01-01T02:00:00")
        page.goto(server + path)
        if timed:
            page.clock.pause_at("2030-01-01T03:00:00")
        state(page)
        page.evaluate(READY)

        def picture() -> bytes:
            # As JPEG: half the time of PNG, and the same pixels give the same bytes there too.
            return page.screenshot(type="jpeg", quality=80, full_page=state in (normal, contents, paper, forced, answered), animations="disabled")

        css = whole(path)
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
        context.close()
        assert len(css) > len(own) + 5000
        return published, full

    return take


@pytest.mark.parametrize(
    ("path", "state", "width"),
    [(path, state, 360) for path, state in STATES]
    + [(path, state, 1280) for path, state in STATES if state in (normal, menu)],
    ids=lambda value: getattr(value, "__name__", str(value).strip("/")),
)
def test_nothing_is_lost_from_the_night_pages(pictures, path, state, width):
    published, full = pictures(path, state, width)
    same = published == full  # not in the assert: what differs in a picture's bytes takes minutes to say, and says nothing
    assert same, "a rule that the page uses was cut away: see rls_site/publish/styles.py"
