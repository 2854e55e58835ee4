"""What the tests share: the project folder, one build of the site, a server for it, a browser."""

from __future__ import annotations

import functools
import http.server
import os
import re
import shutil
import sys
import threading
from pathlib import Path

import pytest
from filelock import FileLock

from rls_site.build import render
from rls_site.publish import publish
from rls_site.site import load_site

ROOT = Path(__file__).resolve().parent.parent
BASE = load_site(ROOT).url
"""Where the site will stand, as mkdocs.yml says it."""

os.environ.setdefault("SOURCE_DATE_EPOCH", "1763596800")  # the day a build says it was made, as the Makefile sets it
CHROMIUM_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def pytest_collection_modifyitems(items) -> None:
    """What needs a built site comes first: while one process builds it, the other has the rest to do."""
    items.sort(key=lambda item: "builds" not in item.fixturenames)


@pytest.fixture(scope="session")
def root() -> Path:
    """The project folder."""
    return ROOT


def copied(folder: Path) -> Path:
    """Copy what a check or a build reads into a folder; returns the folder."""
    for name in ("docs", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


@pytest.fixture
def copy(tmp_path, monkeypatch) -> Path:
    """A copy of the project, and the current folder."""
    monkeypatch.chdir(tmp_path)
    return copied(tmp_path)


@pytest.fixture(scope="module")
def remembered():
    """Articles are read once as long as their files stay the same: for tests that look at a copy of the tree many times."""
    from rls_site import article, site

    known: dict = {}

    def read(file: Path, docs: Path):
        key = (file, file.stat().st_mtime_ns, file.stat().st_size)
        if key not in known:
            known[key] = article.read(file, docs)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site, "read", read)
        yield


@pytest.fixture(scope="session")
def project():
    """The project, read once."""
    return load_site(ROOT)


@pytest.fixture(scope="session")
def jsonschema():
    """The library: it takes a second to load, every test process reads every file, and few run what needs it."""
    import jsonschema

    return jsonschema


@pytest.fixture(scope="session")
def builds(tmp_path_factory, worker_id) -> Path:
    """A folder with ``rendered/`` and ``site/``: built by the first test process that asks, waited for by the others."""
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent
    with FileLock(shared / "builds.lock"):
        if not (shared / "site").is_dir():
            assert render(ROOT, "mkdocs", shared / "rendered") == ""
            shutil.copytree(shared / "rendered", shared / "published")
            publish(shared / "published", load_site(ROOT))
            (shared / "published").rename(shared / "site")
    return shared


@pytest.fixture(scope="session")
def rendered(builds) -> Path:
    """The engine's own output, before the last steps."""
    return builds / "rendered"


@pytest.fixture(scope="session")
def site_folder(builds) -> Path:
    """The site as readers get it."""
    return builds / "site"


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves a built site as a host does: hashed files are kept, the 404 page is ours. No log."""

    extensions_map = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".webmanifest": "application/manifest+json",
        ".svg": "image/svg+xml",
        "": "application/octet-stream",
    }

    def log_message(self, *arguments) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Hand out the file, or, while the test says that the server is in trouble, an error."""
        if self.server.in_trouble:
            self._page(503, b"<!doctype html><title>503</title>")
        else:
            super().do_GET()

    def end_headers(self) -> None:
        """As in ``_headers``: what has a hash in its address never changes."""
        if re.search(r"-[0-9a-f]{10}/", self.path):
            self.send_header("Cache-Control", "public, max-age=31536000, immutable")
        super().end_headers()

    def send_error(self, code, message=None, explain=None) -> None:
        """Answer 404 with the site's own page."""
        page = Path(self.directory) / "404.html"
        if code == 404 and page.is_file():
            self._page(404, page.read_bytes())
        else:
            super().send_error(code, message, explain)

    def _page(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class QuietServer(http.server.ThreadingHTTPServer):
    """A reader who leaves while a file is on its way is no fault."""

    daemon_threads = True
    in_trouble = False
    request_queue_size = 128  # a service worker asks for dozens of files at once

    def handle_error(self, request, client_address) -> None:
        """Say what went wrong, unless only the connection ended."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def serve(folder: Path):
    """Serve a folder on a free port of this machine; returns the server, already running in a thread."""
    handler = functools.partial(QuietHandler, directory=str(folder))
    server = QuietServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture(scope="session")
def server(site_folder) -> str:
    """The address of the built site, with a slash at the end."""
    running = serve(site_folder)
    yield f"http://127.0.0.1:{running.server_address[1]}/"
    running.shutdown()


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium; without it browser tests are skipped, in CI they fail."""
    path = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"))), None)
    if not path:
        message = "Chromium is missing; install it, for example with: sudo apt install chromium"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield running
        running.close()
