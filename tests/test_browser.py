"""The site in Chromium: what it asks for, how it fits, whether everyone can use it."""

from __future__ import annotations

import pytest
from tool_page import PHONE, until, violations

KINDS = (
    "", "tonight/", "tonight/routine/", "tonight/safety-check/", "massage/", "leg-massagers/types/", "restless-legs/see-a-doctor/",
    "questions/", "questions/does-massage-help/", "evidence/", "evidence/claims/", "evidence/studies/", "tools/diary/", "tools/trial/",
    "tools/print/", "for-you/pregnancy/", "about/", "404.html",
)  # fmt: skip
"""One page of each kind."""


SHIFTS = """
  window.shift = 0;
  const seen = (entries) => { for (const entry of entries) window.shift += entry.value; };
  const observer = new PerformanceObserver((list) => seen(list.getEntries()));
  observer.observe({ type: "layout-shift", buffered: true });
  window.shifted = () => { seen(observer.takeRecords()); return Number(window.shift.toFixed(3)); };
"""
"""Adds up how far things moved by themselves, from the first paint on, to the thousandth that is ever shown."""


def test_every_article_stays_on_the_site_and_on_the_screen(browser, server, project):
    """Every article opened once, 320 pixels wide: nothing is asked for elsewhere, nothing goes wrong, no cookie, no scrolling sideways, no shift."""
    # Without the worker, which asks for the site's own files: see test_offline.py.
    context = browser.new_context(service_workers="block", viewport={"width": 320, "height": 740})
    context.add_init_script(f"{{{SHIFTS}}}")
    page = context.new_page()
    requests, errors, wide, narrow, shifts = [], [], [], [], {}
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: errors.append(f"{page.url}: {message.text}") if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
    for article in project.articles.values():
        page.goto(server + article.address)
        extent, shift = page.evaluate("[document.documentElement.scrollWidth, shifted()]")
        if extent > 320:
            wide.append(f"{article.address}: {extent}")
        if shift:
            shifts[article.address] = shift
        if page.evaluate("[...document.querySelectorAll('caption')].some((one) => one.offsetWidth && one.offsetWidth < one.parentElement.offsetWidth - 1)"):
            narrow.append(article.address)
    cookies = context.cookies()
    context.close()
    assert len(requests) > len(project.articles)
    assert [url for url in requests if not url.startswith((server, "data:", "blob:"))] == []
    assert errors == []
    assert cookies == []
    assert wide == []
    assert narrow == [], "a table's caption must have the whole width"
    assert shifts == {}


LOOKS = ("color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable")
"""The rules of axe whose answer can change with colours and width; the others read the page alone."""

MENUS = ("", "massage/", "tonight/", "tools/diary/")
"""Pages that stand for the rest where the open menu is looked at: it is the same on all of a kind."""

FEW = """() => {
  for (const parent of document.querySelectorAll("main *")) {
    const seen = {};
    for (const child of [...parent.children]) {
      const kind = `${child.tagName} ${child.className}`;
      seen[kind] = (seen[kind] ?? 0) + 1;
      if (seen[kind] > 2) child.remove();
    }
  }
}"""
"""Leaves two of each kind that follow each other: the third paragraph or card has the colours of the first, and axe takes long over each."""


@pytest.fixture(scope="module")
def page(browser, server):
    """One page for all kinds: nothing in what is looked at here is kept from one to the next."""
    context = browser.new_context(service_workers="block")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", KINDS)
