"""The headers once more, as nginx reads them: made from ``_headers``, so that every host sends the same."""

from __future__ import annotations

from pathlib import Path

from ..site import Site

PATH = "_headers.nginx"


def headers_of(text: str) -> list[tuple[str, str]]:
    """Return the headers ``_headers`` gives every address, but Cache-Control, which differs by folder."""
    first = text.split("\n/", 2)[0] if text.startswith("/*") else ""
    pairs = [line.strip().split(": ", 1) for line in first.split("\n")[1:] if line.strip()]
    return [(name, value) for name, value in pairs if name != "Cache-Control"]


def nginx_headers(folder: Path, site: Site) -> None:
    """Write ``_headers.nginx``; ``deploy/nginx.conf`` includes it."""
    lines = [
        f'add_header {name} "{value}" always;' for name, value in headers_of((folder / "_headers").read_text(encoding="utf-8"))
    ]
    (folder / PATH).write_text("\n".join(lines) + "\n", encoding="utf-8")
