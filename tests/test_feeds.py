"""What machines fetch: sitemap, robots.txt, the feed of what changed our mind, llms.txt, and the Markdown twins."""

from __future__ import annotations

import re
from dataclasses import replace

from conftest import BASE
from lxml import etree
from lxml import html as parser

from rls_site.evidence.claims import certainty_words
from rls_site.publish.feeds import atom, llms, sitemap
from rls_site.publish.twins import Twin

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"


def test_sitemap_lists_every_article_with_its_review(site_folder, project):
    tree = etree.fromstring((site_folder / "sitemap.xml").read_bytes())
    found = {url.findtext(f"{MAP}loc"): url.findtext(f"{MAP}lastmod") for url in tree}
    assert found == {BASE + article.address: str(article.meta["last_reviewed"]) for article in project.articles.values()}


def test_withdrawn_articles_are_in_no_list(project):
    article = project.articles["massage/techniques.md"]
    gone = replace(article)
    object.__setattr__(gone, "meta", {**article.meta, "withdrawn": "A reason."})
    without = replace(project, articles={**project.articles, article.path: gone})
    assert article.address in sitemap(project) and article.address in llms(project)
    assert article.address not in sitemap(without) and article.address not in llms(without)


def test_the_twin_of_a_withdrawn_article_says_so_first(project):
    article = project.articles["massage/self-massage.md"]
    gone = replace(article)
    object.__setattr__(gone, "meta", {**article.meta, "withdrawn": "A rub did harm."})
    said = "> **We have taken this page back.** A rub did harm.\n>\n> "
    assert said in Twin(gone, project).text() and said not in Twin(article, project).text()


def test_robots_let_everyone_in(site_folder):
    text = (site_folder / "robots.txt").read_text(encoding="utf-8")
    assert text == f"User-agent: *\nAllow: /\n\nSitemap: {BASE}sitemap.xml\n"


def test_feed_has_an_entry_for_each_dated_change(site_folder, project):
    tree = etree.fromstring((site_folder / "feed.xml").read_bytes())
    entries = tree.findall(f"{ATOM}entry")
    dated = re.findall(r"^## .*\{ #([\w-]+) \}\n\n\d{1,2} [A-Z]\w+ \d{4}\.", project.articles["evidence/changes.md"].body, re.MULTILINE)
    assert sorted(entry.findtext(f"{ATOM}id") for entry in entries) == sorted(f"{BASE}evidence/changes/#{anchor}" for anchor in dated)
    assert len(dated) >= 5
    for node in (tree, *entries):
        assert node.findtext(f"{ATOM}title")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", node.findtext(f"{ATOM}updated"))
    assert tree.findtext(f"{ATOM}updated") == max(entry.findtext(f"{ATOM}updated") for entry in entries)
    assert tree.find(f"{ATOM}link[@rel='self']").get("href") == BASE + "feed.xml"
    lavender = next(entry for entry in entries if entry.findtext(f"{ATOM}id").endswith("#lavender"))
    assert lavender.findtext(f"{ATOM}content").startswith("Single trials gave the credit to lavender oil")
    assert "We now say:" in lavender.findtext(f"{ATOM}content")


def test_feed_entries_point_to_parts_of_the_page(site_folder):
    page = parser.document_fromstring((site_folder / "evidence/changes/index.html").read_bytes().decode("utf-8"))
    ids = {element.get("id") for element in page.iter() if element.get("id")}
    for entry in etree.fromstring((site_folder / "feed.xml").read_bytes()).findall(f"{ATOM}entry"):
        assert entry.find(f"{ATOM}link").get("href").partition("#")[2] in ids


def test_llms_names_every_twin(site_folder, project):
    text = (site_folder / "llms.txt").read_text(encoding="utf-8")
    assert text.startswith("# Massage for Restless Legs\n\n> ")
    for article in project.articles.values():
        assert f"({BASE}{article.address}index.md): {article.meta['description']}\n" in text, article.path
        assert (site_folder / article.address / "index.md").is_file()
    for name in re.findall(rf"\({BASE}(evidence/[\w.]+)\)", text):
        assert (site_folder / name).is_file(), name


def reviewed(project, path: str, by: str):
    """The project with one article that somebody has checked."""
    named = replace(project.articles[path])
    object.__setattr__(named, "meta", {**named.meta, "reviewed_by": by})
    return replace(project, articles={**project.articles, path: named})


def test_llms_says_that_nobody_checked_only_while_nobody_has(project):
    nobody = "No clinician has checked these pages"
    assert (nobody in llms(project)) is all(article.meta["reviewed_by"] == "nobody" for article in project.articles.values())
    assert nobody not in llms(reviewed(project, "massage/index.md", "A. Person, sleep doctor"))


