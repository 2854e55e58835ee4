"""The service worker: what opens without a network, and that no old safety text is shown once a newer build was seen."""

from __future__ import annotations

import re
import shutil
import threading

import pytest
from conftest import serve
from playwright.sync_api import Error, expect
from tool_page import until

from rls_site.publish import offline

OLD_LINE = "One leg that is newly swollen"
NEW_LINE = "ONE LEG NEWLY SWOLLEN, SAYS THE NEWER BUILD"


@pytest.fixture
def online(site_folder, tmp_path):
    """A copy of the site, served, that a test may replace by a newer build or take off the network."""
    folder = tmp_path / "site"
    shutil.copytree(site_folder, folder, ignore=shutil.ignore_patterns("share", "*.gz", "*.br"))
    server = serve(folder)
    yield folder, f"http://127.0.0.1:{server.server_address[1]}/", server
    server.shutdown()
    server.server_close()


def _change(file, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file.name} does not hold {old!r} any more"
    file.write_text(text.replace(old, new), encoding="utf-8")


def _newer_build(folder):
    version = re.search(r'const VERSION = "(\w+)"', (folder / "sw.js").read_text(encoding="utf-8")).group(1)
    newer = "0" * len(version)
    for file in (*folder.rglob("*.html"), folder / "sw.js"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(version, newer).replace(OLD_LINE, NEW_LINE), encoding="utf-8")


def _visit(browser, address):
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    until(page, "navigator.serviceWorker.controller !== null")
    return context, page


KEPT = (
    "", "tonight/", "tonight/routine/", "tonight/safety-check/", "tools/diary/", "tools/trial/", "massage/safety/",
    "massage/by-someone-else/", "leg-massagers/safety/", "for-you/children/", "for-you/diabetes-and-numb-feet/",
)  # fmt: skip


def test_one_visit_keeps_what_a_night_needs(browser, server):
    context, page = _visit(browser, server + "massage/")
    page.goto(server + "about/")
    context.set_offline(True)
    for address in (*KEPT, "about/"):
        page.goto(server + address)
        assert page.locator("h1").inner_text(), address
        assert "There is no page at this address" not in page.content(), address
    page.goto(server + "tonight")
    assert page.locator("h1").inner_text() == "Awake with restless legs: a plan for the next hour"
    page.locator("[data-search]").click()
    expect(page.locator(".search__status")).to_contain_text("The search could not be loaded.")
    page.goto(server + "tonight/safety-check/")
    until(page, "document.querySelectorAll('[data-tool=safety-check] button').length > 0")
    page.goto(server + "questions/")
    assert "No signal? Then the page may simply not be kept on your device." in page.content()
    context.close()


def test_the_network_comes_first_and_nothing_old_after_it(browser, online):
    folder, base, _ = online
    context, page = _visit(browser, base + "tonight/")
    assert OLD_LINE in page.content()
    _newer_build(folder)
    (folder / "sw.js").unlink()  # the newer worker cannot be fetched: the line broke right after this page
    page.goto(base + "massage/safety/")
    assert NEW_LINE in page.content()
    context.set_offline(True)
    for address in ("tonight/", "massage/safety/", "tonight/safety-check/", ""):
        try:
            page.goto(base + address)
        except Error:  # nothing kept, so the browser's own page
            continue
        assert OLD_LINE not in page.content(), address
    context.close()


def test_a_page_asked_for_ahead_is_of_this_build_or_not_kept(browser, online):
    folder, base, _ = online
    context, page = _visit(browser, base + "tonight/")
    page.evaluate("fetch('../about/').then((answer) => answer.text())")
    assert page.evaluate("caches.match('../about/').then(Boolean)")
    _newer_build(folder)
    (folder / "sw.js").unlink()
    page.evaluate("fetch('../about/').then((answer) => answer.text())")
    assert not page.evaluate("caches.match('../tonight/').then(Boolean)")
    context.close()


def test_two_builds_are_never_kept_together(browser, online):
    folder, base, _ = online
    version = re.search(r'const VERSION = "(\w+)"', (folder / "sw.js").read_text(encoding="utf-8")).group(1)
    page_of_another = folder / "massage/safety/index.html"
    _change(page_of_another, version, "0" * len(version))
    context = browser.new_context()
    page = context.new_page()
    page.goto(base + "tonight/")
    ended = page.evaluate("""navigator.serviceWorker.register("../sw.js").then(({ installing }) => new Promise((done) => {
      installing.addEventListener("statechange", () => done(installing.state));
    }))""")
    assert ended == "redundant"
    context.close()


