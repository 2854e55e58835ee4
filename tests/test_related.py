"""Read next: two to four steps at the end of each article, never the page before or after, and no dead end."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from conftest import BASE
from lxml import html as parser

from rls_site.publish.related import next_steps



@pytest.fixture(scope="module")
def steps(project):
    """The next steps of each article, by path."""
    return next_steps(project)


@pytest.fixture(scope="module")
def pages(site_folder, project):
    """The page of each article, by address."""
    return {
        article.address: parser.document_fromstring((site_folder / article.address / "index.html").read_bytes().decode("utf-8"))
        for article in project.articles.values()
    }


def _targets(element, address: str) -> set[str]:
    full = (urljoin(BASE + address, link.get("href")) for link in element.iter("a") if link.get("href"))
    return {urlsplit(target).path.lstrip("/") for target in full if target.startswith(BASE)}


def test_each_article_but_home_has_two_to_four(steps, project):
    assert set(steps) == set(project.articles) - {"index.md", "tonight/safety-check.md"}
    assert {path: len(found) for path, found in steps.items() if not 2 <= len(found) <= 4} == {}
    assert {len(found) for path, found in steps.items() if path.startswith("tonight/")} == {2}
    for path, found in steps.items():
        assert len({article.path for article in found}) == len(found)
        assert path not in {article.path for article in found}


def test_never_the_page_before_or_after(steps, project):
    order = project.nav
    for path, found in steps.items():
        if path in order and project.articles[path].type != "tool":  # a tool's page names no neighbours
            place = order.index(path)
            near = {order[i] for i in (place - 1, place + 1) if 0 <= i < len(order)}
            assert not near & {article.path for article in found}, path


def test_steps_stand_on_the_page_before_the_sources(steps, pages, project):
    for path, found in steps.items():
        address = project.articles[path].address
        (section,) = pages[address].xpath("//section[contains(concat(' ', @class, ' '), ' related ')]")
        assert section.findtext("h2") == "Read next"
        assert [link.text_content() for link in section.iter("a")] == [article.meta["title"] for article in found]
        assert [urljoin(BASE + address, link.get("href")) for link in section.iter("a")] == [BASE + article.address for article in found]
        sources = pages[address].xpath("//section[contains(@class, 'sources')]")
        assert not sources or section.getnext() is sources[0], path


def test_readers_are_sent_to_what_is_written_for_them(steps):
    assert steps["questions/pregnancy.md"][0].path == "for-you/pregnancy.md"
    assert steps["questions/kidney-disease.md"][0].path == "for-you/kidney-disease.md"
    assert steps["for-you/massage-therapists.md"][0].path == "questions/therapists.md"
    assert steps["questions/oils-soap-and-socks.md"][0].path == "alongside/wraps-socks-blankets.md"


def test_every_page_is_three_clicks_from_home_without_the_menu(pages):
    reached, edge = {""}, {""}
    for _ in range(3):
        edge = {target for address in edge for target in _targets(pages[address].find(".//article"), address) if target in pages} - reached
        reached |= edge
    assert set(pages) - reached == set()
