"""The site as readers get it, read from its files."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

import pytest
from conftest import BASE
import yaml
from lxml import html as parser

from rls_site.article import read
from rls_site.evidence.safety import emergency_numbers
from rls_site.evidence.usage import usage
from rls_site.publish.leftovers import LEFTOVERS
from rls_site.publish.security_policy import inline, source_hash
from rls_site.rules import check_article



@pytest.fixture(scope="module")
def pages(site_folder) -> dict[str, parser.HtmlElement]:
    """Every page by its address from the root."""
    return {
        file.relative_to(site_folder).as_posix().removesuffix("index.html"): parser.document_fromstring(
            file.read_bytes().decode("utf-8")
        )
        for file in sorted(site_folder.rglob("*.html"))
    }


def test_every_article_is_a_page(pages, project):
    assert {article.address for article in project.articles.values()} <= set(pages)


def test_links_and_anchors_resolve(pages, site_folder):
    anchors = {address: {element.get("id") for element in page.iter() if element.get("id")} for address, page in pages.items()}
    broken = []
    for address, page in pages.items():
        for element in page.iter("a", "link", "img", "script", "source"):
            for name in ("href", "src"):
                target = element.get(name)
                if not target or element.get("rel") in ("canonical", "alternate"):
                    continue
                full = urljoin(BASE + address, target)
                if not full.startswith(BASE):
                    continue
                parts = urlsplit(full[len(BASE) :])
                path = unquote(parts.path)
                if path in anchors:
                    if parts.fragment and unquote(parts.fragment) not in anchors[path]:
                        broken.append(f"{address}: {target} (no such part)")
                elif not (site_folder / path).is_file():
                    broken.append(f"{address}: {target}")
    assert broken == []


def test_nothing_is_loaded_from_elsewhere(pages):
    found = [
        f"{address}: {element.get('src') or element.get('href')}"
        for address, page in pages.items()
        for element in page.iter("img", "script", "link", "iframe", "video", "audio", "source", "object", "embed")
        for target in [element.get("src") or element.get("href") or ""]
        if urlsplit(target).scheme in ("http", "https") and not target.startswith(BASE)
    ]
    assert found == []


def test_titles_and_descriptions_are_unique(pages):
    for text_of in (lambda page: page.findtext(".//title"), lambda page: page.find(".//meta[@name='description']").get("content")):
        texts = [text_of(page) for address, page in pages.items() if not page.findall(".//meta[@http-equiv='refresh']")]
        assert len(texts) == len(set(texts))
        assert all(texts)


def test_each_door_opens_one_page(pages):
    doors = [(address, door) for address, page in pages.items() for door in page.findall(".//div[@class='doors']//li")]
    assert len(doors) > 200
    assert [(address, door.text_content()) for address, door in doors if len(door.findall(".//a")) != 1] == []


def test_one_h1_equal_to_the_title(pages, project):
    for article in project.articles.values():
        tops = pages[article.address].findall(".//h1")
        assert [top.text_content().strip() for top in tops] == [article.meta["title"]], article.path


def test_no_leftovers_of_the_theme(site_folder):
    pages = {file: file.read_text(encoding="utf-8") for file in site_folder.rglob("*.html")}
    assert [(file.name, found) for file, html in pages.items() for found in re.findall(r"[^ =\"]*(?:\bmd-[a-z]|data-md-|__md_)[\w-]*", html)] == []


OWN_SOURCES = {"evidence/glossary.md": "its terms", "evidence/studies.md": "its plot", "tools/print.md": "its sheets"}
"""Pages that show more sources than they rest on, and where those come from."""


def test_the_list_of_sources_names_just_the_pages_that_show_them(pages, project):
    rests = {path: set() for path in project.articles}
    for key, paths in usage(project.articles.values(), project.evidence).items():
        for path in paths:
            rests[path].add(project.evidence.references[key].link[0])
    wrong = [
        path
        for path, article in project.articles.items()
        if path not in OWN_SOURCES and {link.get("href") for link in pages[article.address].xpath("//section[@class='sources']//li/a")} != rests[path]
    ]
    assert wrong == []


def test_every_id_stands_once(pages):
    twice = []
    for address, page in pages.items():
        ids = [element.get("id") for element in page.iter() if element.get("id")]
        twice += [f"{address}: {name}" for name in sorted({name for name in ids if ids.count(name) > 1})]
    assert twice == []


def test_every_timed_step_is_one_on_the_page(pages, project):
    counts = {
        address: (sum(len(re.findall(r"^\d+\. \*\*\d", block.body, re.MULTILINE)) for block in article.blocks if block.name == "steps"), len(pages[address].xpath("//li[@data-seconds]")))
        for article in project.articles.values()
        for address in [article.address]
        if article.path != "tools/print.md"  # its sheets show the steps of others
    }
    assert {address: count for address, count in counts.items() if count[0] != count[1]} == {}


@pytest.mark.parametrize("pattern", [pattern for pattern, _ in LEFTOVERS])
def test_each_leftover_still_occurs(rendered, pattern):
    html = (rendered / "massage" / "index.html").read_text(encoding="utf-8")
    assert re.search(pattern, html, re.DOTALL), "the theme no longer writes this: take it out of LEFTOVERS"


def test_policy_allows_just_the_inline_parts_of_each_page(site_folder):
    for file in site_folder.rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        page = parser.document_fromstring(html)
        policy = page.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
        scripts = {source_hash(part.text) for part in page.iter("script") if not part.get("src") and part.get("type") != "application/ld+json"}
        styles = {source_hash(part.text) for part in page.iter("style")}
        parts = dict(part.split(" ", 1) for part in policy.split("; "))
        assert set(parts["script-src"].split()[1:]) == scripts, file
        assert set(parts["style-src"].split()[1:]) == styles, file
        assert "unsafe" not in policy
        assert parts["default-src"] == "'none'"


def test_no_inline_handlers_or_style_attributes(pages):
    found = [
        f"{address}: <{element.tag} {name}>"
        for address, page in pages.items()
        for element in page.iter()
        if isinstance(element.tag, str)
        for name in element.attrib
        if name == "style" or name.startswith("on")
    ]
    assert found == []


def test_headers_hold_every_page_policy(site_folder):
    headers = (site_folder / "_headers").read_text(encoding="utf-8")
    allowed = set(re.findall(r"'sha256-[^']+'", headers))
    for file in site_folder.rglob("*.html"):
        scripts, styles = (set(map(source_hash, texts)) for texts in inline(file.read_text(encoding="utf-8")))
        assert scripts | styles <= allowed, file
    assert "frame-ancestors 'none'" in headers


def test_hashed_folders_are_kept_for_ever(site_folder):
    hashed = sorted(path.name for path in site_folder.iterdir() if re.fullmatch(r"\w+-[0-9a-f]{10}", path.name))
    assert [name.split("-")[0] for name in hashed] == ["images", "javascripts", "stylesheets"]
    headers = (site_folder / "_headers").read_text(encoding="utf-8")
    for name in hashed:
        assert f"/{name}/*\n  ! Cache-Control\n  Cache-Control: public, max-age=31536000, immutable\n" in headers


def test_compressed_copies_hold_the_same_bytes(site_folder):
    import gzip

    import brotli

    page = site_folder / "index.html"
    assert gzip.decompress(Path(f"{page}.gz").read_bytes()) == page.read_bytes()
    assert brotli.decompress(Path(f"{page}.br").read_bytes()) == page.read_bytes()


def test_every_article_says_who_when_and_who_checked(pages, project):
    for article in project.articles.values():
        text = pages[article.address].text_content()
        reviewed = article.meta["reviewed_by"]
        assert ("No clinician has checked this page" if reviewed == "nobody" else reviewed) in text, article.path
        assert "Is something wrong here?" in text, article.path
        assert all(author.replace("'", "’") in text.replace("'", "’") for author in article.meta["authors"]), article.path
        for key in ("last_reviewed", "next_review", "evidence_searched", *(["written"] if "written" in article.meta else [])):
            day = article.meta[key]
            assert f"{day.day} {day:%B %Y}" in text, article.path


def test_edit_links_lead_to_the_file(pages, project):
    for article in project.articles.values():
        links = [a.get("href") for a in pages[article.address].iter("a") if a.text == "Edit this page"]
        assert links == [f"{project.repository}/edit/main/docs/{article.path}"]


def test_add_a_page_opens_a_draft_that_passes(pages, project, tmp_path):
    links = [a.get("href") for a in pages["about/contribute/"].iter("a") if "/new/main/" in (a.get("href") or "")]
    assert len(links) == 1 and links[0].startswith(f"{project.repository}/new/main/docs/massage?") and len(links[0]) < 4000
    filled = parse_qs(urlsplit(links[0]).query)
    (tmp_path / "massage").mkdir()
    (tmp_path / "massage" / filled["filename"][0]).write_text(filled["value"][0], encoding="utf-8")
    made, problems = read(tmp_path / "massage" / filled["filename"][0], tmp_path)
    assert problems == []
    assert {problem.rule for problem in check_article(made, project)} == {"finished_text"}
    assert all(problem.warning for problem in check_article(made, project))


def test_the_form_for_mistakes_has_the_fields_the_page_fills_in(pages, root):
    form = yaml.safe_load((root / ".github/ISSUE_TEMPLATE/correction.yml").read_text(encoding="utf-8"))
    fields = {field.get("id") for field in form["body"]}
    for address, page in pages.items():
        for link in page.xpath("//a[contains(@href, 'template=correction.yml')]"):
            filled = parse_qs(urlsplit(link.get("href")).query)
            assert set(filled) - {"template", "title"} <= fields, address


def test_sources_follow_each_citation(pages):
    for address, page in pages.items():
        cited = {link.get("href") for link in page.findall(".//sup[@class='cite']/a")}
        listed = {f"#{item.get('id')}" for item in page.xpath("//section[contains(@class,'sources')]//*[starts-with(@id, 'source-')]")}
        assert cited == listed, address
        for item in page.xpath("//section[contains(@class,'sources')]//li"):
            assert item.find(".//a").get("href").startswith("http"), address


def test_questions_map_leads_to_answers(pages, root):
    import yaml

    rows = yaml.safe_load((root / "tests/data/questions.yml").read_text(encoding="utf-8"))
    assert len(rows) >= 115
    for row in rows:
        path, _, anchor = row["address"].partition("#")
        assert path in pages, row
        assert pages[path].xpath("//*[@id=$name]", name=anchor), row


def test_no_page_reaches_a_budget(site_folder):
    import gzip

    sizes = {
        file.relative_to(site_folder).as_posix(): len(gzip.compress(file.read_bytes(), 9))
        for file in site_folder.rglob("*.html")
    }
    articles = sorted(sizes[name] for name in sizes if not name.startswith("evidence/"))
    assert articles[len(articles) // 2] <= 20_000
    assert sizes["tonight/index.html"] <= 14_000
    big = {name: size for name, size in sizes.items() if size > 35_000 and name not in BIG}
    assert big == {}


BIG: dict[str, str] = {}
"""Pages above 35 KB compressed, each with the reason."""


def test_every_source_stands_once_in_the_two_halves_of_the_list(pages, project):
    found = [element.get("id") for half in ("evidence/references/", "evidence/references-l-to-z/") for element in pages[half].xpath("//li[starts-with(@id, 'ref-')]")]
    assert sorted(found) == sorted(f"ref-{key}" for key in project.evidence.references)


def test_the_foot_of_a_page_has_the_emergency_numbers_of_the_safety_text(site_folder, project):
    known = emergency_numbers(project.evidence.safety)
    for address in ("massage/index.html", "tonight/index.html", "404.html"):
        foot = re.search(r"class=bottom__help>.*?<ul>", (site_folder / address).read_text(encoding="utf-8"), re.DOTALL).group(0)
        assert re.findall(r"(?<!tel:)\b\d{3}\b", foot) == known, address
        assert re.findall(r"tel:(\d+)", foot) == known, address
