"""``deploy/nginx.conf`` for real: Debian's nginx on this machine serves the built site as the other hosts do."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

from rls_site.publish.nginx import headers_of

MODULES = Path("/usr/lib/nginx/modules")


@pytest.fixture(scope="module")
def nginx(root, site_folder, tmp_path_factory):
    """A running nginx; gives a function that asks it."""
    program = shutil.which("nginx") or ("/usr/sbin/nginx" if Path("/usr/sbin/nginx").is_file() else None)
    if not program:
        message = "nginx is missing; install it, for example with: sudo apt install nginx-light"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("nginx")
    config = (root / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    config = config.replace("/srv/restless-legs/site", str(site_folder)).replace("listen [::]:80;", "").replace("listen 80;", f"listen 127.0.0.1:{port};")
    modules = ""
    if (MODULES / "ngx_http_brotli_static_module.so").is_file():
        modules = f"load_module {MODULES}/ngx_http_brotli_static_module.so;"
        config = config.replace("# brotli_static on;", "brotli_static on;")
    spaces = "".join(f"{name}_temp_path {folder}/{name}; " for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    main = folder / "main.conf"
    main.write_text(
        f"{modules}\ndaemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;\n"
        f"{'user root;' if os.geteuid() == 0 else ''}\nevents {{ worker_connections 256; }}\nhttp {{ access_log off; sendfile on; {spaces}\n{config}\n}}\n",
        encoding="utf-8",
    )
    checked = subprocess.run([program, "-t", "-c", main, "-e", folder / "error.log"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    running = subprocess.Popen([program, "-c", main, "-e", folder / "error.log"])
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    else:
        pytest.fail("nginx answered nothing in five seconds")

    def ask(path: str, method: str = "GET", **headers: str):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body

    yield ask
    running.terminate()
    running.wait(timeout=10)


def test_same_headers_as_the_other_hosts(nginx, site_folder):
    wanted = headers_of((site_folder / "_headers").read_text(encoding="utf-8"))
    assert len(wanted) >= 8 and wanted[0][0] == "Content-Security-Policy"
    for path in ("/", "/massage/safety/", "/sw.js", "/no/such/page"):
        _, headers, _ = nginx(path)
        assert {name: headers.get(name.lower()) for name, _ in wanted} == dict(wanted), path
    assert "server" not in headers or headers["server"] == "nginx"


def test_pages_are_asked_for_again_and_hashed_files_kept(nginx, site_folder):
    text = (site_folder / "_headers").read_text(encoding="utf-8")
    again, forever = re.findall(r"Cache-Control: (.+)", text)[:2]
    assert nginx("/")[1]["cache-control"] == again
    hashed = next(file for file in sorted(site_folder.glob("images-*/**/*.svg")))
    assert nginx(f"/{hashed.relative_to(site_folder).as_posix()}")[1]["cache-control"] == forever


@pytest.mark.parametrize(
    ("pattern", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"), ("sw.js", "text/javascript; charset=utf-8"), ("images-*/**/*.svg", "image/svg+xml"),
        ("manifest.webmanifest", "application/manifest+json; charset=utf-8"), ("evidence/references.bib", "text/plain; charset=utf-8"),
        ("evidence/claims.yml", "text/plain; charset=utf-8"),
    ],
)  # fmt: skip
def test_types(nginx, site_folder, pattern, kind):
    file = next(iter(sorted(site_folder.glob(pattern))))
    status, headers, body = nginx(f"/{file.relative_to(site_folder).as_posix()}")
    assert (status, headers["content-type"]) == (200, kind) and body == file.read_bytes()


def test_smaller_copies_hold_the_same_bytes(nginx, site_folder):
    page = (site_folder / "index.html").read_bytes()
    status, headers, body = nginx("/", Accept_Encoding="gzip")
    assert (status, headers["content-encoding"], headers["vary"]) == (200, "gzip", "Accept-Encoding")
    assert body == (site_folder / "index.html.gz").read_bytes() and gzip.decompress(body) == page
    if (MODULES / "ngx_http_brotli_static_module.so").is_file():
        assert nginx("/", Accept_Encoding="br")[2] == (site_folder / "index.html.br").read_bytes()
    assert nginx("/")[2] == page


def test_missing_pages_get_ours(nginx, site_folder):
    for path in ("/no/such/page", "/massage/no-such/", "/_headers", "/_headers.nginx", "/_redirects", "/.git/config"):
        status, headers, body = nginx(path)
        assert (status, body) == (404, (site_folder / "404.html").read_bytes()), path
        assert headers["content-type"] == "text/html; charset=utf-8"


def test_address_without_slash_is_sent_on_without_naming_a_host(nginx):
    status, headers, _ = nginx("/massage")
    assert (status, headers["location"]) == (301, "/massage/")


def test_conditional_and_range_requests(nginx, site_folder):
    _, headers, page = nginx("/")
    assert nginx("/", If_None_Match=headers["etag"])[0] == 304
    assert nginx("/", If_Modified_Since=headers["last-modified"])[0] == 304
    status, part, body = nginx("/", Range="bytes=0-9")
    assert (status, body, part["content-range"]) == (206, page[:10], f"bytes 0-9/{len(page)}")
    assert nginx("/", Range=f"bytes={len(page)}-")[0] == 416
    assert nginx("/", method="HEAD")[2] == b""
    assert nginx("/", method="POST")[0] == 405


def test_no_way_out_of_the_folder(nginx):
    for path in ("/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/massage/..%2f..%2f..%2fetc/passwd"):
        status, _, body = nginx(path)
        assert status in (400, 404) and b"root:" not in body
