"""Hostile text, wherever text comes in: refused by the check, and should it get past, shown as text; nothing runs."""

from __future__ import annotations

import csv
import http.server
import io
import json
import re
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from conftest import copied, serve
from playwright.sync_api import expect

from rls_site.__main__ import check
from rls_site.publish import STEPS
from rls_site.publish.precompress import precompress
from rls_site.publish.security_policy import security_policy
from rls_site.publish.share import share
from rls_site.rules.project import drawings
from rls_site.site import load_site

PAGE = "docs/massage/self-massage.md"
RUN = "window.hacked = 1"
IMG = f"<img src=x onerror='{RUN}'>"


def _after(text: str):
    return lambda old, elsewhere: old + text.replace("ELSEWHERE", elsewhere)


def _in_field(field: str, text: str):
    """Put text at the beginning of the first field of this name."""

    def change(old: str, elsewhere: str) -> str:
        start = old.index(f"\n{field}: ") + len(field) + 3
        end = old.index("\n", start)
        return old[:start] + json.dumps(text + old[start:end].strip("'\"")) + old[end:]

    return change


HOSTILE = {
    "a script": (PAGE, _after(f"\n<script>{RUN}</script>\n")),
    "a script in a sentence": (PAGE, _after(f"\nRest <script>{RUN}</script> now.\n")),
    "a script from elsewhere": (PAGE, _after('\n<script src="ELSEWHERE/a.js"></script>\n')),
    "a style attribute": (PAGE, _after('\n<p style="background: url(ELSEWHERE/style.png)">Styled</p>\n')),
    "a style attribute in braces": (PAGE, _after('\n## Styled { style="background: url(ELSEWHERE/braces.png)" }\n')),
    "a handler": (PAGE, _after(f"\n{IMG}\n")),
    "a handler in braces": (PAGE, _after(f'\n## Handled {{ onclick="{RUN}" tabindex="0" onfocus="{RUN}" autofocus="" }}\n')),
    "a javascript: link": (PAGE, _after(f"\nSee [the way to rest](javascript:{RUN.replace(' ', '')}).\n")),
    "a javascript: link written as entities": (PAGE, _after(f"\nSee [the other way](&#106;avascript:{RUN.replace(' ', '')}).\n")),
    "an image from elsewhere": (PAGE, _after("\n![A picture of a leg](ELSEWHERE/leg.png)\n")),
    "a drawing with a script, inline": (PAGE, _after(f"\n<svg onload='{RUN}'><script>{RUN}</script></svg>\n")),
    "a drawing with a script": (
        "docs/images/drawings/evil.svg",
        lambda old, elsewhere: f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="{RUN}"><script>{RUN}</script></svg>',
    ),
    "a drawing with a script behind a prefix": (
        "docs/images/drawings/evil2.svg",
        lambda old, elsewhere: f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:s="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><s:script>{RUN}</s:script></svg>',
    ),
    "a title": (PAGE, _in_field("title", f"</title><script>{RUN}</script>{IMG}")),
    "a description": (PAGE, _in_field("description", f"\"><script>{RUN}</script>{IMG}")),
    "a scope": (PAGE, _in_field("scope", f"{IMG}<script>{RUN}</script>")),
    "an author": (PAGE, lambda old, elsewhere: old.replace("authors: [", f'authors: ["{IMG}<script>{RUN}</script>", ', 1)),
    "a source's title": ("docs/evidence/references.bib", lambda old, elsewhere: old.replace("title = {", f"title = {{{IMG}<script>{RUN}</script>", 1)),
    "a claim": ("docs/evidence/claims.yml", lambda old, elsewhere: old.replace("\n  claim: ", f'\n  claim: "{IMG}<script>{RUN}</script>" #', 1)),
    "a finding": (
        "docs/evidence/claims.yml",
        lambda old, elsewhere: old.replace("\n  finding: ", f'\n  finding: "We do not know. {IMG} [see](javascript:{RUN.replace(" ", "")}) <script>{RUN}</script>" #', 1),
    ),
    "a meaning in the glossary": (
        "docs/evidence/glossary.yml",
        lambda old, elsewhere: old.replace("\n  meaning: ", f'\n  meaning: "\\"{IMG} <script>{RUN}</script>" #', 1),
    ),
    "the safety text": ("docs/evidence/safety.yml", lambda old, elsewhere: re.sub(r"^line: .*(\n .*)*", lambda _: f'line: "{IMG} <script>{RUN}</script>"', old, count=1, flags=re.MULTILINE)),
}  # fmt: skip
"""A name for each, the file, and its text made from the old text and an address on another host."""