def test_an_entry_whose_day_cannot_be_read_stops_nothing(project):
    """The check names it; the feed ended in a traceback."""
    page = project.articles["evidence/changes.md"]
    changed = replace(page, body=page.body.replace("20 November 2026. Single", "31 Novmber 2026. Single", 1))
    assert changed.body != page.body
    assert atom(replace(project, articles={**project.articles, page.path: changed})).count("<entry>") == atom(project).count("<entry>") - 1


def test_each_page_names_its_twin_and_two_name_the_feed(site_folder, project):
    for article in project.articles.values():
        page = parser.document_fromstring((site_folder / article.address / "index.html").read_bytes().decode("utf-8"))
        links = {link.get("type"): link.get("href") for link in page.findall(".//link[@rel='alternate']")}
        assert links["text/markdown"] == "index.md"
        named = {"": "feed.xml", "evidence/changes/": "../../feed.xml"}
        assert links.get("application/atom+xml") == named.get(article.address), article.path


def test_twins_hold_no_words_of_our_vocabulary(site_folder, project):
    for article in project.articles.values():
        text = (site_folder / article.address / "index.md").read_text(encoding="utf-8")
        outside = re.sub(r"^(```|~~~).*?^\1", "", text, flags=re.DOTALL | re.MULTILINE)
        outside = re.sub(r"`[^`\n]*`", "", outside)
        assert not re.search(r"^///", outside, re.MULTILINE), article.path
        assert "[@" not in outside, article.path
        assert not re.search(r"\]\((?!https?://|mailto:|tel:)", outside), article.path
        assert text.startswith(f"# {article.meta['title']}\n"), article.path


def test_each_card_in_a_twin_says_its_certainty(site_folder, project):
    for article in project.articles.values():
        text = (site_folder / article.address / "index.md").read_text(encoding="utf-8")
        for block in article.blocks:
            if block.name == "evidence":
                claim = project.evidence.claims[block.argument]
                start = text.index(f"> Claim: {claim.claim}")
                assert " ".join(certainty_words(claim.certainty)) in text[start : start + 1500], (article.path, claim.id)


def test_twin_numbers_its_sources_in_reading_order(project):
    text = Twin(project.articles["massage/index.md"], project).text()
    body, _, sources = text.partition("\n## Sources\n")
    first = list(dict.fromkeys(int(number) for inside in re.findall(r"\[([\d, ]+)\]", body) for number in inside.split(", ")))
    assert first == sorted(first) == list(range(1, len(first) + 1))
    assert [int(line.split(".")[0]) for line in sources.strip().split("\n")] == first


def test_a_care_card_is_one_quotation(project):
    assert "> **Advice:**\n>\n> See your doctor if\n>\n> - restless legs" in Twin(project.articles["massage/index.md"], project).text()


def test_twin_of_the_claim_checker_holds_every_claim(site_folder, project):
    text = (site_folder / "evidence/claims/index.md").read_text(encoding="utf-8")
    assert [claim.id for claim in project.evidence.claims.values() if f"evidence/claims/#{claim.id}\n" not in text] == []


def test_each_study_has_one_card_and_its_twin_the_same_order(site_folder, project):
    lines = {key: f"- {study['bottom_line']} Who:" for key, study in project.evidence.studies.items()}
    cards = []
    for path, article in project.articles.items():
        if not any(block.name == "studies" for block in article.blocks):
            continue
        page = (site_folder / article.address / "index.html").read_text(encoding="utf-8")
        twin = (site_folder / article.address / "index.md").read_text(encoding="utf-8")
        shown = [key for key in re.findall(r"<h3 id=([\w-]+)>", page) if key in lines]
        places = [twin.index(lines[key]) for key in shown]
        assert places == sorted(places), path
        cards += shown
    assert sorted(cards) == sorted(lines)


def test_twin_of_the_safety_check_says_what_each_answer_leads_to(project):
    text = Twin(project.articles["tonight/safety-check.md"], project).text()
    check, crisis = project.evidence.safety["check"], project.evidence.safety["crisis"]
    for question in check["questions"]:
        line = next(line for line in text.split("\n") if question["question"] in line)
        assert line.endswith(f"Yes or not sure: **{check['outcomes'][question['if_yes']]['title']}**.")
        assert question.get("help", "") in line
        assert all(sign in line for sign in question.get("also") or ())
    titles = [text.index(f"**{check['outcomes'][name]['title']}.** ") for name in check["order"]]
    assert titles == sorted(titles)
    assert text.count("\n- ") >= sum(len(outcome["do"]) for outcome in check["outcomes"].values())
    assert crisis in text


def test_twin_of_the_print_page_holds_its_sheets_and_their_rules(project):
    text = Twin(project.articles["tools/print.md"], project).text()
    assert text.count(project.evidence.safety["lists"]["paper"]["items"][0]) == sum(
        block.name == "safety" and block.argument == "paper" for block in project.articles["tools/print.md"].blocks
    )
    assert not re.search(r" [.,;]", text)
    assert f"{BASE}tools/print/" not in text.partition("\n- If you quote")[2]
