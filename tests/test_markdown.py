"""Each word of the vocabulary, from Markdown to HTML."""

from __future__ import annotations

import dataclasses
import logging
import re
from pathlib import Path

import pytest
from markdown import Markdown
from PIL import Image

from rls_site.article import read
from rls_site.evidence.references import Reference
from rls_site.markdown import cards, claims, forest_plot, glossary, lists, references, safety, sheet, studies, tool
from rls_site.rules.blocks import BLOCKS

BIB = """
@article{one2020, author = {First, Ann and Second, Bo}, title = {{A trial}}, journal = {Journal}, year = {2020}, volume = {1}, number = {2}, pages = {3--4}, doi = {10.1000/one}}
@misc{nobody, title = {{A page without author or year}}, url = {https://example.org/page}, note = {Read on a copy.}}
"""
STUDIES = """
- key: one2020
  kind: compression
  design: sham-rct
  who: Adults with restless legs
  who_group: adults-with-rls
  people: '35'
  result: -3 points (-5 to -1).
  effect:
  - {label: Sleeves, measure: difference, value: -3.4, low: -5.4, high: -1.4, unit: points, timing: 4 weeks, comparator: sham}
  sham: true
  small: true
  funding: not stated in the record we read
  bottom_line: It may help.
- {key: nobody, kind: guideline, design: web-page, who: Anyone, who_group: not-a-study-of-people, result: Advice., bottom_line: Advice.}
"""
CLAIMS = """
- id: sleeves-help
  group: devices
  claim: Air sleeves help.
  verdict: partly
  certainty: low
  who_was_studied: 35 adults
  finding: Sleeves may help.
  sources: [one2020]
  topics: [compression]
- {id: soap, group: touch, claim: Soap helps., verdict: unproven, certainty: very-low, who_was_studied: No study, finding: We found no study., none_found: true, searched: We looked in 2026., topics: [self-care]}
"""
SAFETY = """
line: 'First, the [check](tonight/safety-check.md) [@one2020].'
numbers: [{place: Here, emergency: '999', advice: '111'}, {place: There, emergency: '112', advice: '116'}]
lists:
  paper: {title: Before, items: [leave a hot leg alone]}
  drowsy: {level: emergency, title: Call 999 now if, items: [hard to wake], after: 'Do the [check](tonight/safety-check.md).'}
  emergency: {title: Call 999 or your doctor if, items: [you faint]}
  urgent: {title: Today if, items: [one leg swells]}
  must-not: {title: Do not massage a leg that, items: [has a clot]}
  ask-first: {title: Ask first if, items: [you are pregnant]}
  devices: {title: Machines, items: [start low]}
check:
  order: [emergency, fine]
  questions: [{id: lungs, question: 'Short of breath?', help: 'Stop and [feel](massage/index.md).', also: [you faint], picture: images/drawings/calf.svg, shows: A calf., if_yes: emergency}]
  outcomes: {emergency: {title: Call, do: [call]}, fine: {title: Fine, do: [start light]}}
"""


