"""How fast pages are, each figure beside two builds made in the same run: hand-written HTML and stock Material.

Method: the same article text three times; Chromium, cold, slow 4G (1.6 Mbit/s, 150 ms), CPU four times slower; bodies
as gzip sends them. Times compare only within a run. Run it with ``make bench``. The last lines are work a reader waits
for in a tool, on the same slow processor, each beside the least of its kind: a search with slips beside one word, five
years of nights in the diary beside one month. Blocking time is what tasks take beyond
50 ms after the first paint (total blocking time, https://web.dev/articles/tbt); what they take beyond it before the first
paint, while there is nothing yet to tap, has its own column.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from lxml import html as parser
from playwright.sync_api import sync_playwright

from rls_site.build import render
from rls_site.publish import publish
from rls_site.site import load_site

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("", "massage/", "tonight/", "tonight/safety-check/", "tools/diary/", "questions/does-massage-help/", "evidence/claims/")
RUNS = 5
ANCHOR = 900  # words of the article that the speed budget is measured on
LONG = 50  # ms: what a task takes beyond it counts as blocking
QUERIES = ("jumpy", "leg vibrater", "preasure points", "can i use a leg masager while pregnent", "lavendor oyl")
"""What is typed into the search; the first is the least work."""

HAND_STYLE = (
    "body{max-width:38rem;margin:0 auto;padding:1rem;font:1.125rem/1.6 system-ui,sans-serif;background:#fbf7f0;color:#222}"
    "a{color:#7a3c12}@media(prefers-color-scheme:dark){body{background:#171310;color:#e9ded0}a{color:#e8a35c}}"
)


class GzipHandler(http.server.SimpleHTTPRequestHandler):
    """Sends every text file compressed, as a real host does."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the file, gzip when it is text."""
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript" if path.suffix == ".js" else self.guess_type(str(path)))
        if path.suffix in (".html", ".css", ".js", ".svg", ".json", ".xml", ".webmanifest"):
            body = gzip.compress(body, 9)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments) -> None:
        """Say nothing."""


def articles(rendered: Path) -> dict[str, tuple[str, str]]:
    """Return title and article HTML of each of PAGES, as the engine rendered them."""
    found = {}
    for address in PAGES:
        page = parser.document_fromstring((rendered / address / "index.html").read_bytes().decode("utf-8"))
        article = page.find(".//article")
        found[address] = (article.find(".//h1").text_content(), parser.tostring(article, encoding="unicode"))
    return found


def hand_written(target: Path, texts: dict[str, tuple[str, str]]) -> None:
    """Write the articles as the plainest page there is: inline style, no script."""
    for address, (title, text) in texts.items():
        (target / address).mkdir(parents=True, exist_ok=True)
        (target / address / "index.html").write_text(
            f'<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content="width=device-width,initial-scale=1">'
            f"<title>{title}</title><style>{HAND_STYLE}</style><main>{text}</main>",
            encoding="utf-8",
        )


