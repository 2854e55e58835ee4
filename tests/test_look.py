"""The look: colours can be read in all three themes, and the night pages' own small stylesheet loses nothing."""

from __future__ import annotations

import re

import pytest
import rcssmin

from rls_site.publish.styles import DIVIDE, LINK

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

NIGHT = ("tonight/", "tonight/safety-check/", "tonight/routine/")
READY = "Promise.all([...document.images].map((image) => { image.loading = 'eager'; return image.decode(); }))"


def normal(page) -> None:
    """As it opens."""


def focus(page) -> None:
    page.keyboard.press("Tab")


def menu(page) -> None:
    page.click(".menu summary")


def contents(page) -> None:
    page.click(".contents summary")


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
    page.wait_for_timeout(400)  # the check takes a faster tap for a slip
    page.click(".question:not([hidden]) [data-answer=yes]")
    page.wait_for_selector(".outcome:not([hidden])")


def half_answered(page) -> None:
    for _ in range(3):
        page.wait_for_timeout(400)
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
    """A function that gives a night page's HTML with the whole stylesheets in place of those cut down to what it uses."""

    def swap(path: str, html: str) -> str:
        names = [name for _, name in LINK.findall((rendered / path / "index.html").read_text(encoding="utf-8"))]
        assert "site.css" in names
        css = "".join((root / "docs/stylesheets" / name).read_text(encoding="utf-8") for name in names)
        swapped = re.sub(r"(</title><style>).*?(</style>)", lambda found: found[1] + css + found[2], html, count=1, flags=re.S)
        assert len(swapped) > len(html) + 5000
        return swapped

    return swap


@pytest.fixture(scope="module", params=(360, 1280), ids=("phone", "desktop"))
def two_pages(request, browser, server, site_folder, whole):
    """Two readers at one width: one gets night pages as published, the other with the whole stylesheets."""
    readers = []
    for full in (False, True):
        context = browser.new_context(viewport={"width": request.param, "height": 740}, service_workers="block", bypass_csp=True)
        page = context.new_page()
        if full:

            def answer(route):
                path = route.request.url.removeprefix(server).partition("#")[0]
                html = (site_folder / path / "index.html").read_text(encoding="utf-8")
                route.fulfill(body=whole(path, html), content_type="text/html; charset=utf-8")

            for path in NIGHT:
                page.route(server + path, answer)
        page.clock.install()
        readers.append(page)
    yield readers
    for page in readers:
        page.context.close()


@pytest.mark.parametrize(("path", "state"), STATES, ids=lambda value: value.strip("/") if isinstance(value, str) else value.__name__)
def test_nothing_is_lost_from_the_night_pages(two_pages, server, path, state):
    shots = []
    for page in two_pages:
        page.goto("about:blank")
        page.emulate_media(media="screen", forced_colors="none")
        page.goto(server + path)
        page.evaluate("localStorage.clear()")
        page.clock.pause_at("2030-01-01") if state in (running, over) else page.clock.resume()
        page.evaluate(READY)
        state(page)
        page.evaluate(READY)
        shots.append(page.screenshot(full_page=state not in (running, over, search), animations="disabled"))
    assert shots[0] == shots[1], "a rule that the page uses was cut away: see rls_site/publish/styles.py"
