"""A page of a reader tool in Chromium, watched: no request may leave the site, nothing may reach the address or a cookie."""

from __future__ import annotations

import functools
import re
import time
import urllib.request
from contextlib import contextmanager
from typing import Iterator
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

PHONE = {"width": 360, "height": 740}


@functools.cache
def scripts(server: str) -> str:
    """The address of the folder with the site's modules: its name holds a hash."""
    with urllib.request.urlopen(f"{server}tools/diary/") as answer:
        found = re.search(r"(javascripts[\w-]*)/diary\.js", answer.read().decode())
    return f"{server}{found.group(1)}/"


@contextmanager
def reader(browser: Browser, server: str, before: str = "", **options) -> Iterator[BrowserContext]:
    """A fresh reader: an empty browser profile on a phone. Faults of scripts and requests elsewhere fail the test.

    In its pages ``load("store")`` gives a module of the site. before: a script each page runs first.
    """
    options.setdefault("viewport", PHONE)
    options.setdefault("base_url", server)
    options.setdefault("service_workers", "block")
    context = browser.new_context(**options)
    context.add_init_script(f"window.load = (name) => import(`{scripts(server)}${{name}}.js`); {before}")
    faults: list[str] = []

    def said(line) -> None:
        bare = line.location["url"].endswith("/favicon.ico")  # asked for by Chromium where a document names no icon
        if line.type == "error" and not bare:
            faults.append(f"console: {line.text}")

    def watch(page: Page) -> None:
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))
        page.on("console", said)

    def asked(request) -> None:
        if not request.url.startswith((server, "blob:", "data:")):
            faults.append(f"request elsewhere: {request.url}")

    context.on("page", watch)
    context.on("request", asked)
    yield context
    assert not context.cookies(), context.cookies()
    for page in context.pages:
        assert urlsplit(page.url).query == "", page.url
    context.close()
    assert not faults, faults


@contextmanager
def opened(browser: Browser, server: str, path: str, now: str = "", **options) -> Iterator[Page]:
    """One page of a fresh reader; now: the time its clock stands at, instead of the real one."""
    with reader(browser, server, **options) as context:
        page = context.new_page()
        if now:
            page.clock.set_fixed_time(now)
        page.goto(path)
        yield page


@contextmanager
def modules(browser: Browser, server: str, **options) -> Iterator[Page]:
    """A bare document of the site's origin, to call a module's functions from."""
    with opened(browser, server, f"{scripts(server)}nights.js", **options) as page:
        yield page


def call(page: Page, module: str, code: str, argument=None):
    """Run ``code``, an expression with the module's exports as ``m`` and ``argument`` as ``a``."""
    return page.evaluate(f"async (a) => {{ const m = await load('{module}'); return ({code}); }}", argument)


def until(page: Page, code: str) -> None:
    """Wait until an expression holds; Playwright's own way needs ``eval``, which the site's policy forbids."""
    end = time.monotonic() + 5
    while not page.evaluate(code):
        assert time.monotonic() < end, f"never came true: {code}"
        time.sleep(0.02)


PATIENT = "{ const now = performance.now.bind(performance); performance.now = () => now() - 400; }"
"""For ``before``: the safety check takes a faster tap for a slip, so here every question has stood for 400 ms."""


def violations(page: Page) -> list[tuple[str, str]]:
    """What axe finds on a page: the rule, and the first element that breaks it. What is in order is not listed: half the time."""
    # Without "preload", which asks for stylesheets a second time: they are all our own, and read already.
    found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False}).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:120]) for one in found]


def fits(page: Page, selector: str = "[data-tool]") -> bool:
    """Nothing in the tool is wider than its place, and its place is within the screen."""
    return page.locator(selector).evaluate(
        "node => node.scrollWidth <= node.clientWidth && node.getBoundingClientRect().right <= innerWidth"
    )


def enlarge(page: Page) -> None:
    """Text at 200%, as a browser's own setting does it."""
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
