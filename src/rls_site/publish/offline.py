"""What works without a network: the service worker, made from the built files, and the web app manifest."""

from __future__ import annotations

import json
import re
from pathlib import Path

from ..site import SITE_NAME, Site
from .assets import digest

KEPT = (
    "", "tonight/", "tools/", "massage/self-massage/", "massage/by-someone-else/", "massage/safety/", "leg-massagers/safety/",
    "restless-legs/see-a-doctor/", "for-you/pregnancy/", "for-you/kidney-disease/", "for-you/children/", "for-you/diabetes-and-numb-feet/",
)  # fmt: skip
"""Addresses kept after one visit: the home page, all under ``tonight/`` and ``tools/``, and what they lean on."""

MANIFEST = {
    "name": SITE_NAME,
    "short_name": "Restless legs",
    "start_url": "./tonight/",
    "scope": "./",
    "display": "standalone",
    "background_color": "#171310",
    "theme_color": "#171310",
    "icons": [
        {"src": "images/icon-192.png", "sizes": "192x192", "type": "image/png"},
        {"src": "images/icon-512.png", "sizes": "512x512", "type": "image/png"},
        {"src": "images/icon-maskable-512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    ],
}

WORKER = """\
// Made from the built files. Pages come from the network while there is one, so that nobody reads an old safety text; without
// one, or while it takes longer than WAIT, they come from the newest whole build that was fetched, never from two at once.
const VERSION = "%(version)s";
const CACHE = "site-" + VERSION;
const KEEP = %(keep)s;
const WAIT = 4000;

const inScope = (path) => new URL(path, self.registration.scope).href;
const WHOLE = inScope("kept-whole"); // stands in the cache once all of KEEP does

async function fill() {
  const cache = await caches.open(CACHE);
  await Promise.all(KEEP.map(async (path) => {
    const answer = await fetch(inScope(path), { cache: "reload" });
    if (!answer.ok || ![null, VERSION].includes(await buildOf(answer))) throw new Error(path + " is of another build, or missing: tried again at the next visit");
    await cache.put(inScope(path), answer);
  }));
  await cache.put(WHOLE, new Response(VERSION));
}

self.addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("site-") && name !== CACHE) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

// The build of a page; "" for a page that is not ours, such as a host's own error, and null for what is no page.
async function buildOf(answer) {
  if (!(answer.headers.get("content-type") || "").includes("html")) return null;
  return /data-build="?(\\w+)/.exec(await answer.clone().text())?.[1] ?? "";
}

async function keep(request, answer) {
  const copy = answer.ok && !answer.redirected && answer.clone();
  try {
    if (copy) await (await caches.open(CACHE)).put(request.url.split("#")[0].split("?")[0], copy);
  } catch { /* no room on the device: it is shown, and not kept */ }
  return answer;
}

async function fromCache(request) {
  try {
    return await (await caches.open(CACHE)).match(request, { ignoreSearch: true });
  } catch {
    return undefined; // the browser gives no storage
  }
}

const shown = new Map(); // for each reader shown a kept page because the line was slow: whether the network then had another build

async function page(request, reader) {
  const kept = await fromCache(request);
  // no-cache: the browser's own cache may hold an old page for minutes, on hosts that let it.
  const network = fetch(request, { cache: "no-cache" }).then((answer) => checked(request, answer));
  if (!kept) {
    const slash = request.url.split(/[?#]/)[0] + "/"; // as a host would lead on
    return network.catch(async () => (await fromCache(slash)) || (await fromCache(inScope("404.html"))) || Response.error());
  }
  const answered = network.then((answer) => (answer.status >= 500 ? kept : answer)).catch(() => kept);
  const late = new Promise((resolve) => {
    const timer = setTimeout(() => {
      shown.set(reader, network.then(buildOf).then((build) => Boolean(build) && build !== VERSION).catch(() => false));
      resolve(kept);
    }, WAIT);
    answered.then(() => clearTimeout(timer));
  });
  return Promise.race([answered, late]);
}

// A page asks once it stands: a message before would find nobody listening.
self.addEventListener("message", (event) => {
  event.waitUntil(Promise.resolve(shown.get(event.source.id)).then((newer) => newer && event.source.postMessage("newer")));
});

let filling;
function refill() {
  filling ??= fill().catch(() => {}).finally(() => { filling = undefined; });
}

// Once a page of a newer build has been fetched, nothing kept from this build is shown again: its safety text may be old.
async function checked(request, answer) {
  if (!answer.ok) return answer;
  const build = await buildOf(answer);
  if (build === VERSION && !(await fromCache(WHOLE))) refill(); // a page of another build had been seen, and is gone again
  if (build === null || build === VERSION) return keep(request, answer);
  if (build) {
    await caches.delete(CACHE);
    self.registration.update().catch(() => {});
  }
  return answer;
}

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" || pathname.endsWith("/")) { // or a page asked for ahead
    event.respondWith(page(request, event.resultingClientId));
  } else if (/-[0-9a-f]{10}[/]/.test(pathname)) { // named after its bytes: what is kept is what is asked for
    event.respondWith(fromCache(request).then((kept) => kept || fetch(request).then((answer) => keep(request, answer))));
  } else {
    event.respondWith(fetch(request).then((answer) => keep(request, answer)).catch(async () => (await fromCache(request)) || Response.error()));
  }
});
"""


def manifest(folder: Path, site: Site) -> None:
    """Write ``manifest.webmanifest``."""
    (folder / "manifest.webmanifest").write_text(json.dumps(MANIFEST, indent=1), encoding="utf-8")


def mark_build(folder: Path, site: Site) -> None:
    """Mark every page with the build it belongs to, on its ``<html>`` tag."""
    version = digest(folder, 12)
    for page in folder.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        page.write_text(re.sub(r"<html\b", f"<html data-build={version}", html, count=1), encoding="utf-8")


def service_worker(folder: Path, site: Site) -> None:
    """Write ``sw.js`` with the list of what is kept: KEPT pages, and every script, style and drawing they ask for.

    Raises ValueError for an address of KEPT where no page stands: it would be missed on the night without a network.
    """
    for kept in KEPT:
        if not any(article.address.startswith(kept) for article in site.articles.values()):
            raise ValueError(f"src/rls_site/publish/offline.py: KEPT must name pages: found '{kept}', where none stands; write the new address")
    version = re.search(r"data-build=(\w+)", (folder / "index.html").read_text(encoding="utf-8")).group(1)
    pages = [
        f"{article.address}index.html"
        for article in site.articles.values()
        if any(article.address.startswith(kept) if kept else not article.address for kept in KEPT)
    ]
    files = {"404.html", "manifest.webmanifest"}
    for name in pages:
        html = (folder / name).read_text(encoding="utf-8")
        base = Path(name).parent
        for found in re.findall(r"(?:src|href)=\"?((?:\.\./|\./)*[\w./-]+\.(?:js|css|svg|png))", html):
            target = (folder / base / found).resolve()
            if target.is_file():
                files.add(target.relative_to(folder.resolve()).as_posix())
    for script in folder.glob("javascripts-*/*"):
        if script.suffix in (".js", ".css"):  # not the words of the search: who never opens it need not fetch them
            files.add(script.relative_to(folder).as_posix())
    keep = sorted(name.removesuffix("index.html") or "./" for name in pages) + sorted(files)
    worker = WORKER % {"version": version, "keep": json.dumps(keep, indent=1)}
    (folder / "sw.js").write_text(worker, encoding="utf-8")
