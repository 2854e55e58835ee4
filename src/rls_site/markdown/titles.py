"""The titles of other articles, for links made by the build."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path


def title_of(docs: Path, path: str) -> str:
    """Return the H1 of the article at ``path`` (from ``docs/``), or the path when it has none."""
    file = docs / path
    return _title(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=512)
def _title(file: Path, stamp: int) -> str:
    match = re.search(r"^#\s+(.+?)\s*$", file.read_text(encoding="utf-8", errors="replace"), re.MULTILINE)
    return match.group(1) if match else file.stem