PAGES = (
    "massage/self-massage/", "massage/", "tonight/", "tonight/safety-check/", "questions/", "evidence/claims/", "evidence/glossary/",
    "evidence/references/", "evidence/studies/", "tools/print/", "",
)  # fmt: skip
"""Pages on which what was put in comes out."""


class _Counting(http.server.BaseHTTPRequestHandler):
    """Another host: it only notes that it was asked."""

    asked: list[str] = []

    def do_GET(self) -> None:
        """Note the path; there is nothing to hand out."""
        self.asked.append(self.path)
        self.send_error(404)

    def log_message(self, *arguments) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def elsewhere() -> str:
    """The address of another host; ``_Counting.asked`` holds what was asked of it."""
    host = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Counting)
    threading.Thread(target=host.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{host.server_address[1]}"
    host.shutdown()


@pytest.fixture(scope="module")
def clean(tmp_path_factory, remembered):
    """A copy of what the check reads."""
    return copied(tmp_path_factory.mktemp("hostile"))


@pytest.mark.parametrize("name", HOSTILE)
def test_the_check_refuses(name, clean):
    path, change = HOSTILE[name]
    file = clean / path
    old = file.read_text(encoding="utf-8") if file.exists() else None
    file.write_text(change(old or "", "https://elsewhere.example"), encoding="utf-8")
    try:
        if path.endswith(".svg"):
            found = [fault for fault in drawings(load_site(clean)) if fault[0] == path]
        else:
            said = load_site(clean).evidence.problems if "/evidence/" in path else check(clean, [str(file)])
            found = [problem for problem in said if problem.path == path and not problem.warning]
    finally:
        file.unlink() if old is None else file.write_text(old, encoding="utf-8")
    assert found, "nothing was said"


@pytest.fixture(scope="module")
def forced(elsewhere, tmp_path_factory):
    """The address of a site with all of it in, built past the check."""
    folder = copied(tmp_path_factory.mktemp("forced"))
    for path, change in HOSTILE.values():
        file = folder / path
        file.write_text(change(file.read_text(encoding="utf-8") if file.exists() else "", elsewhere), encoding="utf-8")
    page = folder / PAGE
    pictures = "".join(f"\n![A drawing of a leg](../images/drawings/{name}.svg)\n" for name in ("evil", "evil2"))
    page.write_text(page.read_text(encoding="utf-8") + pictures, encoding="utf-8")
    # Past the engine's own strictness too.
    subprocess.run([Path(sys.executable).with_name("mkdocs"), "build", "--quiet", "--site-dir", folder / "site"], cwd=folder, check=True)
    site = load_site(folder)
    for step in STEPS:
        if step not in (share, precompress):  # pictures and smaller copies, which run nothing
            step(folder / "site", site)
    running = serve(folder / "site")
    yield f"http://127.0.0.1:{running.server_address[1]}/", folder / "site"
    running.shutdown()


@contextmanager
def _visiting(browser, excused: str):
    """Opens pages; in the end nothing has run, nothing was asked of another host, no error was said but those excused."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    said: list[str] = []
    page = context.new_page()
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    _Counting.asked.clear()

    def harmless() -> None:
        assert page.evaluate("window.hacked") is None, page.url
        assert [line for line in said if not re.search(excused, line)] == [], page.url
        assert _Counting.asked == []

    page.harmless = harmless
    yield page
    harmless()
    context.close()


@pytest.fixture
def visit(browser):
    """A reader of the site as it is."""
    with _visiting(browser, "status of 404") as page:
        yield page


@pytest.fixture
def forced_visit(browser):
    """A reader of the site that was built past the check: its policy may have to block what is in it."""
    with _visiting(browser, "status of 404|Content Security Policy") as page:
        yield page


def test_nothing_runs_where_the_check_was_passed_by(forced, forced_visit):
    server, _ = forced
    for address in PAGES:
        forced_visit.goto(server + address, wait_until="load")
        forced_visit.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        forced_visit.harmless()
    forced_visit.goto(server + "massage/self-massage/")
    for name in ("the way to rest", "the other way"):
        forced_visit.get_by_role("link", name=name).click()
    for name in ("Styled", "Handled"):
        forced_visit.get_by_role("heading", name=name).click()
    forced_visit.evaluate("document.querySelector('footer').scrollIntoView()")
    forced_visit.wait_for_load_state("networkidle")


def test_it_is_shown_as_text(forced, forced_visit):
    server, _ = forced
    forced_visit.goto(server + "massage/self-massage/")
    expect(forced_visit).to_have_title(re.compile(r"</title><script>window\.hacked = 1</script><img"))
    for text in (f"<script>{RUN}</script>", f"Rest <script>{RUN}</script> now.", "<p style=", "<svg onload="):
        assert text in forced_visit.locator("article").inner_text()
    assert forced_visit.locator("article [onerror], article script, article svg[onload]").count() == 0
    assert forced_visit.locator("article [onclick]").count() <= 1  # braces
    for address, part in (("evidence/claims/", "[data-tool=claims]"), ("evidence/glossary/", ".glossary"), ("evidence/references/", ".references")):
        forced_visit.goto(server + address)
        assert f"<script>{RUN}</script>" in forced_visit.locator(part).inner_text()
        assert forced_visit.locator(f"{part} script, {part} img").count() == 0


def test_a_drawing_opened_by_itself_runs_nothing(forced, forced_visit):
    """A drawing has no page around it: there the policy comes with the headers, as the host sends them."""
    server, folder = forced
    policy = re.search(r"Content-Security-Policy: (.+)", (folder / "_headers").read_text(encoding="utf-8")).group(1)

    def with_headers(route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": policy})

    forced_visit.route("**/*.svg", with_headers)
    for file in folder.glob("images-*/drawings/evil*.svg"):
        forced_visit.goto(server + file.relative_to(folder).as_posix())
        forced_visit.harmless()


def test_a_script_in_a_page_stops_the_build(project, tmp_path):
    page = tmp_path / "index.html"
    page.write_text(f"<!doctype html><meta charset=utf-8><script>{RUN}</script>", encoding="utf-8")
    with pytest.raises(ValueError, match="index.html holds a script that stands in no template: 'window.hacked = 1'"):
        security_policy(page.parent, project)


QUERIES = (f"<script>{RUN}</script>", IMG, "\"><svg onload=window.hacked=1>", f"javascript:{RUN}", "constructor __proto__ toString", "%00\u202e", "a" * 5000)


CHANGED = """async (texts) => {
  for (const text of texts) {
    const gone = new Promise((done) => addEventListener("hashchange", done, { once: true }));
    location.hash = text + text;
    await gone;
  }
}"""
"""Puts one text after another behind the ``#`` of the address."""


def test_fragments_run_nothing(server, visit):
    for address in ("", "questions/", "evidence/claims/", "tools/diary/", "tonight/routine/", "tonight/safety-check/", "no-such-page/"):
        visit.goto(f"{server}{address}#{QUERIES[1]}")
        visit.evaluate(CHANGED, QUERIES)
        visit.harmless()


def test_search_queries_run_nothing(server, visit):
    for text in QUERIES[:3]:
        visit.goto(f"{server}evidence/claims/?verdict={quote(text)}&certainty=__proto__")
        visit.harmless()
        visit.goto(f"{server}?q={quote(text)}")
        expect(visit.locator("dialog.search input")).to_have_value(text)
    for text in QUERIES:
        visit.fill("dialog.search input", text)
        assert visit.locator("dialog.search input").input_value() == text[:200]
        visit.harmless()
    visit.goto(f"{server}?q={quote('<7 & 7>')}")
    expect(visit.locator("dialog.search")).to_contain_text("Nothing found for “<7 & 7>”")
    assert visit.locator("dialog.search b, dialog.search img").count() == 0


NOTE = f"{IMG}<script>{RUN}</script>"
NIGHTS = [
    {"night": f"2026-11-1{number}", "score": number, "note": note, "change": NOTE}
    for number, note in enumerate([NOTE, "=HYPERLINK(\"http://x.example\")", "+1", "-1", "@SUM(1)", "\t=1", "\r=1"])
]
TRIAL = {
    "id": "a", "thing": "other", "label": f"{IMG}", "start": "2026-11-10", "stopped": "2026-11-17",
    "plan": [{"treated": number % 2 == 0, "block": 0} for number in range(8)],
}  # fmt: skip
EVIL = '"__proto__": {"hacked": 1, "score": 3}, "constructor": {"prototype": {"hacked": 1}}, "toString": 1, '


def _take_in(page, content: str) -> None:
    page.locator("#import-file").set_input_files({"name": "d.json", "mimeType": "text/plain", "buffer": content.encode()})


def test_a_hostile_diary_file_is_shown_as_text(server, visit):
    content = json.dumps({"diary": "restless legs", "version": 2, "nights": NIGHTS, "trials": [TRIAL]})
    visit.goto(f"{server}tools/diary/")
    visit.wait_for_selector(".night")
    _take_in(visit, content.replace("{", "{" + EVIL))
    visit.get_by_role("button", name="Add them").click()
    expect(visit.locator(".nights li").last).to_contain_text(NOTE)
    expect(visit.locator(".summary")).to_contain_text(NOTE)
    assert visit.locator(".tool img, .tool script").count() == 0
    assert visit.evaluate("[({}).hacked, [].hacked, typeof ({}).toString]") == [None, None, "function"]
    with visit.expect_download() as download:
        visit.get_by_role("button", name="(CSV)").click()
    table = list(csv.reader(io.StringIO(open(download.value.path(), encoding="utf-8", newline="").read(), newline="")))
    assert len(table) == 1 + len(NIGHTS)
    assert [cell for row in table for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    visit.goto(f"{server}tools/trial/")
    expect(visit.locator(".result h3")).to_contain_text(f"Result: {IMG}")
    assert visit.locator(".tool img, .tool script").count() == 0
    kept = call_in(visit, "(await m.openStore()).trials().concat((await m.openStore()).nights()).flatMap(Object.keys)")
    assert not {"__proto__", "constructor", "toString"} & set(kept)


def call_in(page, code: str):
    """Call the store's module, from the folder whose name holds a hash."""
    return page.evaluate(
        f"""async () => {{
          const script = document.querySelector("script[src*=trial]").src.replace("trial.js", "store.js");
          const m = await import(script);
          return {code};
        }}"""
    )


WRONG = {
    "types": {"nights": [{"night": ["2026-11-18"], "score": {"valueOf": 1}, "note": 7, "used": "massage"}]},
    "a list of lists": {"nights": [[], [[]], None, True, "x"]},
    "nights that are text": {"nights": "2026-11-18"},
    "a trial's name that writes into a calendar": {"nights": [], "trials": [{**TRIAL, "id": "x\r\nATTACH:http://x.example"}]},
    "a trial without an end": {"nights": [], "trials": [{**TRIAL, "plan": [{"treated": True, "block": 0}] * 10_000}]},
}


def test_a_diary_file_of_wrong_types_or_too_long_is_refused(server, visit):
    visit.goto(f"{server}tools/diary/")
    visit.wait_for_selector(".night")
    files = {name: json.dumps({"diary": "restless legs", "version": 2, **file}) for name, file in WRONG.items()}
    files |= {"larger than 5 MB": "x" * 5_000_001, "as large as may be": "night,score,lost,worst,used,minutes,change,note\n" + ",,,,,,,\n" * 100_000}
    for name, content in files.items():
        visit.locator("#import-file").evaluate("(input) => document.querySelectorAll('.tool .message').forEach((node) => node.replaceChildren())")
        _take_in(visit, content)
        expect(visit.get_by_text("Nothing was changed. The file has"), name).to_be_visible(timeout=20_000)
        assert visit.locator(".tool .message li").count() <= 10
        assert visit.locator(".nights li").count() == 0