@pytest.fixture
def docs(tmp_path) -> Path:
    """A docs folder with a little evidence of each kind."""
    folder = tmp_path / "docs"
    (folder / "evidence").mkdir(parents=True)
    (folder / "massage").mkdir()
    for name, text in (
        ("references.bib", BIB), ("studies.yml", STUDIES), ("claims.yml", CLAIMS), ("safety.yml", SAFETY),
        ("glossary.yml", "- {term: ferritin, meaning: A store of iron. A blood test shows it.}\n"),
    ):
        (folder / "evidence" / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def convert(docs):
    """A function that renders Markdown as the article ``massage/index.md``."""

    def run(text: str, path: str = "massage/index.md") -> str:
        md = Markdown(
            extensions=["attr_list", "toc", "tables", "pymdownx.blocks.caption", "rls_site.markdown"],
            extension_configs={"rls_site.markdown": {"docs": str(docs)}},
        )
        md.rls_path = path
        return md.convert(text)

    return run


SOURCE_ONE = (
    '<li id="source-1">First A.; Second B. <cite>A trial</cite>. Journal, 2020. '
    '<a href="https://doi.org/10.1000/one" rel="noopener">doi:10.1000/one</a></li>'
)


def test_text_without_marks_is_passed_over_and_reads_the_same(docs):
    md = Markdown(
        extensions=["attr_list", "smarty", "pymdownx.blocks.caption", "rls_site.markdown"],
        extension_configs={"rls_site.markdown": {"docs": str(docs)}},
    )
    md.rls_path = "massage/index.md"
    html = md.convert("It's the store, and *ferritin's* low.\n\nAsk for ferritin\n\nOne line  \nand another\n\nPlain & plainer")
    term = '<a class="term" href="../evidence/glossary.md#ferritin" title="A store of iron.">ferritin</a>'
    assert html == (
        f"<p>It&rsquo;s the store, and <em>{term}&rsquo;s</em> low.</p>\n<p>Ask for ferritin</p>\n"
        "<p>One line<br />\nand another</p>\n<p>Plain &amp; plainer</p>"
    )


def test_citation(convert):
    html = convert("It may help [@one2020].")
    assert '<p>It may help<sup class="cite"><a href="#source-1" title="First and others, 2020">1</a></sup>.</p>' in html
    assert f'<section class="sources"><h2 id="sources">Sources</h2><ol>{SOURCE_ONE}</ol><p>What we read of each is in the <a href=' in html


def test_citations_are_numbered_in_reading_order(convert):
    html = convert("One [@nobody; @one2020].\n\n- two [@one2020]\n")
    assert '<a href="#source-1" title="A page without author or year, n.d.">1</a>, <a href="#source-2"' in html
    assert '<li>two<sup class="cite"><a href="#source-2"' in html


def test_what_is_our_own_says_so(convert):
    html = convert("Rest [@our-own]. Walk [@one2020; @our-own]. Sit [@our-own].")
    own, space = '<a href="#source-own">our own</a></sup>', "\N{NO-BREAK SPACE}"
    assert html.startswith(
        f'<p>Rest<sup class="cite">{space}<a href="#source-own" title="A caution or view of ours: no source says it">our own</a></sup>. '
        f'Walk<sup class="cite"><a href="#source-1" title="First and others, 2020">1</a>, {own}. Sit<sup class="cite">{space}{own}.</p>'
    )
    line = '<section class="sources"><h2 id="sources">Sources</h2><p id="source-own">“Our own” marks a caution or a view of ours that no source gives: <a href='
    assert line in html and f"<ol>{SOURCE_ONE}</ol>" in html
    assert html.index(line) < html.index("<ol>")
    assert line in (alone := convert("Rest [@our-own].")) and "<ol>" not in alone


def test_source_without_author_or_year_leads_with_its_title(convert):
    html = convert("One [@nobody].")
    assert '<li id="source-1"><cite>A page without author or year</cite>. n.d. <a href="https://example.org/page"' in html


def test_an_organisation_with_commas_is_no_surname():
    known = Reference("heart", 1, "misc", {}, ("{National Heart, Lung, and Blood Institute}",))
    assert known.byline == "National Heart, Lung, and Blood Institute" and known.short == "National Heart, Lung, and Blood Institute, n.d."
    person = dataclasses.replace(known, authors=("Koo, Brian B.", "others"))
    assert person.byline == "Koo B. B. and others" and person.short == "Koo and others, n.d."


@pytest.mark.parametrize(
    ("authors", "byline", "brief"),
    [
        (("Koo, Brian B.",), "Koo B. B.", "Koo B. B."),
        (("Koo, Brian B.", "Bo, C."), "Koo B. B.; Bo C.", "Koo B. B.; Bo C."),
        (("Koo, Brian B.", "Bo, C.", "Li, D."), "Koo B. B.; Bo C.; Li D.", "Koo B. B. and others"),
        (("Koo, Brian B.", "others"), "Koo B. B. and others", "Koo B. B. and others"),
        ((), "", ""),
    ],
)
def test_a_page_names_fewer_authors_than_the_list(authors, byline, brief):
    reference = Reference("a", 1, "article", {"title": "A"}, authors)
    assert (reference.byline, reference.brief_byline) == (byline, brief)


def test_what_helps_to_find_a_page_stands_at_its_end_and_the_styles_after_the_answer(convert):
    html = convert("# A\n\n/// short-version\n- One [@one2020].\n- Two.\n///\n\n/// also-called\njumpy legs\n///\n\nText.")
    places = [html.index(part) for part in ('<section class="short-version"', "<!-- styles -->", "<p>Text.</p>", "People also say", 'id="sources"')]
    assert places == sorted(places)
    assert html.count("<!-- styles -->") == 1 and "<!--" not in convert("Text.")


def test_citation_in_code_stays_as_typed(convert):
    assert convert("Write `[@one2020]`.") == "<p>Write <code>[@one2020]</code>.</p>"


def test_unknown_citation_is_named(convert, caplog):
    with caplog.at_level(logging.WARNING):
        convert("One [@one2021].")
    assert caplog.messages == ["docs/massage/index.md: a citation must stand in references.bib: found 'one2021'; did you mean 'one2020'?"]


def test_evidence_card(convert):
    html = convert("/// evidence | sleeves-help\n///")
    assert '<p class="evidence__finding">Sleeves may help.</p>' in html
    assert '<p class="certainty certainty--low"><span aria-hidden="true" class="certainty__bar"></span><strong>Certainty: low</strong> (step 2 of 4).<br />\nThe truth may be quite different.</p>' in html.replace("\N{NO-BREAK SPACE}", " ")
    assert "<strong>Who was studied: </strong>35\N{NO-BREAK SPACE}adults.</p>" in html
    assert 'Sources: <sup class="cite"><a href="#source-1"' in html
    assert '<a href="../evidence/claims.md#sleeves-help">More on this claim<span class="visually-hidden">: Air sleeves help.</span></a>' in html


def test_evidence_card_says_that_no_study_was_found(convert):
    assert '<p class="evidence__sources">No study found. We looked in 2026.</p>' in convert("/// evidence | soap\n///")


def test_links_of_the_safety_text_lead_from_every_folder(convert):
    assert 'Do the <a href="../tonight/safety-check.md">check</a>.' in convert("/// safety | drowsy\n///", "massage/index.md")
    help_ = re.sub(r">\s+<", "><", convert("/// safety-check\n///", "tonight/safety-check.md"))
    assert '<img alt="A calf." class="drawing" loading="lazy" src="../images/drawings/calf.svg"' in help_
    assert '<p>Stop and <a href="../massage/index.md">feel</a>.</p><p>Say yes as well if</p><ul><li>you faint</li></ul>' in help_
    assert '<p class="question__rule">No to all 1 questions:</p>' in convert("/// safety-check\n///", "tonight/safety-check.md")


def test_unknown_claim_is_named(convert, caplog):
    with caplog.at_level(logging.WARNING):
        html = convert("/// evidence | sleeve-helps\n///")
    assert "There is no claim 'sleeve-helps'." in html
    assert caplog.messages == ["docs/massage/index.md: '/// evidence' must name a claim of claims.yml: found 'sleeve-helps'; did you mean 'sleeves-help'?"]


@pytest.mark.parametrize("level, prefix", [("emergency", "Emergency advice: "), ("urgent", "Urgent advice: "), ("ask", "Advice: ")])
def test_care_card(convert, level, prefix):
    html = convert(f"/// care | {level}\nGet help if\n\n- one leg swells\n///")
    title = f'<span class="visually-hidden">{prefix}</span>Get help if'
    assert html == (
        f'<section class="care care--{level}">\n'
        f'<p class="care__title">{f"<span>{title}</span>" if level == "emergency" else title}</p>\n<ul>\n<li>one leg swells</li>\n</ul>\n</section>'
    )


def test_do_and_dont(convert):
    assert '<section class="do">\n<p class="do__title">Do</p>\n<ul>\n<li>rest</li>' in convert("/// do\n- rest\n///")
    assert '<p class="dont__title">Do not</p>' in convert("/// dont\n- do not press\n///")


def test_steps_keep_their_seconds(convert):
    html = convert("/// steps | Calves\n1. **90 seconds.** Stroke.\n2. **2 minutes.** Rest.\n///")
    assert '<p class="steps__title">Calves</p>' in html
    assert '<li data-seconds="90"><strong>90\N{NO-BREAK SPACE}seconds</strong> Stroke.</li>' in html
    assert '<li data-seconds="120"><strong>2\N{NO-BREAK SPACE}minutes</strong> Rest.</li>' in html


def test_short_version_and_also_called(convert):
    assert '<p class="short-version__title">The short version</p>' in convert("/// short-version\n- Yes.\n- No.\n///")
    assert "<p>People also say: jumpy legs, the kicks</p>" in convert("/// also-called\njumpy legs,\nthe kicks\n///")


def test_safety_line_links_from_where_it_stands(convert):
    assert '<p class="safety-line">First, the <a href="../tonight/safety-check.md">check</a><sup' in convert("/// safety | line\n///")
    assert '<a href="safety-check.md">check</a>' in convert("/// safety | line\n///", "tonight/index.md")


def test_safety_lists(convert):
    spoken = '<p class="care__title"><span><span class="visually-hidden">Emergency advice: </span>Call <a href="tel:999">999</a>'
    assert f"{spoken} or your doctor if</span></p>" in convert("/// safety | emergency\n///")
    drowsy = convert("/// safety | drowsy\n///")
    assert f"{spoken} now if</span></p>" in drowsy and drowsy.startswith('<section class="care care--emergency">')
    assert '<p class="safety__title">Do not massage a leg that</p>' in convert("/// safety | must-not\n///")
    paper = re.sub(r"\n\s*", "", convert("/// safety | paper\n///"))
    assert paper.startswith('<div class="sheet"><section class="safety safety--paper"><p class="safety__title">Before</p><ul><li>leave')
    numbers = convert("/// safety | numbers\n///")
    assert '<th scope="row">Here</th>' in numbers and '<td><a href="tel:999">999</a></td>' in numbers


def test_safety_check_asks_from_the_table(convert):
    html = convert("/// safety-check\n///")
    assert '<fieldset class="question" data-yes="emergency" id="q-lungs">' in html
    assert '<input name="lungs" type="radio" value="not-sure" /> Not sure' in html or 'value="not-sure"> Not sure' in html
    assert html.index('id="outcome-emergency"') < html.index('id="outcome-fine"')
    assert '<section class="outcome care care--emergency" data-outcome="emergency" id="outcome-emergency">' in html
    assert '<p class="calls"><a class="button" href="tel:999">Call 999 <span>Here</span></a>' in html
    assert html.count("tel:999") == 1


def test_study_cards(convert):
    html = convert("/// studies | compression\n///")
    assert '<section class="study" data-kind="compression" data-who="adults-with-rls">' in html
    assert '<h3 id="one2020">It may help.</h3>' in html
    assert "<dt>People</dt>" in html and "<dd>35</dd>" in html
    assert '<span class="badge">Against a sham</span>' in html
    assert "Who paid" not in html
    assert "<dt>Result</dt>\n<dd>−3\N{NO-BREAK SPACE}points (−5\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}−1).</dd>" in html
    assert 'First and others, 2020. <cite>A trial</cite>. <a href="https://doi.org/10.1000/one"' in html
    assert '<p class="study__source"><cite>A page without author or year</cite>, n.d. <a' in convert("/// studies | guideline\n///")


def test_forest_plot_has_the_same_figures_in_drawing_and_table(convert):
    html = convert("/// forest-plot\n///")
    assert html.replace("\N{NO-BREAK SPACE}", " ").count("3 better (1 to 5 better)") == 2
    assert '<svg aria-describedby="plot-desc" aria-labelledby="plot-title" role="img"' in html
    assert "Sleeves (against a sham, small)" in html


def test_three_columns_of_much_text_are_stacked_on_a_phone_with_their_roles(convert):
    much = "| Option | What we know | Keep in mind |\n|---|---|---|\n| Iron | " + "word " * 20 + "| ask |"
    html = convert(much)
    assert '<table class="stacked even" role="table">\n<thead role="rowgroup">\n<tr role="row">\n<th role="columnheader">Option</th>' in html
    assert '<th role="rowheader" scope="row">Iron</th>' in html
    assert '<td data-label="Keep in mind" role="cell">ask</td>' in html
    assert "stacked" not in convert(much.replace("word " * 20, "word " * 11))
    assert "stacked" not in convert(much.replace("| Keep in mind |", "| Keep in mind | More |").replace("---|\n", "---|---|\n").replace("| ask |", "| ask | it |"))
    plot = convert("/// forest-plot\n///")
    assert '<th role="rowheader" scope="row">Sleeves' in plot and 'data-label="Compared with"' in plot


def test_what_was_taken_back_is_offered_nowhere(convert, docs):
    page = "---\ntitle: Massage\n---\n\n# Massage\n\n/// evidence | sleeves-help\n///\n"
    (docs / "massage/index.md").write_text(page, encoding="utf-8")
    assert "../massage/index.md" in convert("/// claims\n///", "evidence/claims.md")
    (docs / "massage/index.md").write_text(page.replace("title: Massage\n", "title: Massage\nwithdrawn: It did harm.\n"), encoding="utf-8")
    assert "../massage/index.md" not in convert("/// claims\n///", "evidence/claims.md")


def test_claim_checker(convert):
    html = convert("/// claims\n///", "evidence/claims.md")
    assert '<h2 id="massagers-and-other-devices">Massagers and other devices</h2>' in html
    assert '<h3 id="sleeves-help">“Air sleeves help”</h3>' in html
    assert '<p class="verdict"><strong>Partly supported</strong></p>' in html


def test_references_say_where_they_are_used(convert, docs):
    (docs / "massage" / "index.md").write_text("---\n# how a search shows it\ntitle: Massage\n---\n\n# Massage\n\nOne [@one2020].\n", encoding="utf-8")
    (docs / "massage" / "own.md").write_text("---\ntitle: Own\n---\n\n# Own\n\nWrite `[@one2020]`.\n", encoding="utf-8")
    (docs / "massage" / ".#index.md").symlink_to("editor@machine")
    html = convert("/// references | a-k\n///", "evidence/references.md") + convert("/// references | l-z\n///", "evidence/references-l-to-z.md")
    assert html.count('id="ref-one2020"') == 1
    assert '<p>First A.; Second B. <cite>A trial</cite>. Journal 1(2):3–4, 2020. <a ' in html and "(Read on a copy)</p>" in html
    assert 'Used on: <a href="../massage/index.md#sources">Massage</a>.' in html
    assert "Kept for the record; no page rests on it." in html


def test_references_fold_the_pages_where_they_are_many(convert, docs):
    for name in ("about/design", "massage/index", "massage/own", "massage/safety"):
        (docs / name).parent.mkdir(exist_ok=True)
        (docs / f"{name}.md").write_text(f"---\ntitle: On {name}\n---\n\n# On {name}\n\nOne [@one2020].\n", encoding="utf-8")
    html = convert("/// references | a-k\n///", "evidence/references.md") + convert("/// references | l-z\n///", "evidence/references-l-to-z.md")
    assert '<summary>Used on 3 pages</summary><p><a href="../massage/index.md#sources">On massage/index</a>; <a' in html.replace("\n", "")
    assert "about/design" not in html


def test_glossary_and_first_use(convert):
    assert '<h2 id="d-to-g">D to G</h2><dl><dt id="ferritin">ferritin</dt>' in re.sub(r"\n\s*", "", convert("/// glossary\n///", "evidence/glossary.md"))
    html = convert("Ask for ferritin. Then ferritin again.\n\n## Ferritin\n")
    assert html.startswith(
        '<p>Ask for <a class="term" href="../evidence/glossary.md#ferritin" title="A store of iron.">ferritin</a>. Then ferritin again.</p>'
    )


def test_a_door_has_no_link_but_its_own(convert):
    """A term's link covered the whole door, and led to the glossary."""
    html = convert("/// doors\n- [Causes](causes.md) Ferritin, and what is *ferritin*.\n///\n\nAsk for ferritin.")
    assert '<li><a href="causes.md">Causes</a> Ferritin, and what is <em>ferritin</em>.</li>' in html
    assert html.count("glossary.md#ferritin") == 1


def test_image_gets_size_and_loads_late(convert, docs):
    (docs / "images" / "drawings").mkdir(parents=True)
    (docs / "images" / "drawings" / "calf.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 240"/>', encoding="utf-8")
    html = convert("![Stroke up the calf.](../images/drawings/calf.svg)\n/// caption\nUp, not down.\n///")
    for part in ('width="320"', 'height="240"', 'loading="lazy"', 'class="drawing"', "<figcaption>"):
        assert part in html


@pytest.mark.parametrize("name", ["box.svg", "calf.png", "calf.jpg", "calf.webp"])
def test_every_kind_of_image_gets_its_size(convert, docs, name):
    """A page jumps while an image without a size loads."""
    (docs / "images").mkdir()
    file = docs / "images" / name
    if name.endswith(".svg"):
        file.write_text("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 320 240'/>", encoding="utf-8")
    else:
        Image.new("RGB", (320, 240)).save(file)
    assert 'height="240"' in (html := convert(f"![Stroke up the calf.](../images/{name})")) and 'width="320"' in html


def test_an_image_that_is_none_has_no_size(convert, docs):
    (docs / "images").mkdir()
    (docs / "images" / "calf.png").write_bytes(b"no picture")
    assert "width=" not in convert("![Stroke up the calf.](../images/calf.png)\n\n![Stroke down the calf.](../images/none.png)")


def test_images_in_a_row_stand_in_a_box(convert):
    one = "![Stroke up the calf.](../images/drawings/calf.svg)\n/// caption\nUp.\n///\n\n"
    assert 'class="figures"' not in convert(f"{one}Words.\n\n{one}")
    html = convert(f"Before.\n\n{one}{one}{one}After.")
    box = html[html.index('<div class="figures">') : html.index("</div>")]
    assert box.count("<figure>") == html.count("<figure>") == 3
    assert html.index("Before.") < html.index(box) < html.index("After.")


def test_a_table_with_empty_rows_is_one_to_fill_in(convert):
    assert '<table class="fill-in">' in convert("| Night | Score |\n|---|---|\n| | |\n| | |")
    assert "fill-in" not in convert("| Night | Score |\n|---|---|\n| One | |")


def test_sheet_takes_the_section_from_its_home(convert, docs):
    (docs / "massage" / "self.md").write_text(
        "---\ntitle: Own legs\nlast_reviewed: 2026-11-20\n---\n\n# Own legs\n\n## First { #first }\n\nStroke up [@one2020]. See [safety](safety.md).\n\n/// do\n- rest\n///\n\n## Second\n\nNot this.\n",
        encoding="utf-8",
    )
    html = convert("/// sheet | massage/self.md#first\n///", "tools/print.md")
    assert '<p>Stroke up. See <a href="../massage/safety.md">safety</a>.</p>' in html
    assert '<section class="do">' in html
    assert "Not this" not in html
    assert "From the page “Own legs”, last reviewed by its writers 20 November 2026.</p>" in html


def test_sheet_leaves_out_what_points_to_its_own_page(convert, docs):
    (docs / "massage" / "self.md").write_text(
        "---\ntitle: Own legs\n---\n\n# Own legs\n\n## First { #first }\n\nCopy this, or [print it](../tools/print.md).\n\n- My legs: ________\n", encoding="utf-8"
    )
    html = convert("/// sheet | massage/self.md#first\n///", "tools/print.md")
    assert "Copy this" not in html and "<li>My legs: ________</li>" in html
    assert "Copy this" in convert("/// sheet | massage/self.md#first\n///", "tools/diary.md")


def test_a_change_of_a_claim_is_seen_on_every_page(convert, docs):
    assert "Sleeves may help." in convert("/// evidence | sleeves-help\n///")
    file = docs / "evidence" / "claims.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("Sleeves may help.", "Sleeves may help a little."), encoding="utf-8")
    assert "Sleeves may help a little." in convert("/// evidence | sleeves-help\n///")
    assert "Sleeves may help a little." in convert("/// claims\n///", "evidence/claims.md")


def test_the_placebo_line_stands_only_where_no_sham_took_it_off(convert):
    html = convert("/// forest-plot\n///")
    assert html.count('class="plot__placebo"') == html.count('class="plot__open"')
    assert html.count('class="plot__zero"') == 2  # no difference, and the axis


def test_claims_stand_under_their_headings_and_are_counted(convert):
    html = convert("/// claims\n///", "evidence/claims.md")
    assert re.findall(r'<h[23] id="([\w-]+)"', html) == [
        "oils-pressure-points-and-home-remedies", "soap", "massagers-and-other-devices", "sleeves-help",
    ]  # fmt: skip
    assert re.findall(r'<rect class="tally--(\w+)" height="32" width="([\d.]+)" x="([\d.]+)"', html) == [("partly", "180.0", "0.0"), ("unproven", "180.0", "180.0")]
    assert "Of 2 claims, from left to right: 0 supported, 1 partly supported, 1 not proven, 0 contradicted." in re.sub("</?strong[^>]*>", "", html).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("text", "spaced"),
    [("call 000 [@one2020].", True), ("**12** [@one2020].", True), ("call now [@one2020].", False), ("12 people [@one2020].", False)],
)
def test_a_mark_after_a_number_stands_apart(convert, text, spaced):
    assert ('class="cite">\N{NO-BREAK SPACE}<a' in convert(text)) is spaced


@pytest.mark.parametrize(
    ("title", "linked"),
    [("Call 999 now if", ["999"]), ("Call 999, or 999 again, if", ["999", "999"]), ("At 1,999 or 999.5 kg", []), ("**Call 999** now if", [])],
)
def test_numbers_in_the_title_of_an_emergency_can_be_tapped(convert, title, linked):
    assert re.findall(r'href="tel:(\d+)"', convert(f"/// care | emergency\n{title}\n\n- one leg swells\n///")) == linked


@pytest.mark.parametrize("change", [("numbers: [", "nubmers: ["), ("emergency: '999'", "emergency: 999"), ("numbers: [", "numbers: 5\nrest: [")])
def test_a_slip_in_the_numbers_stops_no_preview_of_a_card(convert, docs, change):
    file = docs / "evidence" / "safety.yml"
    file.write_text(file.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    assert "Get help if" in convert("/// care | emergency\nGet help if\n\n- one leg swells\n///")


def test_the_axis_holds_every_range(convert, docs):
    """A range beyond the axis was cut off without a mark, and a square beyond it lay outside the drawing."""
    file = docs / "evidence" / "studies.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("value: -3.4, low: -5.4, high: -1.4", "value: 20, low: -25, high: 31"), encoding="utf-8")
    drawing = convert("/// forest-plot\n///").partition("</svg>")[0]
    assert [float(x) for x in re.findall(r' x[12]="([\d.-]+)"', drawing) + re.findall(r'<rect [^>]*x="([\d.-]+)"', drawing) if not 0 <= float(x) <= 360] == []
    assert re.findall(r'class="plot__tick"[^>]*>([−+\d]+)<', drawing) == ["−30", "−24", "−18", "−12", "−6", "0", "+6", "+12", "+18", "+24", "+30", "+36", "0"]


@pytest.mark.parametrize(
    ("change", "block"),
    [
        (("line: 'First", "lien: 'First"), "/// safety | line\n///"), (("urgent: {title", "urgent: {titel"), "/// safety | urgent\n///"),
        (("check:", "chekc:"), "/// safety-check\n///"), (("if_yes: emergency", "if_yes: nowhere"), "/// safety-check\n///"),
    ],
)
def test_a_slip_in_the_safety_text_stops_no_preview(convert, docs, caplog, change, block):
    """The check names it, with its line; a live preview goes on, and a strict build fails on the warning."""
    file = docs / "evidence" / "safety.yml"
    file.write_text(file.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        assert "<p>Rest.</p>" in convert(f"{block}\n\nRest.")
    (message,) = caplog.messages
    assert "must be filled from docs/evidence: found " in message and message.endswith("; run: make check")


def test_a_slip_in_a_date_stops_no_preview(convert, docs):
    (docs / "massage" / "self.md").write_text("---\ntitle: Own legs\nlast_reviewed: 20/11/2026\n---\n\n# Own legs\n\nStroke up.\n", encoding="utf-8")
    html = convert("/// sheet | massage/self.md\n///", "tools/print.md")
    assert "<p>Stroke up.</p>" in html and "From the page" not in html


def test_anchors_are_those_the_build_makes(docs, convert):
    text = "# A\n\n## 你好\n\n## Harms\n\n## Harms\n\n## Harms_1\n\n## Known { #harms_3 }\n\n## Harms\n"
    (docs / "massage" / "self.md").write_text(f"---\ntitle: A\n---\n\n{text}", encoding="utf-8")
    article, _ = read(docs / "massage" / "self.md", docs)
    assert [heading.anchor for heading in article.headings] == re.findall(r'<h\d id="([^"]*)"', convert(text))


def test_every_word_is_in_the_vocabulary_of_the_rules():
    modules = (cards, claims, forest_plot, glossary, lists, references, safety, sheet, studies, tool)
    assert {word.NAME for module in modules for word in module.WORDS} | {"caption"} == set(BLOCKS)


def test_a_study_added_stands_in_cards_plot_and_references(convert, docs):
    folder = docs / "evidence"
    with (folder / "references.bib").open("a", encoding="utf-8") as file:
        file.write("@article{new2026, author = {New, Nia}, title = {{New trial}}, journal = {J}, year = {2026}, doi = {10.1000/new}}\n")
    with (folder / "studies.yml").open("a", encoding="utf-8") as file:
        file.write(
            "- {key: new2026, kind: compression, design: rct, who: Adults, who_group: adults-with-rls, result: Same., bottom_line: It may not help., sham: false,"
            " effect: [{label: New sleeves, measure: difference, value: -1, low: -3, high: 1, unit: points, timing: 2 weeks, comparator: usual care}]}\n"
        )
    cards = convert("/// studies | compression\n///")
    assert re.findall(r'<h3 id="(\w+)">', cards) == ["new2026", "one2020"]
    assert "<cite>New trial</cite>" in cards
    assert "New sleeves (no sham): 1 better (3 better to 1 worse)" in convert("/// forest-plot\n///").replace("\N{NO-BREAK SPACE}", " ")
    assert 'id="ref-new2026"' in convert("/// references | l-z\n///", "evidence/references-l-to-z.md")


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Call 999, 112, 911 or 000 now.", "Call 999, 112, 911~or~000 now."),
        ("Call [999](tel:999), [911](tel:911) or [000](tel:000).", ">911</a>~or~<a"),
        ("About 22 in 100 people, 9 to 15 points, 3 times a week, 4 weeks.", "About 22~in~100 people, 9~to~15~points, 3 times a week, 4~weeks."),
        ("Take 2 at most; `3 weeks` is code.", "Take 2 at most; <code>3 weeks</code> is code."),
    ],
)
def test_a_number_keeps_its_unit(convert, text, held):
    assert held.replace("~", "\N{NO-BREAK SPACE}") in convert(text)


def test_the_title_of_a_card_keeps_its_numbers_in_one_line(convert):
    title = convert("/// care | emergency\nCall 999, 112 or your doctor now if\n\n- you faint\n///").replace("\N{NO-BREAK SPACE}", "~")
    assert '<a href="tel:999">999</a>,' in title and ", 112" not in title
