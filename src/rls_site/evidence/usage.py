"""Where the evidence is used: the articles that cite a source or show a claim."""

from __future__ import annotations

from pathlib import Path
from typing import Iterator

from ..article import BLOCK, CITATION, split_keys
from . import load_evidence


def _published(docs: Path) -> Iterator[tuple[str, list[str]]]:
    for file in sorted(docs.rglob("*.md")):
        path = file.relative_to(docs).as_posix()
        if not path.startswith("_") and not file.name.startswith("_"):
            yield path, file.read_text(encoding="utf-8", errors="replace").split("\n")


def usage(docs: Path) -> dict[str, list[str]]:
    """Return, for each source's key, the articles (paths from ``docs/``) that cite it or show a claim resting on it."""
    claims = load_evidence(docs).claims
    found: dict[str, list[str]] = {}
    for path, lines in _published(docs):
        keys: set[str] = set()
        for line in lines:
            for match in CITATION.finditer(line):
                keys.update(split_keys(match.group(1)))
            block = BLOCK.match(line)
            if block and block.group(1) == "evidence" and block.group(2) in claims:
                keys.update(claims[block.group(2)].sources)
        for key in keys:
            found.setdefault(key, []).append(path)
    return found


def claim_usage(docs: Path) -> dict[str, list[str]]:
    """Return, for each claim's id, the articles that show its evidence card."""
    found: dict[str, list[str]] = {}
    for path, lines in _published(docs):
        for line in lines:
            block = BLOCK.match(line)
            if block and block.group(1) == "evidence" and block.group(2):
                found.setdefault(block.group(2), []).append(path)
    return found
