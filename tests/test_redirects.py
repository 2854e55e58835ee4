"""Old addresses keep working."""

from __future__ import annotations

import dataclasses

import pytest
from lxml import html as parser

from rls_site.article import read
from rls_site.publish.nginx import headers_of, nginx_headers
from rls_site.publish.redirects import redirects
from rls_site.publish.security_policy import security_policy

PAGE = "---\ntitle: Warm <stones>\n{key}\n---\n\n# Warm stones\n"


@pytest.fixture
def site_with(project, tmp_path):
    """A site of one page, ``massage/hot-stones/``, with one more line of front matter."""

    def make(key: str, path: str = "massage/hot-stones.md"):
        file = tmp_path / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(PAGE.format(key=key), encoding="utf-8")
        (tmp_path / "mkdocs.yml").write_text("site_url: https://test.example/legs/ # under a path\n")
        (tmp_path / "site").mkdir(exist_ok=True)
        return tmp_path / "site", dataclasses.replace(project, root=tmp_path, articles={path: read(file, tmp_path / "docs")[0]})

    return make


def test_page_at_the_old_address_leads_to_the_new_one(site_with):
    folder, site = site_with("moved_from: [massage/stones/, stones/warm/]")
    redirects(folder, site)
    assert (folder / "_redirects").read_text() == "/massage/stones/ /massage/hot-stones/ 301\n/stones/warm/ /massage/hot-stones/ 301\n"
    page = parser.document_fromstring((folder / "massage/stones/index.html").read_bytes())
    assert page.xpath("string(//link[@rel='canonical']/@href)") == "https://test.example/legs/massage/hot-stones/"
    assert page.xpath("string(//meta[@http-equiv='refresh']/@content)") == "0; url=../hot-stones/"
    assert page.xpath("string(//a/@href)") == "../hot-stones/" and page.xpath("string(//a)") == "Warm <stones>"
    assert page.xpath("string(//meta[@name='robots']/@content)") == "noindex"
    other = parser.document_fromstring((folder / "stones/warm/index.html").read_bytes())
    assert other.xpath("string(//a/@href)") == "../../massage/hot-stones/"
    security_policy(folder, site)
    assert "Content-Security-Policy" in (folder / "massage/stones/index.html").read_text()


def test_home_can_be_a_new_address(site_with):
    folder, site = site_with("moved_from: [start/]", path="index.md")
    redirects(folder, site)
    page = parser.document_fromstring((folder / "start/index.html").read_bytes())
    assert page.xpath("string(//meta[@http-equiv='refresh']/@content)") == "0; url=../"
    assert (folder / "_redirects").read_text() == "/start/ / 301\n"


def test_nothing_moved_nothing_written(site_with):
    folder, site = site_with("tags: [sleep]")
    redirects(folder, site)
    assert list(folder.iterdir()) == []


def test_nginx_gets_the_same_headers(tmp_path, project):
    text = "/*\n  Content-Security-Policy: default-src 'none'\n  X-Frame-Options: DENY\n  Cache-Control: no\n/images-0123456789/*\n  Cache-Control: yes\n"
    (tmp_path / "_headers").write_text(text)
    assert headers_of(text) == [("Content-Security-Policy", "default-src 'none'"), ("X-Frame-Options", "DENY")]
    nginx_headers(tmp_path, project)
    assert (tmp_path / "_headers.nginx").read_text() == (
        "add_header Content-Security-Policy \"default-src 'none'\" always;\nadd_header X-Frame-Options \"DENY\" always;\n"
    )
