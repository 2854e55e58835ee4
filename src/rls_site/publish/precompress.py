"""Smaller copies of every text file, for hosts that hand them out: ``.gz`` and ``.br``, the same bytes each time."""

from __future__ import annotations

import gzip
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

from ..site import Site

TEXT = (".html", ".css", ".js", ".svg", ".json", ".xml", ".txt", ".webmanifest", ".md", ".bib", ".yml")
QUALITY = 10
"""Of Brotli, up to 11: the last step takes twice the time for two bytes in a hundred."""

SELDOM = (".xml", ".txt", ".md", ".bib", ".yml")
"""What programs read, not readers: a fifth of the time is enough, for eight bytes more in a hundred."""

LEAST = 200
"""Bytes below which compressing gains nothing."""


def precompress(folder: Path, site: Site) -> None:
    """Write a ``.gz`` and a ``.br`` beside every text file of LEAST bytes or more."""
    files = [file for file in sorted(folder.rglob("*")) if file.suffix in TEXT and file.is_file() and file.stat().st_size >= LEAST]
    with ThreadPoolExecutor() as pool:  # both compressors let other threads run meanwhile
        list(pool.map(_compress, files))


def _compress(file: Path) -> None:
    data = file.read_bytes()
    file.with_name(file.name + ".gz").write_bytes(gzip.compress(data, compresslevel=9, mtime=0))
    file.with_name(file.name + ".br").write_bytes(brotli.compress(data, quality=5 if file.suffix in SELDOM else QUALITY))
