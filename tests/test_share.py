"""Pictures to share: one per article and per claim, readable, small, the same bytes each time."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import BASE
from lxml import html as parser
from PIL import Image, ImageColor

from rls_site.article import in_words
from rls_site.publish.share import (
    BAR, FLAME, NIGHT, PAPER, Card, _font, _mark, article_card, claim_address, claim_card, drawn, laid_out, picture, picture_address, wrapped,
)  # fmt: skip

MOST = 40_000
"""Bytes a picture may have."""


def words(card: Card) -> str:
    """Return the text on a card, its lines joined."""
    return " ".join(line.words for line in laid_out(card))


@pytest.fixture(scope="module")
def mark(root) -> Path:
    """The drawing of the site's mark."""
    return root / "docs" / "images" / "mark.svg"


def test_every_article_and_claim_has_a_small_picture_of_the_right_size(site_folder, project):
    names = [picture_address(article) for article in project.articles.values()]
    names += [claim_address(claim) for claim in project.evidence.claims.values()]
    assert len(set(names)) == len(names)
    assert sorted(file.relative_to(site_folder).as_posix() for file in site_folder.glob("share/**/*.png")) == sorted(names)
    for name in names:
        assert (site_folder / name).stat().st_size <= MOST, name
        with Image.open(site_folder / name) as picture:
            assert picture.size == (1200, 630), name


def test_tags_name_the_picture_and_say_what_the_page_says(site_folder, project):
    for article in project.articles.values():
        page = parser.document_fromstring((site_folder / article.address / "index.html").read_bytes().decode("utf-8"))
        said = {meta.get("property"): meta.get("content") for meta in page.findall(".//meta[@property]")}
        assert said["og:title"] == article.meta["title"]
        assert said["og:description"] == article.meta["description"]
        assert said["og:url"] == BASE + article.address == page.find(".//link[@rel='canonical']").get("href")
        assert said["og:type"] == ("article" if article.address else "website")
        assert said["og:image"] == BASE + picture_address(article)
        assert (site_folder / said["og:image"].removeprefix(BASE)).is_file()
        assert said["og:image:alt"].startswith(article.meta["title"])
        assert page.find(".//meta[@name='twitter:card']").get("content") == "summary_large_image"


def test_article_cards_hold_title_answer_certainty_and_date(project):
    for article in project.articles.values():
        text = words(article_card(article, project))
        assert "…" not in text, article.path
        assert article.meta["title"] in text and article.meta["description"] in text
        day = article.meta["last_reviewed"]
        assert f"Last reviewed {day.day} {day:%B %Y}" in text
        claim = project.evidence.claims.get(article.meta.get("main_claim", ""))
        assert ("Certainty:" in text) is bool(claim)
        if claim:
            said = f"“{claim.claim.rstrip('.')}”: "
            assert said in text and text.index(said) < text.index(f"Certainty: {claim.certainty.replace('-', ' ')}.")


def test_claim_cards_hold_claim_verdict_finding_certainty_source_and_date(project):
    verdicts = {"supported": "Supported", "partly": "Partly supported", "unproven": "Not proven", "contradicted": "Contradicted"}
    for claim in project.evidence.claims.values():
        text = words(claim_card(claim, project))
        assert "…" not in re.sub(r"Source: .*?Evidence", "", text), claim.id
        assert f"“{claim.claim.rstrip('.')}”" in text and verdicts[claim.verdict] in text, claim.id
        assert f"Certainty: {claim.certainty.replace('-', ' ')}." in text
        assert f"Evidence searched to {in_words(project.articles['evidence/claims.md'].meta['evidence_searched'])}" in text
        assert ("No study found" in text) is (not claim.sources)
        if claim.sources:
            assert f"Source: {project.evidence.references[claim.sources[0]].short[:12]}" in text, claim.id


def test_lines_fit_the_card(project):
    for claim in project.evidence.claims.values():
        for line in laid_out(claim_card(claim, project)):
            assert line.x + _font(line.weight, line.size).getlength(line.words) <= 1200 - 40, claim.id
            assert line.y <= 600, claim.id


def test_wrapped_cuts_with_an_ellipsis():
    assert wrapped("one two three", "regular", 40, 2, 120) == ["one", "two…"]
    assert wrapped("one two", "regular", 40, 2, 1000) == ["one two"]


def test_the_same_bytes_with_and_without_the_cache(project, mark, tmp_path):
    card = article_card(project.articles["massage/index.md"], project)
    first = drawn(card, mark, tmp_path / "a")
    assert drawn(card, mark, tmp_path / "a") == first == drawn(card, mark, tmp_path / "b")
    assert len(list((tmp_path / "a").iterdir())) == 1


def test_everything_on_a_card_is_drawn(project, mark):
    card = article_card(project.articles["massage/index.md"], project)
    with Image.open(io.BytesIO(picture(card, mark))) as image:
        drawn_on = image.convert("RGB")
    for line in laid_out(card):
        box = drawn_on.crop((line.x, line.y - line.size // 2, line.x + line.size, line.y))
        assert ImageColor.getrgb(line.fill) in [colour for _, colour in box.getcolors()], line.words
    lit = [drawn_on.getpixel((72 + 46 * number + 19, 511)) for number in range(4)]
    assert lit == [ImageColor.getrgb(colour) for colour in (FLAME, FLAME, BAR, BAR)]
    assert {ImageColor.getrgb(PAPER), ImageColor.getrgb(FLAME)} <= {colour for _, colour in drawn_on.crop((1054, 482, 1156, 584)).getcolors()}
    assert drawn_on.getpixel((5, 300)) == ImageColor.getrgb(FLAME) and drawn_on.getpixel((1190, 300)) == ImageColor.getrgb(NIGHT)


def test_a_change_of_words_changes_the_picture(project, mark, tmp_path):
    claim = project.evidence.claims["massage-cures-rls"]
    assert drawn(claim_card(claim, project), mark, tmp_path) != drawn(claim_card(replace(claim, certainty="high"), project), mark, tmp_path)


def test_another_mark_is_named_with_its_cure(tmp_path):
    mark = tmp_path / "mark.svg"
    mark.write_text('<svg><path d="M0 0"/><path d="M1 1"/><path d="M2 2"/></svg>')
    with pytest.raises(ValueError, match=r"docs/images/mark\.svg must have two paths, the leg and then the moon: found 3; draw"):
        _mark(mark)