def test_axe_finds_nothing_and_large_text_fits(page, server, address):
    page.emulate_media(color_scheme="light")
    page.goto(server + address)
    page.set_viewport_size({"width": 640, "height": 740})
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    page.evaluate("document.documentElement.style.removeProperty('font-size')")
    page.set_viewport_size(PHONE)
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    assert violations(page, without=LOOKS) == []
    page.evaluate(FEW)
    for menu in (False, True)[: 1 + (address in MENUS)]:  # apart, as nobody sees what lies under the open menu
        page.evaluate("(menu) => { for (const part of document.querySelectorAll('details')) part.open = part.matches('.menu') === menu; }", menu)
        assert violations(page, only=LOOKS) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 1280, "height": 900})
    assert violations(page, only=LOOKS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_a_page_whose_review_is_overdue_says_so(page, server, project):
    due = str(project.articles["massage/index.md"].meta["next_review"])
    seen = []
    for address, time in (
        ("massage/", "2026-11-20T02:00:00Z"), ("massage/", f"{due}T23:00:00Z"), ("massage/", "2030-01-01T02:00:00Z"),
        ("tonight/", "2026-11-20T02:00:00Z"), ("tonight/", "2030-01-01T02:00:00Z"),
        ("tonight/safety-check/", "2030-01-01T02:00:00Z"), ("tonight/routine/", "2030-01-01T02:00:00Z"),
    ):
        page.clock.set_fixed_time(time)
        page.goto(server + address)
        seen.append(page.locator(".overdue").is_visible())
    assert seen == [False, False, True, False, True, True, True]


def test_pages_read_without_scripts(browser, server):
    context = browser.new_context(service_workers="block", java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    for address in ("", "tonight/safety-check/", "evidence/claims/", "tools/diary/"):
        page.goto(server + address)
        assert page.locator("h1").inner_text()
        assert page.locator("header nav a, header details a").count() > 5
    context.close()


COME_LATE = (
    "", "evidence/claims/", "tonight/", "tools/diary/", "tonight/routine/", "tools/print/", "evidence/studies/",
    "evidence/about-restless-legs/", "tonight/safety-check/", "tools/trial/",
)  # fmt: skip
"""Pages with parts that a script brings, perhaps after the page is there."""


def test_what_comes_late_shifts_nothing(browser, server):
    context = browser.new_context(service_workers="block")
    context.add_init_script(f"{{{SHIFTS}}}")
    pages = {}
    for place, address in enumerate(COME_LATE):  # all open at once: what comes late comes in all of them meanwhile
        pages[address] = context.new_page()
        # Every other one on a tablet held upright, where more of the page is in sight.
        pages[address].set_viewport_size({"width": 768, "height": 1024} if place % 2 else {"width": 360, "height": 740})
        pages[address].goto(server + address)
    shifts = {}
    for address, page in pages.items():
        page.wait_for_load_state("networkidle")
        if shift := page.evaluate("shifted()"):
            shifts[address] = shift
    context.close()
    assert shifts == {}


def test_at_night_all_is_laid_out_once_the_page_is_at_rest(page, server):
    page.goto(server + "tonight/")
    assert "content-visibility:auto" in page.content()
    until(page, "document.documentElement.classList.contains('whole')")
    parts = "[...document.querySelectorAll('.sources, .related, .review, .bottom')].map((part) => getComputedStyle(part).contentVisibility)"
    assert page.evaluate(parts) == ["visible"] * 4


def test_tonight_is_dark_before_any_script(browser, server):
    context = browser.new_context(service_workers="block", java_script_enabled=False, color_scheme="light")
    page = context.new_page()
    page.goto(server + "tonight/")
    colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    context.close()
    channels = [int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
    assert max(channels) < 48


def test_home_shows_its_doors_in_one_look(browser, server):
    """On a small phone the last door ends above the lower edge of the first screen; beside the text, the picture ends above the doors."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(server)
    doors = page.locator(".doors li")
    assert doors.count() >= 12
    assert doors.last.evaluate("(door) => door.getBoundingClientRect().bottom") <= 740
    page.set_viewport_size({"width": 1280, "height": 900})
    caption, door = (page.locator(name).first.bounding_box() for name in (".home figcaption", ".doors li"))
    assert caption["y"] + caption["height"] <= door["y"]
    context.close()