def stock_material(work: Path, texts: dict[str, tuple[str, str]]) -> Path:
    """Build the articles with Material as it comes (its third-party fonts off); returns the built folder."""
    docs = work / "docs"
    for address, (title, text) in texts.items():
        file = docs / address / "index.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# {title}\n\n<div>\n{text}\n</div>\n", encoding="utf-8")
    shutil.copytree(ROOT / "docs" / "images", docs / "images")
    (work / "mkdocs.yml").write_text(
        "site_name: Stock\ntheme:\n  name: material\n  font: false\nplugins: [search]\n", encoding="utf-8"
    )
    subprocess.run(
        [Path(sys.executable).parent / "mkdocs", "build", "--quiet", "--site-dir", work / "site"],
        cwd=work, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    return work / "site"


def serve(folder: Path) -> str:
    """Serve a folder; returns its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(GzipHandler, directory=str(folder)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}/"


def visit(browser, url: str) -> dict[str, float]:
    """Open one page cold; returns bytes, requests, first paint in ms, blocking time after and before it in ms, and layout shift."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    page = context.new_page()
    client = context.new_cdp_session(page)
    client.send("Network.enable")
    client.send("Network.emulateNetworkConditions", {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000})
    client.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    sizes: dict[str, float] = {}
    client.on("Network.loadingFinished", lambda event: sizes.__setitem__(event["requestId"], event["encodedDataLength"]))
    page.add_init_script(
        "window.seen={shift:0,tasks:[]};"
        "new PerformanceObserver(l=>{for(const e of l.getEntries())seen.shift+=e.value}).observe({type:'layout-shift',buffered:true});"
        "new PerformanceObserver(l=>{for(const e of l.getEntries())seen.tasks.push([e.startTime,e.duration])}).observe({type:'longtask',buffered:true});"
    )
    page.goto(url, wait_until="networkidle")
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    seen = page.evaluate("window.seen")
    context.close()
    return {
        "bytes": sum(sizes.values()),
        "requests": len(sizes),
        "paint": paint,
        "shift": seen["shift"],
        "blocking": sum(max(0, start + took - max(start, paint) - LONG) for start, took in seen["tasks"]),
        "before": sum(max(0, min(start + took, paint) - start - LONG) for start, took in seen["tasks"]),
    }


SEARCH = """queries => queries.map((query) => {
  const input = document.querySelector("dialog.search input");
  input.value = query;
  const start = performance.now();
  input.dispatchEvent(new Event("input", { bubbles: true }));
  document.querySelector("dialog.search .search__list").getBoundingClientRect();
  return performance.now() - start;
})"""

SEED = """async (count) => {
  const folder = document.querySelector("script[src*='/diary.js'], link[href*='/diary.js']");
  const address = (folder.src || folder.href).replace("diary.js", "");
  const [{ openStore }, { addNights, lastNight }] = await Promise.all(["store", "nights"].map((name) => import(`${address}${name}.js`)));
  await (await openStore()).change(Array.from({ length: count }, (_, index) => {
    const night = addNights(lastNight(), -index);
    return { kind: "nights", key: night, record: { night, score: index % 11, lost: 15, worst: 2, used: index % 3 ? [] : ["massage"], minutes: null, change: "", note: "" } };
  }));
}"""

REDRAW = """() => [52, 12, 52, 4, 52].map((weeks) => {
  const start = performance.now();
  document.querySelector(`[name=weeks][value="${weeks}"]`).click();
  document.querySelector(".chart").getBoundingClientRect();
  return performance.now() - start;
})"""


def work(browser, base: str) -> dict[str, tuple[float, float]]:
    """Return what a reader waits for in a tool, in ms, and the least of its kind: medians of the search and of the diary's redraw."""
    page = browser.new_page(viewport={"width": 360, "height": 740})
    client = page.context.new_cdp_session(page)
    page.goto(base + "massage/")
    page.locator("[data-search]").click()
    page.wait_for_selector("dialog.search .search__doors a")
    client.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    rounds = [page.evaluate(SEARCH, list(QUERIES)) for _ in range(RUNS)]
    found = {"search": (statistics.median(time for times in rounds for time in times[1:]), statistics.median(times[0] for times in rounds))}
    redraws = []
    for nights in (28, 1800):
        client.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        page.goto(base + "tools/diary/")
        page.wait_for_selector(".night")
        page.evaluate(SEED, nights)
        page.reload()
        page.wait_for_selector(".nights li")
        client.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        redraws.append(statistics.median(page.evaluate(REDRAW)))
    page.close()
    return found | {"diary": (redraws[1], redraws[0])}


def second_page(folder: Path) -> tuple[float, float, float]:
    """Return what the page after the first takes, its own HTML as gzip sends it: the median in KB, the median of words, and the KB of ANCHOR words.

    The last is read off the line through the pages: the other tools were measured on articles of that length. Left out are
    the night's pages, which hold all their styles, and the lists of evidence.
    """
    pages = [file.read_bytes() for file in folder.rglob("index.html") if file.relative_to(folder).parts[0] not in ("tonight", "evidence")]
    words = [len(parser.fromstring(page).find(".//main").text_content().split()) for page in pages]
    sizes = [len(gzip.compress(page, compresslevel=9)) / 1000 for page in pages]
    slope, start = statistics.linear_regression(words, sizes)
    return statistics.median(sizes), statistics.median(words), start + slope * ANCHOR


def main() -> None:
    """Print one line a page, and write ``build/bench.json``."""
    with tempfile.TemporaryDirectory(prefix=".build-bench-", dir=ROOT) as scratch:
        place = Path(scratch)
        if said := render(ROOT, "mkdocs", place / "rendered"):
            sys.exit(said)
        texts = articles(place / "rendered")
        shutil.copytree(place / "rendered", place / "ours")
        publish(place / "ours", load_site(ROOT))
        hand_written(place / "hand", texts)
        shutil.copytree(ROOT / "docs" / "images", place / "hand" / "images")
        (place / "stock").mkdir()
        bases = {"ours": serve(place / "ours"), "hand": serve(place / "hand"), "stock": serve(stock_material(place / "stock", texts))}
        results: dict[str, dict] = {}
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium-headless-shell") or shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
            )
            for address in PAGES:
                runs = {name: [] for name in bases}
                for _ in range(RUNS):
                    for name, base in bases.items():
                        runs[name].append(visit(browser, base + address))
                results[address] = {
                    name: {key: statistics.median(run[key] for run in found) for key in found[0]} for name, found in runs.items()
                }
            waits = work(browser, bases["ours"])
            browser.close()
        size, words, anchor = second_page(place / "ours")
    print(f"{'page':30} {'KB':>6} {'hand':>6} {'stock':>6} {'req':>4} {'paint/hand':>11} {'stock/hand':>11} {'shift':>6} {'block':>6} {'before':>6}")
    for address, row in results.items():
        ours, hand, stock = row["ours"], row["hand"], row["stock"]
        print(
            f"{address or 'home':30} {ours['bytes'] / 1000:6.1f} {hand['bytes'] / 1000:6.1f} {stock['bytes'] / 1000:6.1f} {ours['requests']:4.0f} "
            f"{ours['paint'] / hand['paint']:11.2f} {stock['paint'] / hand['paint']:11.2f} {ours['shift']:6.3f} {ours['blocking']:6.0f} {ours['before']:6.0f}"
        )
    print(f"{'second page':30} {size:6.1f} {words:6.0f} words at the median; {ANCHOR} words take {anchor:.1f} KB")
    for name, (took, least) in waits.items():
        print(f"{name:30} {took:6.1f} ms {took / least:6.2f} times the least of its kind")
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / "bench.json").write_text(json.dumps(results | {"work": waits}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
