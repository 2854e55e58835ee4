"""The same tree builds with both engines, and every article says the same."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from urllib.parse import urljoin

from conftest import copied
from lxml import html as parser

from rls_site.build import render
from rls_site.publish import inline_styles, leftovers, related, security_policy


def _article(file: Path) -> parser.HtmlElement:
    return parser.document_fromstring(file.read_bytes().decode("utf-8")).find(".//article")


def _ways(article: parser.HtmlElement, address: str) -> list[str]:
    """Where the links of an article lead, as whole addresses; the engines write the way there differently."""
    return [urljoin(f"https://site.example/{address}", link.get("href") or "").removesuffix("/") for link in article.iter("a")]


def _words(element: parser.HtmlElement) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


def _ids(article: parser.HtmlElement) -> list[str]:
    return [element.get("id") for element in article.iter() if element.get("id")]


def test_both_engines_say_the_same(root, rendered, project):
    with tempfile.TemporaryDirectory(prefix=".build-other-", dir=root) as scratch:
        other = Path(scratch) / "site"
        assert render(root, "zensical", other) == ""
        for article in project.articles.values():
            name = f"{article.address}index.html"
            here, there = _article(rendered / name), _article(other / name)
            assert _words(there) == _words(here), article.path
            assert _ways(there, article.address) == _ways(here, article.address), article.path
            assert _ids(there) == _ids(here), article.path
        # What begins with "_" is left out by both.
        assert [file.name for folder in (rendered, other) for file in folder.rglob("_*")] == []
        # The steps that refuse a page without a place for what they add find theirs in this engine's pages too.
        for step in (leftovers, related, inline_styles, security_policy):
            step(other, project)


def test_what_an_engine_warns_of_fails_the_build(tmp_path):
    copied(tmp_path)
    page = tmp_path / "docs/massage/safety.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n/// evidence | sleeves-hepl\n///\n", encoding="utf-8")
    assert "docs/massage/safety.md: '/// evidence' must name a claim of claims.yml: found 'sleeves-hepl'" in render(tmp_path, "mkdocs", tmp_path / "site")
