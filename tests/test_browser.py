"""The site in Chromium: what it asks for, how it fits, whether everyone can use it."""

from __future__ import annotations

import pytest
from tool_page import PHONE, violations

KINDS = (
    "", "tonight/", "tonight/routine/", "tonight/safety-check/", "massage/", "leg-massagers/types/", "restless-legs/see-a-doctor/",
    "questions/", "questions/does-massage-help/", "evidence/", "evidence/claims/", "evidence/studies/", "tools/diary/", "tools/trial/",
    "tools/print/", "for-you/pregnancy/", "about/", "404.html",
)  # fmt: skip
"""One page of each kind."""


WIDTHS = (320, 1280)


@pytest.fixture(scope="module")
def walk(browser, server, project):
    """Every article opened once: what was asked for, what went wrong, and how wide each came out at each of WIDTHS."""
    context = browser.new_context()
    page = context.new_page()
    requests, errors, wide = [], [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: errors.append(f"{page.url}: {message.text}") if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
    for article in project.articles.values():
        page.goto(server + article.address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            extent = page.evaluate("document.documentElement.scrollWidth")
            if extent > width:
                wide.append(f"{article.address}: {extent} at {width}")
    cookies = context.cookies()
    context.close()
    return {"requests": requests, "errors": errors, "wide": wide, "cookies": cookies}


def test_no_request_leaves_the_site(walk, server):
    assert [url for url in walk["requests"] if not url.startswith((server, "data:", "blob:"))] == []


def test_no_error_and_no_cookie(walk):
    assert walk["errors"] == []
    assert walk["cookies"] == []


def test_no_page_scrolls_sideways(walk):
    assert walk["wide"] == []


@pytest.mark.parametrize(("scheme", "viewport"), [("light", PHONE), ("dark", {"width": 1280, "height": 900})])
def test_axe_finds_nothing(browser, server, scheme, viewport):
    context = browser.new_context(service_workers="block", color_scheme=scheme, viewport=viewport)
    page = context.new_page()
    found = {}
    for address in KINDS:
        page.goto(server + address)
        if wrong := violations(page):
            found[address] = wrong
    context.close()
    assert found == {}


@pytest.mark.parametrize("address", ("massage/", "tonight/", "tonight/safety-check/", "tonight/routine/"))
def test_a_page_whose_review_is_overdue_says_so(browser, server, address):
    context = browser.new_context(service_workers="block", viewport=PHONE)
    page = context.new_page()
    seen = {}
    for day in ("2026-11-20", "2030-01-01"):
        page.clock.set_fixed_time(f"{day}T02:00:00")
        page.goto(server + address)
        seen[day] = page.locator(".overdue").is_visible()
    context.close()
    assert seen == {"2026-11-20": False, "2030-01-01": True}


def test_text_at_twice_the_size_fits(browser, server):
    context = browser.new_context(service_workers="block", viewport={"width": 640, "height": 740})
    page = context.new_page()
    wide = {}
    for address in KINDS:
        page.goto(server + address)
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        if page.evaluate("document.documentElement.scrollWidth") > 640:
            wide[address] = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert wide == {}


def test_pages_read_without_scripts(browser, server):
    context = browser.new_context(service_workers="block", java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    for address in KINDS:
        page.goto(server + address)
        assert page.locator("h1").inner_text()
        assert page.locator("header nav a, header details a").count() > 5
    context.close()


def test_nothing_shifts_while_loading(browser, server):
    context = browser.new_context(service_workers="block", viewport={"width": 360, "height": 740})
    context.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => { for (const e of list.getEntries()) window.shift += e.value; })"
        ".observe({ type: 'layout-shift', buffered: true });"
    )
    pages = {}
    for address in KINDS:  # all open at once: what comes late comes in all of them meanwhile
        pages[address] = context.new_page()
        pages[address].goto(server + address)
    shifts = {}
    for address, page in pages.items():
        page.wait_for_load_state("networkidle")
        if (shift := page.evaluate("window.shift")) > 0:
            shifts[address] = shift
    context.close()
    assert shifts == {}


def test_tonight_is_dark_before_any_script(browser, server):
    context = browser.new_context(service_workers="block", java_script_enabled=False, color_scheme="light")
    page = context.new_page()
    page.goto(server + "tonight/")
    colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    context.close()
    channels = [int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
    assert max(channels) < 48
