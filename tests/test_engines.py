"""The same tree builds with both engines, and every article says the same."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from urllib.parse import urljoin

import pytest
from lxml import html as parser

from rls_site.build import render


@pytest.fixture(scope="module")
def other(root):
    """What Zensical makes of the project."""
    with tempfile.TemporaryDirectory(prefix=".build-other-", dir=root) as scratch:
        made = Path(scratch) / "site"
        assert render(root, "zensical", made) == 0
        yield made


def _article(file: Path) -> parser.HtmlElement:
    return parser.document_fromstring(file.read_bytes().decode("utf-8")).find(".//article")


def _ways(article: parser.HtmlElement, address: str) -> list[str]:
    """Where the links of an article lead, as whole addresses; the engines write the way there differently."""
    return [urljoin(f"https://site.example/{address}", link.get("href") or "").removesuffix("/") for link in article.iter("a")]


def _words(element: parser.HtmlElement) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


def test_text_is_the_same(rendered, other, project):
    for article in project.articles.values():
        name = f"{article.address}index.html"
        assert _words(_article(other / name)) == _words(_article(rendered / name)), article.path


def test_links_and_anchors_are_the_same(rendered, other, project):
    for article in project.articles.values():
        name = f"{article.address}index.html"
        here, there = _article(rendered / name), _article(other / name)
        assert _ways(there, article.address) == _ways(here, article.address), article.path
        ids = [[e.get("id") for e in part.iter() if e.get("id")] for part in (here, there)]
        assert ids[0] == ids[1], article.path
