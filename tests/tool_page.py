"""A page of a reader tool in Chromium, watched: no request may leave the site, nothing may reach the address or a cookie."""

from __future__ import annotations

import functools
import re
import time
import urllib.request
from contextlib import contextmanager
from typing import Iterator
from urllib.parse import urlsplit

import pytest
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
def watched(context: BrowserContext, server: str) -> Iterator[None]:
    """While this lasts, a fault of a script or a request elsewhere fails the test, and so does a cookie or an address with a query."""
    faults: list[str] = []

    def said(line) -> None:
        icon = line.location["url"].endswith("/favicon.ico")  # asked for by Chromium where a document names none
        if line.type == "error" and not icon:
            faults.append(f"console: {line.text}")

    def asked(request) -> None:
        if not request.url.startswith((server, "blob:", "data:")):
            faults.append(f"request elsewhere: {request.url}")

    listeners = {"console": said, "request": asked, "weberror": lambda found: faults.append(f"error: {found.error}")}
    for event, listener in listeners.items():
        context.on(event, listener)
    try:
        yield
        for page in context.pages:
            assert urlsplit(page.url).query == "", page.url
            page.evaluate("0")  # what the page said until now has come in once it answers
        assert not context.cookies(), context.cookies()
    finally:
        for event, listener in listeners.items():
            context.remove_listener(event, listener)
    assert not faults, faults


def profile(browser: Browser, server: str, before: str = "", **options) -> BrowserContext:
    """An empty browser profile on a phone. In its pages ``load("store")`` gives a module of the site.

    before: a script each page runs first.
    """
    options.setdefault("viewport", PHONE)
    options.setdefault("base_url", server)
    options.setdefault("service_workers", "block")
    context = browser.new_context(**options)
    context.add_init_script(f"window.load = (name) => import(`{scripts(server)}${{name}}.js`); {before}")
    return context


@contextmanager
def reader(browser: Browser, server: str, **options) -> Iterator[BrowserContext]:
    """A fresh reader, watched; the options are those of ``profile``."""
    with profile(browser, server, **options) as context, watched(context, server):
        yield context


@contextmanager
def opened(browser: Browser, server: str, path: str, now: str = "", **options) -> Iterator[Page]:
    """One page of a fresh reader; now: the time its clock stands at, instead of the real one."""
    with reader(browser, server, **options) as context:
        page = context.new_page()
        if now:
            page.clock.set_fixed_time(now)
        page.goto(path)
        yield page


@pytest.fixture(scope="module")
def tab(browser, server) -> Iterator[Page]:
    """One page for the tests of a file that imports this; each begins with ``anew``, a third of the work of a fresh profile."""
    with profile(browser, server) as context:
        yield context.new_page()


@contextmanager
def anew(
    tab: Page, server: str, path: str, now: str = "", timezone: str = "", before: str = "", without_scripts: bool = False
) -> Iterator[Page]:  # fmt: skip
    """A page of the site in a tab, as a fresh reader sees it, watched: nothing is stored, and it is on a screen and online.

    now: the time its clock stands at; before: a script each page runs first.
    """
    session = tab.context.new_cdp_session(tab)  # what it sets ends with it
    session.send("Storage.clearDataForOrigin", {"origin": server.rstrip("/"), "storageTypes": "indexeddb,local_storage"})
    if timezone:
        session.send("Emulation.setTimezoneOverride", {"timezoneId": timezone})
    if before:
        session.send("Page.enable")
        session.send("Page.addScriptToEvaluateOnNewDocument", {"source": before})
    if without_scripts:
        session.send("Emulation.setScriptExecutionDisabled", {"value": True})
    if tab.viewport_size != PHONE:
        tab.set_viewport_size(PHONE)
    tab.emulate_media(media="null")
    tab.context.set_offline(False)
    if now:
        tab.clock.set_fixed_time(now)
    try:
        with watched(tab.context, server):
            tab.goto(path)
            yield tab
    finally:
        session.detach()


def bare(server: str) -> str:
    """The address of a bare document of the site's origin, to call a module's functions from."""
    return f"{scripts(server)}nights.js"


@contextmanager
def modules(browser: Browser, server: str, **options) -> Iterator[Page]:
    """A bare document of the site's origin in a fresh profile, to call a module's functions from."""
    with opened(browser, server, bare(server), **options) as page:
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


def come_back(page: Page, now: str) -> None:
    """The reader comes back to a page that stayed open, at another time."""
    page.clock.set_fixed_time(now)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


PATIENT = "{ const now = performance.now.bind(performance); performance.now = () => now() - 400; }"
"""For ``before``: the safety check takes a faster tap for a slip, so here every question has stood for 400 ms."""


UNHURRIED = "{ let past = 0; performance.now = () => (past += 1000); }"
"""For ``before``: the diary and the trial take a second tap within 350 ms for a slip, so here a second lies between any two."""


def violations(page: Page, only: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """What axe finds on a page, by all its rules, some only or all but some: the rule, and the first element that breaks it."""
    # What is in order is not listed: half the time. Without "preload", which asks again for stylesheets that are all our own.
    options = {"resultTypes": ["violations"], "preload": False, "rules": {rule: {"enabled": False} for rule in without}}
    if only:
        options["runOnly"] = {"type": "rule", "values": only}
    if page.evaluate("typeof axe") == "undefined":  # once a document: Axe().run would read its half megabyte again each time
        page.evaluate(Axe().axe_script)
    found = page.evaluate("(options) => axe.run(options).then((result) => result.violations)", options)
    return [(one["id"], one["nodes"][0]["html"][:120]) for one in found]


def fits(page: Page, selector: str = "[data-tool]") -> bool:
    """Nothing in the tool is wider than its place, and its place is within the screen."""
    return page.locator(selector).evaluate(
        "node => node.scrollWidth <= node.clientWidth && node.getBoundingClientRect().right <= innerWidth"
    )


def enlarge(page: Page) -> None:
    """Text at 200%, as a browser's own setting does it."""
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