def test_what_a_page_of_another_build_took_away_is_kept_again(browser, online):
    folder, base, _ = online
    context, page = _visit(browser, base + "tonight/")
    until(page, "!document.querySelector('[data-offline-mark]').hidden")
    file = folder / "massage/index.html"
    own = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"data-build=\w+", "data-build=000000000000", own), encoding="utf-8")
    page.goto(base + "massage/")
    until(page, "caches.match('../tools/diary/').then((kept) => !kept)")
    page.goto(base + "alongside/")
    file.write_text(own, encoding="utf-8")
    page.goto(base + "tonight/")
    until(page, "caches.match('../kept-whole').then(Boolean)")
    context.set_offline(True)
    for address in KEPT:
        page.goto(base + address)
        assert page.locator("h1").inner_text(), address
    context.close()


def test_the_foot_promises_nothing_that_is_not_kept(browser, online):
    folder, base, _ = online
    context, page = _visit(browser, base + "tonight/")
    until(page, "!document.querySelector('[data-offline-mark]').hidden")
    page.evaluate("caches.match('../kept-whole').then(() => caches.keys()).then(([name]) => caches.open(name)).then((cache) => cache.delete('../kept-whole'))")
    (folder / "tools/diary/index.html").unlink()  # one file is missing: the set cannot be kept again
    page.reload()
    module = next(folder.glob("javascripts-*/offline.js")).relative_to(folder).as_posix()
    page.evaluate("(module) => import(module).then(({ keepOffline }) => keepOffline())", base + module)
    assert page.locator("[data-offline-mark]").is_hidden()
    context.close()


def test_a_page_kept_from_before_says_when_a_slow_line_brings_a_newer_one(browser, online):
    folder, base, server = online
    worker = folder / "sw.js"
    _change(worker, "const WAIT = 4000", "const WAIT = 200")
    context, page = _visit(browser, base + "massage/safety/")
    until(page, "document.querySelector('[data-offline-mark]').hidden === false")
    gate = threading.Event()
    handle = server.RequestHandlerClass

    def slow(*arguments):
        gate.wait()
        return handle(*arguments)

    server.RequestHandlerClass = slow
    page.goto(base + "massage/safety/")
    assert page.locator(".notice:visible").count() == 0
    _newer_build(folder)
    gate.set()
    expect(page.locator(".notice[role=status]")).to_have_text("The line was slow, so this page came from your device. It has changed since. Load the newer page")
    page.get_by_role("link", name="Load the newer page").click()
    expect(page.locator(".safety-line").first).to_contain_text(NEW_LINE)
    assert page.locator(".notice[role=status]").count() == 0
    context.close()


def test_a_full_device_still_shows_what_the_network_gives(browser, online):
    folder, base, _ = online
    worker = folder / "sw.js"
    _change(worker, "fill().then", "Promise.resolve().then")
    worker.write_text("Cache.prototype.put = async () => { throw new DOMException('full', 'QuotaExceededError'); };\n" + worker.read_text(encoding="utf-8"), encoding="utf-8")
    _, page = _visit(browser, base + "massage/")
    page.goto(base + "about/")
    assert page.locator("h1").inner_text() == "About this site"
    until(page, "document.documentElement.dataset.build !== undefined && !document.querySelector('[data-theme-button]').hidden")


def test_a_newer_worker_replaces_every_page_together(browser, online):
    folder, base, _ = online
    context, page = _visit(browser, base + "tonight/")
    _newer_build(folder)
    page.goto(base + "tonight/")
    page.evaluate("navigator.serviceWorker.getRegistration().then((registration) => registration.update())")
    until(
        page,
        "Promise.all([caches.keys(), caches.match('./'), navigator.serviceWorker.getRegistration()])"
        ".then(([names, kept, { active, installing, waiting }]) => names.join() === 'site-000000000000' && Boolean(kept)"
        " && !installing && !waiting && active.state === 'activated' && navigator.serviceWorker.controller === active)",
    )
    context.set_offline(True)
    for address in ("tonight/", "massage/safety/", "tonight/safety-check/"):
        page.goto(base + address)
        assert OLD_LINE not in page.content()
    page.goto(base + "tonight/")
    assert NEW_LINE in page.content()
    context.close()


def test_a_server_in_trouble_or_a_page_that_is_not_ours_hides_nothing_kept(browser, online):
    folder, base, server = online
    context, page = _visit(browser, base + "tonight/")
    server.in_trouble = True
    page.goto(base + "tonight/")
    assert OLD_LINE in page.content()
    server.in_trouble = False
    (folder / "about/index.html").write_text("<!doctype html><title>Sign in to the network</title>", encoding="utf-8")
    page.goto(base + "about/")
    assert page.title() == "Sign in to the network"
    context.set_offline(True)
    page.goto(base + "tonight/")
    assert OLD_LINE in page.content()
    context.close()


def test_an_address_that_moved_does_not_drop_out_in_silence(project, site_folder, monkeypatch):
    monkeypatch.setattr(offline, "KEPT", (*offline.KEPT, "massage/safty/"))
    with pytest.raises(ValueError, match="KEPT must name pages: found 'massage/safty/'"):
        offline.service_worker(site_folder, project)
