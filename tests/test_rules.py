"""Each rule, in a test of the same name: what it finds, word for word, and that it lets the right thing pass."""

from __future__ import annotations

import dataclasses
import datetime
import inspect
import re
import shutil
from pathlib import Path

import pytest

from rls_site.article import read
from rls_site.evidence import Evidence
from rls_site.problem import Problem
from rls_site.rules import (
    ARTICLE, SITE, addresses, blocks, check_article, check_file, check_ground, check_site, evidence_words, found_by, headings, images, layout, links, meta,
    project as project_rules, questions, reading, safety, search_words, tree, wording,
)
from rls_site.site import NAMED_HEADINGS, Site, load_site

FRONT = {
    "title": "How to rest your legs",
    "description": "Lie down, breathe slowly and rest both hands on your thighs for ten minutes.",
    "type": "about",
    "audience": "[everyone]",
    "tags": "[sleep]",
    "authors": "[The editors]",
    "reviewed_by": "nobody",
    "last_reviewed": "2026-11-20",
    "next_review": "2027-11-20",
    "evidence_searched": "2026-11-20",
}
BODY = 14
"""The line of the first line of text under this front matter; a heading for the title stands there."""


@pytest.fixture
def site(project) -> Site:
    """The real project, on a day that does not move."""
    return dataclasses.replace(project, today=datetime.date(2026, 11, 20))


@pytest.fixture
def article(tmp_path):
    """Writes an article: the text under the H1, and keys that differ from FRONT (None leaves a key out)."""

    def make(text: str = "", path: str = "massage/rest.md", h1: str | None = FRONT["title"], **keys):
        front = {key: value for key, value in {**FRONT, **keys}.items() if value is not None}
        file = tmp_path / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        head = "".join(f"{key}: {value}\n" for key, value in front.items())
        top = f"# {h1}\n" if h1 else ""
        file.write_text(f"---\n{head}---\n\n{top}{text}", encoding="utf-8")
        made, problems = read(file, tmp_path / "docs")
        assert made, problems
        return made

    return make


def said(rule, made, site) -> list[str]:
    """What a rule says, as ``line: message``, counted from the line of the H1 (0); front matter is counted from its top."""
    found = []
    for line, message, *_ in rule(made, site):
        found.append(f"{line - made.body_line - 1 if line >= made.body_line else f'front {line}'}: {message}")
    return found


@pytest.fixture
def tree_copy(tmp_path):
    """A small project of two articles and one drawing, and what the rules for the tree need."""
    root = tmp_path / "project"
    for folder in ("docs/massage", "docs/images/drawings", "docs/evidence", "docs/javascripts", "overrides"):
        (root / folder).mkdir(parents=True)
    for name in ("index", "massage/rest"):
        front = {**FRONT, "title": f"Page {name}", "description": f"{FRONT['description']} {name}"}
        head = "".join(f"{key}: {value}\n" for key, value in front.items())
        (root / f"docs/{name}.md").write_text(f"---\n{head}---\n\n# Page {name}\n\n![Hands that rest.](images/drawings/rest.svg)\n", encoding="utf-8")
    (root / "docs/massage/rest.md").write_text(
        (root / "docs/massage/rest.md").read_text(encoding="utf-8").replace("(images", "(../images"), encoding="utf-8"
    )
    (root / "docs/images/drawings/rest.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0"/></svg>\n')
    for name in ("main", "404"):
        (root / f"overrides/{name}.html").write_text('{% extends "base.html" %}\n')
    (root / "mkdocs.yml").write_text(
        "site_name: Massage for Restless Legs\nexclude_docs: _*\nsite_url: https://test.example/\ntheme:\n  name: material\n  font: false\n  custom_dir: overrides\n  language: en\n"
        "extra:\n  repository: https://host.example/site\nplugins: []\n"
        "markdown_extensions:\n  - rls_site.markdown\nnav:\n  - Home: index.md\n  - Massage:\n      - Rest: massage/rest.md\n"
    )
    (root / "pyproject.toml").write_text('[project]\nname = "x"\ndependencies = ["mkdocs>=1.6,<2"]\n')
    (root / "requirements.txt").write_text("mkdocs==1.6.1 \\\n    --hash=sha256:00\n")
    return root


def told(rule, root: Path) -> list[str]:
    """What a rule for the tree says, as printed."""
    return [str(problem) for problem in found_by(rule, load_site(root))]


# The whole of a rule: each name has a test, and its docstring says what must be, with Wrong and Right.


@pytest.mark.parametrize("rule", [*ARTICLE, *SITE], ids=lambda rule: rule.__name__)
def test_each_rule_has_a_test_and_says_what_must_be(rule):
    assert f"test_{rule.__name__}" in globals()
    text = inspect.getdoc(rule)
    assert re.search(r"^Wrong: .*\S", text, re.MULTILINE) and re.search(r"^Right: .*\S", text, re.MULTILINE)


def test_every_rule_is_listed():
    modules = (addresses, blocks, evidence_words, headings, images, layout, links, meta, project_rules, questions, reading, safety, search_words, tree, wording)
    written = {
        name for module in modules for name, member in vars(module).items()
        if inspect.isfunction(member) and member.__module__ == module.__name__ and "Wrong:" in (inspect.getdoc(member) or "")
    }
    assert written == {rule.__name__ for rule in (*ARTICLE, *SITE)}


def test_articles_of_the_site_keep_the_rules(project):
    assert [str(problem) for problem in check_site(project) if not problem.warning] == []


def test_what_every_page_rests_on_is_told_alone(project):
    """One brace that is not closed was told two thousand times, once for each line that leans on the file."""
    said = Problem("docs/evidence/references.bib", 461, "evidence", "must be valid BibTeX")
    broken = dataclasses.replace(project, evidence=Evidence(problems=(said,)))
    assert check_ground(project) == []
    for found in (check_ground(broken), check_site(broken), check_file("index.md", broken), check_file("evidence/claims.yml", broken)):
        assert found == [said]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("references.bib", "", "must hold the sources: found none; bring them back: git restore docs/evidence/references.bib"),
        ("studies.yml", "[]\n", "must be a list of records, each starting with '- ': found nothing; see what changed: git diff docs/evidence/studies.yml"),
        ("claims.yml", "", "must be a list of records, each starting with '- ': found nothing; see what changed: git diff docs/evidence/claims.yml"),
    ],
)
def test_evidence_that_is_empty_is_a_fault(root, tmp_path, name, text, says):
    """An empty file broke no rule of its own, and what leans on it is not asked."""
    shutil.copytree(root / "docs/evidence", tmp_path / "docs/evidence", ignore=shutil.ignore_patterns("*.md"))
    (tmp_path / "docs/evidence" / name).write_text(text)
    evidence = load_site(tmp_path).evidence
    assert not evidence.whole and f"docs/evidence/{name}:1: {says}" in map(str, evidence.problems)


# Front matter


def test_front_matter(article, site):
    assert said(headings.front_matter, article(), site) == []
    assert said(headings.front_matter, article(tag="x", tags=None), site) == [
        "front 11: keys must be known: found 'tag'; did you mean 'tags'?",
        "front 1: 'tags' must be given: it is missing; add it (see docs/_template.md)",
    ]
    assert said(headings.front_matter, article(type="treatmant"), site) == [
        "front 4: type must be one of condition, treatment, how-to, device, situation, questions, evidence, tool, about, "
        "landing: found 'treatmant'; did you mean 'treatment'?"
    ]
    assert said(headings.front_matter, article(type="device", scope=""), site) == [
        "front 12: 'scope' must not be empty: found nothing; fill it in",
        "front 1: 'main_claim' must be given for type 'device': it is missing; add it (see docs/_template.md)",
    ]
    assert said(headings.front_matter, article(tags="sleep", audience="[patients]"), site) == [
        "front 6: 'tags' must be a list: found 'sleep'; write [sleep]",
        "front 5: 'audience' must be from the list in CONTRIBUTING.md: found 'patients'; did you mean 'parents'?",
    ]
    assert said(headings.front_matter, article(last_reviewed="20.11.2026", next_review="2027-01-01"), site) == [
        "front 9: 'last_reviewed' must be a date such as 2026-11-20: found '20.11.2026'; write year-month-day"
    ]
    assert said(headings.front_matter, article(last_reviewed="2027-12-01"), site) == [
        "front 9: 'last_reviewed' must not be in the future: found 2027-12-01; today is 2026-11-20",
        "front 10: 'next_review' must come after 'last_reviewed': found 2027-11-20, not after 2027-12-01; set it a year on",
    ]
    assert said(headings.front_matter, article(written="2026-11-20"), site) == []
    assert said(headings.front_matter, article(written="1926-11-20"), site) == [
        "front 12: 'written' must not come before the site's first month, 2026-11-01: found 1926-11-20; look at the year"
    ]
    assert said(headings.front_matter, article(last_reviewed="2026-11-19", written="2026-11-20"), site) == [
        "front 9: 'last_reviewed' must not come before 'written': found 2026-11-19, before 2026-11-20; mend the one that is wrong"
    ]


def test_review_dates(article, site):
    assert said(meta.review_dates, article(), site) == []
    assert said(meta.review_dates, article(next_review="2029-01-01"), site) == [
        "front 10: 'next_review' must be within 366 days of 'last_reviewed': found 2029-01-01; write 2027-11-21 or earlier"
    ]
    for sooner in (article(next_review="2027-11-20", tags=["safety"]), article(next_review="2027-11-20", path="tonight/rest.md")):
        assert said(meta.review_dates, sooner, site) == [
            "front 10: 'next_review' must be within 184 days of 'last_reviewed', with the tag safety or under tonight/: found 2027-11-20; write 2027-05-23 or earlier"
        ]
    soon = article(last_reviewed="2025-12-20", next_review="2026-12-20")
    assert list(meta.review_dates(soon, site)) == [
        (10, "a review comes due on 2026-12-20: in 30 days; plan it (make due lists them all)", True)
    ]
    late = article(last_reviewed="2025-01-20", next_review="2026-01-20")
    assert list(meta.review_dates(late, site)) == [
        (10, "a page must be reviewed by its date: it was due on 2026-01-20; read it again, then set the dates anew", True)
    ]


def test_named_reviewer(article, site):
    assert said(meta.named_reviewer, article(), site) == []
    assert said(meta.named_reviewer, article(reviewed_by="A Person, physiotherapist"), site) == []
    assert said(meta.named_reviewer, article(reviewed_by="a doctor"), site) == [
        "front 8: 'reviewed_by' must be 'nobody', or a person's name, a comma and their profession: found 'a doctor'; say who it was"
    ]
    assert said(meta.named_reviewer, article(reviewed_by="nobody, yet"), site) == [
        "front 8: 'reviewed_by' must be 'nobody', or a person's name, a comma and their profession: found 'nobody, yet'; say who it was"
    ]
    text = "No clinician has checked this page. Wait until a doctor has checked your leg.\nThis page was checked by a nurse.\n"
    assert said(meta.named_reviewer, article(text, reviewed_by="A Person, nurse"), site) == []
    assert said(meta.named_reviewer, article(text), site) == [
        "2: a page that nobody reviewed must not say somebody did: found 'checked by a nurse'; take it out, or name them in 'reviewed_by'"
    ]


def test_named_authors(article, site):
    assert said(meta.named_authors, article(authors='["Anna Blake, RN", Cher, "The site\'s editors"]'), site) == []
    assert [message.split(";")[0] for message in said(meta.named_authors, article(authors="[Anna Blake, RN, “Tom Day”]"), site)] == [
        "front 7: an author must be a name: found 'RN'",
        "front 7: an author must be a name: found '“Tom Day”'",
    ]


def test_claim_shown(article, site):
    card = "/// evidence | massage-cures-rls\n///\n"
    assert said(meta.claim_shown, article(card, main_claim="massage-cures-rls"), site) == []
    assert said(meta.claim_shown, article(main_claim="[massage-cures-rls]"), site) == []
    assert said(meta.claim_shown, article(card, main_claim="massage-helps-on-dialysis"), site) == [
        "front 12: 'main_claim' must be shown on the page: found no '/// evidence | massage-helps-on-dialysis'; add it, or name the claim that is shown"
    ]


def test_no_repeats(article, site):
    assert said(meta.no_repeats, article(), site) == []
    assert said(meta.no_repeats, article(tags="[sleep, sleep]"), site) == [
        "front 6: 'tags' must name each entry once: found 'sleep' 2 times; keep one"
    ]


def test_known_script(article, site):
    assert said(meta.known_script, article(script="diary"), site) == []
    assert said(meta.known_script, article(script="dairy"), site) == [
        "front 12: 'script' must name a module of docs/javascripts: found 'dairy'; did you mean 'diary'?"
    ]


# Headings


def test_one_heading(article, site):
    assert said(headings.one_heading, article(), site) == []
    assert said(headings.one_heading, article(h1=None), site) == [
        "-1: an article must have one H1: found none; add '# ' and the title under the front matter"
    ]
    assert said(headings.one_heading, article(h1="Rest"), site) == [
        "0: the H1 must equal the title 'How to rest your legs': found 'Rest'; make them the same"
    ]
    assert said(headings.one_heading, article("\n# More\n"), site) == [
        "2: an article must have one H1: found a second, 'More'; make it '## '"
    ]


def test_heading_order(article, site):
    assert said(headings.heading_order, article("## A\n### B\n## C\n"), site) == []
    assert said(headings.heading_order, article("## A\n#### B\n"), site) == [
        "2: a heading after H2 must be H3 or higher: found '#### B'; use '###'"
    ]


def test_heading_marks(article, site):
    assert said(headings.heading_marks, article("## Harms\n\n---\n\nMine\n=======\n"), site) == []
    assert said(headings.heading_marks, article("##Harms\n\n## \n\nHarms\n---\n\n## Sources\n\n## Found [@park2020foot]\n"), site) == [
        "1: a heading must be '## ' and its words: found '##Harms'; add the space and the words",
        "3: a heading must be '## ' and its words: found '##'; add the space and the words",
        "6: a heading must be '## ' and its words: found 'Harms' underlined; write '## Harms'",
        "10: a heading must hold no citation: found one; cite in the text under it",
        "8: a heading must not be 'Sources': the build writes that part itself; take it out, or reword it",
    ]


def test_duplicate_headings(article, site):
    assert said(headings.duplicate_headings, article("## A\n## B\n"), site) == []
    assert said(headings.duplicate_headings, article("## Harms\n## Harms\n## Other { #harms }\n"), site) == [
        "2: a heading must stand once: 'Harms' also stands on line 15; reword one",
        "3: a heading's id must stand once: 'harms' also stands on line 15; change one",
    ]
    assert said(headings.duplicate_headings, article("## Other { #harms }\n## Harms\n"), site) == [
        "2: a heading's id must stand once: 'harms' is given to line 15; change that one, or reword this heading"
    ]


def test_required_headings(article, site):
    assert said(headings.required_headings, article("## When to stop\n", type="how-to"), site) == []
    assert said(headings.required_headings, article(type="condition"), site) == [
        "front 4: a page of type 'condition' must have an H2 that begins 'When to get help': found none; add it",
        "front 4: a page of type 'condition' must have an H2 that begins 'What we do not know': found none; add it",
    ]
    assert said(headings.required_headings, article(type="how-to"), site) == [
        "front 4: a page of type 'how-to' must have an H2 that begins 'When to stop' or 'How to say stop': found none; add it"
    ]


# Blocks, lists, tables


def test_known_blocks(article, site):
    assert said(blocks.known_blocks, article("/// do\n- rest\n///\n"), site) == []
    assert said(blocks.known_blocks, article("/// do\n- rest\n\n![Hands that rest.](a.svg)\n/// caption\nRest.\n///\n///\n"), site) == []
    text = "/// evidance | x\n///\n\n/// care | soon\n///\n\n/// safety\n///\n\n/// do\n    attrs: {id: x}\n\n- a\n\n/// dont\n- do not b\n///\n///\n///\n\n// do\n"
    assert said(blocks.known_blocks, article(text), site) == [
        "1: a block must be a word of the vocabulary: found 'evidance'; did you mean 'evidence'?",
        "4: '/// care' must name one of emergency, urgent, ask: found 'soon'; choose one that stands there",
        "7: '/// safety' must name one of line, crisis, numbers, paper, drowsy, pregnancy, stop, must-not, ask-first, devices, emergency, urgent: found ''; add its name after |",
        "11: a block must have no options: found 'attrs: {id: x}'; take the line out",
        "15: a block must end before the next begins: found 'dont' inside the one of line 24; add '///' above it",
        "19: '///' must end a block: found one with no block before it; take it out",
        "21: a block must start '/// name' or '/// name | argument': found '// do'; mend the line",
    ]
    assert said(blocks.known_blocks, article("/// do\n- rest\n"), site) == [
        "1: a block must end with a line '///': 'do' has none; add it after the block"
    ]
    # One slip is told once.
    assert said(blocks.known_blocks, article("/// short-version\n- a\n\n/// safety | line\n///\n\n/// do\n- b\n///\n"), site) == [
        "1: a block must end with a line '///': 'short-version' has none; add it above line 18"
    ]
    assert said(blocks.known_blocks, article("/// care urgent\nAsk\n\n- it swells\n///\n\n/// do\n- b\n///\n"), site) == [
        "1: a block must start '/// name' or '/// name | argument': found '/// care urgent'; mend the line"
    ]
    assert said(blocks.known_blocks, article("/// sheet | massage/none.md\n///\n\n/// sheet | massage/safety.md#none\n///\n"), site) == [
        "1: '/// sheet' must name an article: found 'massage/none.md'",
        "4: '/// sheet' must name a heading's id: 'massage/safety.md' has no '#none'; look at its headings",
    ]


def test_short_version(article, site):
    good = "\n/// short-version\n- a\n- b\n///\n"
    assert said(blocks.short_version, article(good, type="how-to"), site) == []
    assert said(blocks.short_version, article(type="how-to"), site) == [
        "-1: the short version must stand under the H1: found none; add '/// short-version' with two to five lines"
    ]
    assert said(blocks.short_version, article("\nFirst.\n\n/// short-version\n- a\n///\n\n/// short-version\n///\n"), site) == [
        "8: the short version must stand once: found a second; merge them",
        "2: the short version must come right after the H1: found 'First.' before it; move it down",
        "4: the short version must have two to five lines: found 1; one idea a line, each starting '- '",
    ]


def test_steps_have_times(article, site):
    assert said(blocks.steps_have_times, article("/// steps\n1. **90 seconds.** Rest.\n2. **2 minutes.** Rest.\n///\n"), site) == []
    assert said(blocks.steps_have_times, article("/// steps\n1. Rest a minute.\n///\n\n/// steps\n- rest\n///\n"), site) == [
        "2: a step must begin with its time in bold: found 'Rest a minute.'; write '**1 minute.** …'",
        "5: '/// steps' must hold a numbered list: found none; write '1. **1 minute.** …'",
    ]
    steps = "1. **30 seconds.** Rest.\n2. **4 minutes.** Rest.\n3. **40 seconds.** Rest.\n///\n"  # 5 minutes and 10 seconds
    for title in ("Five minutes", "Five calm minutes at night", "A five-minute rest", "In bed: the first 5 minutes", "The last hour"):
        assert said(blocks.steps_have_times, article(f"/// steps | {title}\n{steps}"), site) == []
    for title, minutes in {"Ten light minutes": 10, "Five minutes for one leg": 5, "Twenty-five minutes": None, "Twenty-five quiet minutes": None, "Two rounds of five minutes": None, "One leg": None}.items():
        assert blocks.promised_minutes(title) == minutes
    assert said(blocks.steps_have_times, article(f"/// steps | Ten quiet minutes\n{steps}"), site) == [
        "1: steps must take the time their title names, 10 minutes: they add up to 5.17; mend the title or a step"
    ]


def test_routine_guards(article, site):
    steps = "1. **30 seconds.** Look at both legs.\n2. **60 seconds.** Rest.\n\n    ![A drawing](x.svg)\n3. **30 seconds.** If they are worse, stop.\n///\n"
    assert said(blocks.routine_guards, article(f"/// steps | In bed: the first 5 minutes\n{steps}"), site) == []
    assert said(blocks.routine_guards, article(f"/// steps | In bed: 5 minutes more\n{steps.replace('Look', 'Smile')}"), site) == []
    assert said(blocks.routine_guards, article(f"/// steps | In bed: the first 5 minutes\n{steps.replace('Look', 'Smile').replace('worse', 'better')}"), site) == [
        "2: the first minutes of the routine must begin with 'Look at both legs': found '1. **30 seconds.** Smile at both legs.'; put it back",
        "6: the first minutes of the routine must end with 'If they are worse, stop': found '3. **30 seconds.** If they are better, stop.'; put it back",
    ]


def test_safety_line(article, site):
    line = "/// safety | line\n///\n"
    assert said(blocks.safety_line, article(line, type="how-to"), site) == []
    assert said(blocks.safety_line, article(type="how-to"), site) == [
        "-1: a page that tells someone to massage or use a device must show the safety line: found none; add '/// safety | line' under the short version"
    ]
    assert said(blocks.safety_line, article(f"/// steps\n1. **1 minute.** Rest.\n///\n\n{line}", type="how-to"), site) == [
        "5: the safety line must come before the first steps: the steps start on line 15; move it up"
    ]
    for kind in ("about", "landing", "evidence"):
        assert said(blocks.safety_line, article(type=kind), site) == []
        (message,) = said(blocks.safety_line, article("/// steps\n1. **1 minute.** Rest.\n///\n", type=kind), site)
        assert "must show the safety line: found none" in message


def test_a_line_of_a_block_is_a_line_of_the_file(article):
    """A caption within a block once moved all that followed it up by two lines."""
    outer, caption = article("/// dont\n![A hand.](a.svg)\n/// caption\nA hand.\n///\n- do not press\n///\n").blocks
    assert (outer.name, caption.name) == ("dont", "caption")
    assert outer.body.split("\n") == ["![A hand.](a.svg)", "", "A hand.", "", "- do not press"]


def test_care_cards(article, site):
    card = "/// care | urgent\nGet help today if\n\n- it swells\n///\n"
    assert said(blocks.care_cards, article(f"{card}\n## Next\n"), site) == []
    assert said(blocks.care_cards, article(f"{card}\nThen rest.\n"), site) == [
        "7: text after a care card must start with its own heading: found 'Then rest.'; add '## …' before it"
    ]
    assert said(blocks.care_cards, article("/// care | ask\n- it swells\n///\n\n/// care | ask\nAsk a nurse if\n///\n"), site) == [
        "1: a care card must begin with its title, such as 'Get medical help today if': found none; add it",
        "5: a care card must hold a list: found none; write each sign on a line starting '- '",
    ]


def test_do_and_dont(article, site):
    assert said(blocks.do_and_dont, article("/// dont\n- do not press\n///\n"), site) == []
    assert said(blocks.do_and_dont, article("/// dont\n- press\n///\n\n/// do\n///\n"), site) == [
        "2: an item of a 'dont' list must begin 'do not': found 'press'; add the words",
        "5: a 'do' list must have one to six items: found 0; split or shorten it",
    ]


def test_list_spacing(article, site):
    assert said(layout.list_spacing, article("\nStop if\n\n- it hurts\n- it swells\n"), site) == []
    assert said(layout.list_spacing, article("\nStop if\n- it hurts\n"), site) == [
        "3: a list must have an empty line before it: found 'Stop if' right above; add one"
    ]
    assert said(layout.list_spacing, article("\n1. sit\n2. rub\n\nStop if\n\n- it hurts\n\n    more\n\n- it swells\n\n/// steps\n1. rest\n///\n"), site) == []
    assert said(layout.list_spacing, article("\n1. sit\n\n    a picture\n\n- it hurts\n"), site) == [
        "6: a list with bullets must have words between it and one with numbers: found none; add a line, or it goes on with numbers"
    ]


def test_table_shape(article, site):
    assert said(layout.table_shape, article("\n| a | b |\n| --- | --- |\n| 1 | 2 |\n"), site) == []
    assert said(layout.table_shape, article("\nText\n| a | b | c | d | e |\n| - | - | - | - | - |\n| 1 |\n\n| no | header |\n"), site) == [
        "3: a table must have an empty line before it: found 'Text' right above; add one",
        "3: a table must have at most 4 columns: found 5; split it, or write a list",
        "5: a row must have as many cells as the header, 5: found 1; mend the row",
        "7: a table must have a header row and a line '| --- |' under it: found none; add them",
    ]
    assert said(layout.table_shape, article("\n| a | b |\n| --- | --- |\n| 1 | 2 |\nAsk first.\n"), site) == [
        "5: a table must have an empty line after it: found 'Ask first.' right below; add one, or it becomes a row"
    ]
    assert said(layout.table_shape, article("\n| a | b |\n| --- | --- |\nA roller | Not tested\n"), site) == [
        "4: a row of a table must begin and end with '|': found 'A roller | Not tested'; add them"
    ]
    assert said(layout.table_shape, article("\na | b\n---|---\n1 | 2\n"), site) == [
        f"{line}: a row of a table must begin and end with '|': found '{found}'; add them" for line, found in ((2, "a | b"), (3, "---|---"), (4, "1 | 2"))
    ]


def test_closed_bold(article, site):
    fine = "**Stop** if it\nhurts, **and\nrest**.\n\n- **one**\n- two `**`\n\n| **a** | b |\n| --- | --- |\n"
    assert said(layout.closed_bold, article(fine), site) == []
    assert said(layout.closed_bold, article("Look.\n\n- **Stop if it hurts.\n- **rest**\n\nGo\n**on.\n"), site) == [
        "3: bold must begin and end with '**': found one without the other in '- **Stop if it hurts.'; add it, or take it out",
        "6: bold must begin and end with '**': found one without the other in 'Go **on.'; add it, or take it out",
    ]


def test_no_tabs(article, site):
    assert said(layout.no_tabs, article("- It\thurts.\n"), site) == []
    assert said(layout.no_tabs, article("A line.\n\n\t- It hurts.\n"), site) == ["3: a line must not begin with a tab: found one before '- It hurts.'; take it out"]


def test_no_code(article, site):
    assert said(layout.no_code, article("A `word`.\n\n- A point\n\n    with more of it.\n\n    - And a part.\n"), site) == []
    assert said(layout.no_code, article("```\nx\n   ~~~\n"), site) == [
        "1: an article must hold no block of code: found '```'; write it as text",
        "3: an article must hold no block of code: found '~~~'; write it as text",
    ]


# Evidence


def test_citations_exist(article, site):
    assert said(evidence_words.citations_exist, article("It may help [@park2020foot; @lettieri2009pneumatic].\n"), site) == []
    assert said(evidence_words.citations_exist, article("It may [@parc2020foot].\nOr @park2020foot.\nOr [@].\nOr [@park2020foot.\n"), site) == [
        "1: a citation must stand in docs/evidence/references.bib: found 'parc2020foot'; did you mean 'park2020foot'?",
        "3: a citation must name a source: found an empty one; write [@key]",
        "2: a citation must stand in brackets: found '@' outside them; write [@key]",
        "4: a citation must stand in brackets: found '@' outside them; write [@key]",
    ]
    cure = "write [@key], the keys stand in docs/evidence/references.bib"
    assert said(evidence_words.citations_exist, article("In May (2026) or not.\nIt may help (NHS, 2026).\nSo said Smith et al. (2021).\nSee PMID 123456.\n"), site) == [
        f"2: a source must be cited by its key: found '(NHS, 2026)'; {cure}",
        f"3: a source must be cited by its key: found 'Smith et al. (2021)'; {cure}",
        f"4: a source must be cited by its key: found 'PMID 123456'; {cure}",
    ]


def test_citation_place(article, site):
    assert said(evidence_words.citation_place, article("It may help [@park2020foot]. Or not.\n"), site) == []
    assert said(evidence_words.citation_place, article("It may help. [@park2020foot] Or not.\n"), site) == [
        "1: a citation must stand before the full stop: found '. [@park2020foot]'; move the full stop behind it"
    ]


def test_figures_cited(article, site):
    assert said(evidence_words.figures_cited, article("About 22 in 100 have it [@chen2018pregnancy]. Rub for 10 minutes.\n"), site) == []
    assert said(evidence_words.figures_cited, article("\nAbout 22 in 100 have it.\n\n- 35% slept more\n"), site) == [
        "2: a sentence with a figure must have a citation: found '22 in 100' in 'About 22 in 100 have it.'; add [@key] before the full stop",
        "4: a sentence with a figure must have a citation: found '35%' in '35% slept more'; add [@key] before the full stop",
    ]
    assert said(evidence_words.figures_cited, article("About 22 in 100 have it [@our-own].\n"), site) == [
        "1: a sentence with a figure must have a citation: found '22 in 100' in 'About 22 in 100 have it.'; add [@key] before the full stop",
    ]
    assert said(evidence_words.citations_exist, article("Rest [@our-own].\n"), site) == []
    assert said(evidence_words.figures_cited, article("No trial shows how many. Half of all people slept.\nResearch shows that it helps.\n"), site) == [
        "1: a sentence with a figure must have a citation: found 'Half of all people' in 'Half of all people slept.'; add [@key] before the full stop",
        "2: a sentence that leans on studies must name one: found 'Research shows'; add [@key] before the full stop, or say what we do not know",
    ]


def test_figures_possible(article, site):
    right = "8 of 21 people (38 in 100), 0 of 14 (0 in 100), 1 to 2 women in 1,000, 12 points out of 40, 126 of 788 people without it (about 16 in 100), 3.5 of 2.5, 2026-11 of 3.\n"
    assert said(evidence_words.figures_possible, article(right), site) == []
    assert said(evidence_words.figures_possible, article("It was 60 points out of 40.\n\n| 8 of 21 people (58 in 100) |\n\n- 1,563 in 100\n- 0 of 0 (1 in 100)\n"), site) == [
        "1: a part must not be more than its whole: found '60 points out of 40'; look the figures up again",
        "3: 'in 100' must follow from the count: found '8 of 21 people (58 in 100)'; it is 38 in 100",
        "5: a part must not be more than its whole: found '1,563 in 100'; look the figures up again",
        "6: a part must not be more than its whole: found '0 of 0 (1 in 100)'; look the figures up again",
    ]


def test_certainty_words(article, site):
    assert said(evidence_words.certainty_words, article("Massage may ease restless legs for people on dialysis (low certainty).\n"), site) == []
    assert said(evidence_words.certainty_words, article("\nMassage eases restless legs for people on dialysis (low certainty).\n"), site) == [
        "2: a sentence of low certainty must say 'may': found 'Massage eases restless legs for people on dialysis (low certainty).'; reword it"
    ]


# Words


HARD = "Notwithstanding considerable epidemiological investigation, the aetiological determinants remain incompletely characterised. " * 6


def test_reading_grade(article, site):
    easy = "Rest your hands on your legs. Breathe slowly. Wait a bit. " * 8
    assert said(reading.reading_grade, article(easy), site) == []
    (line, message, warning), = reading.reading_grade(article(f"\n{HARD}"), site)
    assert (line, warning) == (BODY - 1, False)
    assert re.fullmatch(
        r"the reading grade must be 8 or below: found \d+\.\d; shorten the hardest sentences \((line 16: '[^']{60}'(; )?){3}\)", message
    )
    (_, night, _), = reading.reading_grade(article(f"\n{HARD}", path="tonight/rest.md"), site)
    assert night.startswith("the reading grade must be 6 or below: found ")


def test_people_first(article, site):
    assert said(wording.people_first, article("People with RLS.\n"), site) == []
    assert said(wording.people_first, article("RLS sufferers.\n"), site) == [
        "1: people come first, as in 'people with RLS': found 'sufferers'; reword it"
    ]


def test_no_brands(article, site):
    assert said(wording.no_brands, article("A massage gun.\n"), site) == []
    assert said(wording.no_brands, article("A Theragun.\n"), site) == [
        "1: a page must name kinds of device, not brands: found 'Theragun'; say what kind it is"
    ]


def test_no_testimonials(article, site):
    fine = '"Does it help me?" People ask. We print no testimonials.\n\n- Testimonials.\n\nOne woman felt better after two sessions.\n'
    assert said(wording.no_testimonials, article(fine), site) == []
    text = '"It changed my nights," says Anna, 52.\n\n“My legs are quiet now” – Tom B., Leeds\n\nRead our success stories.\n\nIt has five-star marks.\n\n"I could not sleep, and now I do," says Tom.\n'
    assert said(wording.no_testimonials, article(f"\n{text}"), site) == [
        """2: a page must not praise in one person's voice: found '"It changed my nights," says Anna,'; say what studies found, with their source""",
        "4: a page must not praise in one person's voice: found '“My legs are quiet now” – Tom B.,'; say what studies found, with their source",
        "6: a page must not praise in one person's voice: found 'success stories'; say what studies found, with their source",
        "8: a page must not praise in one person's voice: found 'five-star'; say what studies found, with their source",
        """10: a page must not praise in one person's voice: found '"I could not sleep, and now I do," says Tom.'; say what studies found, with their source""",
    ]


def test_no_promises(article, site):
    fine = "Nothing is clinically proven.\n\nDo not stop your medicine.\n\nTake iron only after a test.\n"
    assert said(wording.no_promises, article(fine), site) == []
    text = "It is clinically proven.\n\nStop your medicine.\n\nTake iron daily.\n\nBuy iron tablets.\n\nTry an iron test.\n\nA massage releases endorphins.\n"
    assert said(wording.no_promises, article(f"\n{text}"), site) == [
        "2: a page must not promise: found 'clinically proven'; say what was found, and how sure we are",
        "4: nobody may be told to stop a medicine: found 'Stop your medicine'; say 'do not stop a medicine on your own'",
        "6: nobody may be told to take iron untested: found 'Take iron'; say 'after a blood test'",
        "8: nobody may be told to take iron untested: found 'Buy iron'; say 'after a blood test'",
        "12: a page must not tell what the evidence does not: found 'massage releases endorphins'; say what was found, and how sure we are",
    ]
    text = "Massage cures RLS.\n\nCome off your pramipexole.\n\nDo not stop gabapentin.\n\nThe AASM recommends massage.\n\nIt can replace your medicine.\n"
    assert said(wording.no_promises, article(f"\n{text}"), site) == [
        "2: a page must not promise: found 'cures RLS'; say what was found, and how sure we are",
        "4: nobody may be told to stop a medicine: found 'Come off your pramipexole'; say 'do not stop a medicine on your own'",
        "8: a page must not tell what the evidence does not: found 'AASM recommends massage'; say what was found, and how sure we are",
        "10: a page must not promise: found 'replace your medicine'; say what was found, and how sure we are",
        "10: nobody may be told to stop a medicine: found 'replace your medicine'; say 'do not stop a medicine on your own'",
    ]


def test_safe_hands(article, site):
    assert said(wording.safe_hands, article("\nDo not massage a swollen calf.\n"), site) == []
    assert said(wording.safe_hands, article("\nStop massaging even if it is only red.\n"), site) == []
    assert said(wording.safe_hands, article("\nKeep massaging even if the calf is hot.\n"), site) == [
        "2: nobody may be told to rub a leg that may hold a clot, or to rub or heat a numb one: found 'massaging even if the calf is hot'; say 'do not', and show '/// safety | urgent'"
    ]
    assert said(wording.safe_hands, article("\nPut no heat on numb feet.\n"), site) == []
    for found in ("Put a hot water bottle on numb", "Massage your numb feet"):
        (message,) = said(wording.safe_hands, article(f"\n{found} toes.\n"), site)
        assert f"found '{found}'" in message
    assert said(wording.safe_hands, article("\nMassage the swollen calf daily.\n"), site) == [
        "2: nobody may be told to rub a leg that may hold a clot, or to rub or heat a numb one: found 'Massage the swollen calf'; say 'do not', and show '/// safety | urgent'"
    ]


@pytest.mark.parametrize(
    "fine",
    [
        "If your calf is swollen, rub neither leg.", "If a leg is numb, ask before you rub it.", "Nothing may press on a fistula or graft.",
        "None of our sources tested a rub on varicose veins.", "Roll the ball under the arch of your foot.", "If it swells, stop.",
        "If the calf is swollen, press the help button on your alarm.", "Press the red button to start the foot massager.",
        "If the skin turns red, roll the sleeve down and rest.", "Once the swelling is gone, massage it as before.",
        "Use a massager after a hot bath, then rest your feet.", "Knead the muscle, and keep away from varicose veins.", "Knead the muscle around varicose veins.",
        "If a leg is swollen or hot, use the pump only when your doctor says so.",
    ],
)  # fmt: skip
def test_careful_words_are_no_danger(article, site, fine):
    assert said(wording.safe_hands, article(f"\n{fine}\n\n| {fine} |\n"), site) == []


@pytest.mark.parametrize(
    "order",
    [
        "Rub the calf if it is swollen.", "Massage your leg if it swells.", "If your calf is swollen you can rub it.", "If your calf is swollen: rub it.",
        "Where the leg is swollen, rub it.", "| Swollen calf | Rub it for ten minutes |", "Rub the swollen calf before going to bed.",
        "If your calf is swollen, rub it, then ask a doctor.", "Massage the swollen calf, then take your socks off.", "Knead the swollen calf and walk around.",
    ],
)  # fmt: skip
def test_an_order_with_an_if_is_a_danger(article, site, order):
    (message,) = said(wording.safe_hands, article(f"\n{order}\n"), site)
    assert message.startswith("2: nobody may be told to rub a leg that may hold a clot")


def test_no_rule_takes_long_over_what_was_pasted_a_thousand_times(article, site):
    """Patterns once took a minute each for these; now the test would not end within pytest's own limit if they did."""
    for text in ("if swollen " * 2000, "rub swollen " * 2000, "rub " * 20000, "/" * 20000):
        for rule in (wording.safe_hands, wording.no_promises, wording.plain_characters):
            list(rule(article(f"\n{text}\n"), site))


def test_phone_numbers(article, site):
    assert said(wording.phone_numbers, article("Call 999, 112, 911 or 000. Since 2009 to 2020.\n"), site) == []
    assert said(wording.phone_numbers, article("Call 0800 123 4567 or +44 20 7946 0000.\n"), site) == [
        "1: phone numbers must come from the safety text: found '0800 123 4567'; write '/// safety | numbers'"
    ]


def test_plain_characters(article, site):
    assert said(wording.plain_characters, article("Don’t, café, 20 °C – “so”.\n"), site) == []
    assert said(wording.plain_characters, article("It donâ€™t.\nIt\u200b does.\n", title='"How to rest \\u202eyour legs"'), site) == [
        "1: text must hold characters people can see: found '\\xe2\\u20ac\\u2122' between 'It don' and 't.'; delete what stands there, and type it again",
        "2: text must hold characters people can see: found '\\u200b' between 'It' and ' does.'; delete what stands there, and type it again",
        "front 2: text must hold characters people can see: found '\\u202e' between 'How to rest ' and 'your legs'; delete what stands there, and type it again",
    ]


def test_plain_style(article, site):
    assert said(wording.plain_style, article("Relax and sleep.\n"), site) == []
    assert said(wording.plain_style, article("Relax & sleep!\nTODO\nClick there.\n"), site) == [
        "1: text must have no exclamation mark: found '!'; end with a full stop",
        "1: text must have 'and' in words: found '&'; write 'and'",
        "2: text must have finished text: found 'TODO'; write it or take it out",
        "3: text must have words that fit any device: found 'Click'; write 'choose' or 'press'",
    ]
    pasted = "\u2022 Rub.\no\tRub.\n\u2013 Rub.\nRub [12].\nRub.\u00b2\nRub [JM1].\nRub for XX minutes [insert number].\n"
    assert said(wording.plain_style, article(pasted), site) == [
        *(f"{line}: text must have a list's mark as '- ': found '{mark}'; begin the item with '- '" for line, mark in ((1, "\u2022"), (2, "o"), (3, "\u2013"))),
        *(f"{line}: text must have no mark of another program: found '{mark}'; cite with [@key], or take it out" for line, mark in ((4, "[12]"), (5, ".\u00b2"), (6, "[JM1]"))),
        "7: text must have finished text: found 'XX'; write it or take it out",
    ]
    assert said(wording.plain_style, article("On 3\u20135 nights, 4 m\u00b2 of [1 page](../tonight/index.md) and XXL socks.\n"), site) == []


def test_finished_text(article, site):
    assert said(wording.finished_text, article("Rest.\n"), site) == []
    assert list(wording.finished_text(article("Write here: what was found.\n"), site)) == [
        (BODY + 1, "text must be finished: found 'Write here: what was found.'; write it, or take the line out", True)
    ]
    whole = "Rest. See [how long?](a.md)\n\nStop if\n\n- it hurts\n\nThe weeks from: ____\n\n**Was it so?** [@our-own]\n\n/// care | urgent\nAsk today if\n\n- it swells\n///\n"
    assert said(wording.finished_text, article(whole.replace("Stop if\n", "Stop if:\n")), site) == []
    assert said(wording.finished_text, article(f"{whole}\nYou should roll until\n"), site) == [
        "3: a paragraph must end with a full stop: found 'Stop if'; finish the sentence",
        "17: a paragraph must end with a full stop: found 'You should roll until'; finish the sentence",
    ]


# Images and links


def test_image_text(article, site):
    good = "\n![Both hands round a calf.](../images/drawings/seated.svg)\n/// caption\nRest.\n///\n"
    assert said(images.image_text, article(good), site) == []
    assert said(images.image_text, article("\n![Legs](../images/drawings/seatd.svg)\n\nText.\n\n![Both hands round a calf.](https://x.example/a.png)\n/// caption\n///\n"), site) == [
        "2: an image must have a text of 12 or more characters: found 'Legs'; say what it shows or what to do",
        "2: an image's file must exist: found '../images/drawings/seatd.svg'; did you mean '../images/drawings/seated.svg'?",
        "6: an image must stand under docs/: found 'https://x.example/a.png'; add the file and link to it",
        "2: an image must have a caption: found none after it; add '/// caption', the words, '///'",
        "7: a caption must hold words: found none; say what to do, or what to see",
    ]
    assert said(images.image_text, article("\nLook ![at both these hands](../images/drawings/seated.svg) now.\n\n![seated-calf.svg](../images/drawings/seated.svg)\n/// caption\nRest.\n///\n"), site) == [
        "4: an image must have a text for people who cannot see it: found a file's name, 'seated-calf.svg'; say what it shows or what to do",
        "2: an image must stand on a line of its own: found other text beside it; put it between two empty lines",
    ]


def test_relative_links(article, site):
    good = "[claims](../evidence/claims.md#is-it-safe), [outcome](../tonight/safety-check.md#emergency), [safety](safety.md), [a part](#how-to), [a trial](https://doi.org/10.1/x), [116\u00a0123](tel:116123)\n## How to\n"
    assert said(links.relative_links, article(good), site) == []
    text = (
        "[a](/massage/safety/)\n[b](saftey.md)\n[c](safety.md#none)\n[d](https://shop.example/)\n[e](https://sci-hub.se/1)\n"
        "[f](mailto:a@b.example)\n[g]()\n[h](../massage/)\n[111](tel:112)\n"
    )
    assert said(links.relative_links, article(text), site) == [
        "1: a link must be relative to the file: found '/massage/safety/'; write the way to the .md file, such as ../massage/safety.md",
        "2: a link must lead to an article that exists: found 'saftey.md'; did you mean 'safety.md'?",
        "3: a link's #part must be a heading's id: 'massage/safety.md' has no '#none'",
        "4: a link out must go to a source or to an organisation of about/organisations.md: found 'shop.example'; cite the source with [@key]",
        "5: a link must go to the source itself, not a copy: found 'sci-hub.se'; use the DOI or PubMed, or cite it",
        "6: a link must begin with https: found 'mailto'; use an https address",
        "7: a link must lead somewhere: 'g' has no target; add it",
        "8: a link must lead to an .md file or a file that exists: found '../massage/'; write '../massage.md'",
        "9: a phone link must dial what its words say: found 'tel:112' behind '111'; write 'tel:111'",
    ]
    ours = f"[the source]({site.repository}/issues)\n"
    assert said(links.relative_links, article(ours), site) == []
    text = "[a](tools/diary.md)\n[b](../front-matter.schema.json)\n[c](https://github.com/someone/else)\n[d](safety.md?x=1)\n"
    assert said(links.relative_links, article(text), site) == [
        "1: a link must lead to an article that exists: found 'tools/diary.md'; did you mean '../tools/diary.md'?",
        "2: a link must lead to what is published: 'front-matter.schema.json' is not; take the link out",
        "3: a link out must go to a source or to an organisation of about/organisations.md: found 'github.com'; cite the source with [@key]",
        "4: a link must lead to an .md file or a file that exists: found 'safety.md?x=1'; write 'safety.md'",
    ]


def test_a_link_to_a_page_that_was_taken_back(article, site):
    taken = article(path="massage/safety.md", withdrawn="A newer review found otherwise.")
    back = dataclasses.replace(site, articles={**site.articles, "massage/safety.md": taken})
    assert said(links.relative_links, article("See [safety](safety.md).\n"), back) == [
        "1: a link must not lead to a page that was taken back: 'massage/safety.md' was; take the link out, or lead to another page"
    ]


def test_link_form(article, site):
    assert said(links.link_form, article("[safety](safety.md) and `[x]( y)`\n"), site) == []
    text = "[a]( safety.md)\n<https://x.example>\n[1]: https://x.example\nSee www.x.example now.\n[b](javascript&#58;x)\n"
    assert said(links.link_form, article(text), site) == [
        "1: a link must be '[words](file.md)' on one line, without spaces in the target: found one that cannot be read; mend it",
        "2: an address must stand behind words: found '<https://x.example>'; write [words](address), or cite it with [@key]",
        "3: a link must hold its own target: found the definition '[1]: https://x.example'; write [words](file.md) where it is used",
        "4: an address must stand behind words: found 'www.x.example'; write [words](address), or cite it with [@key]",
        "5: a link's target must be a plain path: found 'javascript&#58;x'; write the way to the file",
    ]


def test_link_words(article, site):
    assert said(links.link_words, article("[who should not massage](safety.md)\n"), site) == []
    assert said(links.link_words, article("[Here](safety.md)\n"), site) == [
        "1: a link's words must say where it goes: found 'Here'; name the page or the answer"
    ]


def test_undefined_references(article, site):
    assert said(links.undefined_references, article("[@park2020foot] and [safety](safety.md)\n"), site) == []
    assert said(links.undefined_references, article("[safety][1] and a note[^1] and ![hands][2]\n"), site) == [
        "1: a link must hold its own target: found '[safety][1]'; write [words](file.md)",
        "1: a link must hold its own target: found '[hands][2]'; write [words](file.md)",
        "1: footnotes are not used: found '[^1]'; cite with [@key]",
    ]


def test_raw_html(article, site):
    assert said(links.raw_html, article("\\`<b>\\`\n"), site) == ["1: an article must hold no HTML: found '<b>'; use Markdown or a block"]
    assert said(links.raw_html, article("p < 0.05, `<div>`\n\n## A part { #part }\n"), site) == []
    assert said(links.raw_html, article("<b>so</b>\n<script\nsrc=x>\n<!-- so -->\n\n## So { onclick=x }\n[a](safety.md){ .red }\n"), site) == [
        "1: an article must hold no HTML: found '<b>'; use Markdown or a block",
        "2: an article must hold no HTML: found '<script'; use Markdown or a block",
        "4: an article must hold no HTML: found '<!-- so -->'; use Markdown or a block",
        "6: braces must hold a heading's id only: found '{ onclick=x }'; take it out",
        "7: braces must hold a heading's id only: found '{ .red }'; take it out",
    ]


def test_question_answers(article, site):
    answer = "Nobody knows, and here are some more words so that the answer is long enough to count."
    assert said(questions.question_answers, article(f"\n## Is it safe? {{ #safe }}\n\n{answer}\n", type="questions"), site) == []
    assert said(questions.question_answers, article(f"\n## Side effects\n\n{answer}\n\n## Is it safe?\n\nYes.\n", type="questions"), site) == [
        "2: a heading on a questions page must be a question: found 'Side effects'; end it with '?'",
        "6: a question must have an id, so that others can link to it: found none on 'Is it safe?'; add one, such as { #it-safe }",
        "6: an answer must have 15 to 130 words: 'Is it safe?' has 1; say more",
    ]


# The tree


def test_one_address(tree_copy):
    assert told(tree.one_address, tree_copy) == []
    shutil.copy(tree_copy / "docs/index.md", tree_copy / "docs/massage.md")
    shutil.copy(tree_copy / "docs/index.md", tree_copy / "docs/massage/index.md")
    assert told(tree.one_address, tree_copy) == [
        "docs/massage/index.md:1: each address must have one file: '/massage/' also comes from docs/massage.md; rename one"
    ]


def test_file_names(tree_copy):
    assert told(tree.file_names, tree_copy) == []
    (tree_copy / "docs/massage/rest.md").rename(tree_copy / "docs/massage/Hot_Stones.md")
    assert told(tree.file_names, tree_copy) == [
        "docs/massage/Hot_Stones.md:1: a file's name must be lower case with hyphens: found 'massage/Hot_Stones.md'; rename it, or run: rls-site check --fix"
    ]


def test_known_files(tree_copy):
    assert told(tree.known_files, tree_copy) == []
    (tree_copy / "docs/page.html").write_text("x")
    (tree_copy / "docs/images/big.png").write_bytes(bytes(400_000))
    (tree_copy / "docs/link.md").symlink_to(tree_copy / "docs/index.md")
    assert told(tree.known_files, tree_copy) == [
        "docs/images/big.png:1: an image must be 300 kB or less: found 400; make it smaller, people read this on phones",
        "docs/link.md:1: docs must hold files of its own: found a symbolic link; copy the file",
        f"docs/page.html:1: docs must hold {', '.join(tree.SUFFIXES)} only: found 'page.html'; take it out, all of docs is published",
    ]


def test_in_navigation(tree_copy):
    assert told(tree.in_navigation, tree_copy) == []
    nav = tree_copy / "mkdocs.yml"
    text = nav.read_text()
    nav.write_text(text.replace("massage/rest.md", "massage/rset.md") + "  - Again: index.md\n")
    assert told(tree.in_navigation, tree_copy) == [
        "docs/massage/rest.md:1: an article must stand in the nav of mkdocs.yml: 'massage/rest.md' does not; add the line '- Page massage/rest: massage/rest.md' under its section",
        "mkdocs.yml:15: an article must stand in the nav once: 'index.md' stands 2 times; remove the extra lines",
        "mkdocs.yml:17: a nav entry must lead to an article: found 'massage/rset.md'; did you mean 'massage/rest.md'?",
    ]
    nav.write_text(text)
    page = tree_copy / "docs/massage/rest.md"
    page.write_text(page.read_text().replace("authors:", "withdrawn: A newer review found otherwise.\nauthors:"))
    assert told(tree.in_navigation, tree_copy) == [
        "mkdocs.yml:17: a withdrawn article must leave the nav: 'massage/rest.md' stands in it; move its line to 'not_in_nav: |' above the nav, as '/massage/rest.md'"
    ]
    nav.write_text(text.replace("  - Massage:\n      - Rest: massage/rest.md\n", ""))
    assert told(tree.in_navigation, tree_copy) == [
        "docs/massage/rest.md:7: a withdrawn article must stand in 'not_in_nav: |' of mkdocs.yml: '/massage/rest.md' does not; add it, so that its address still works"
    ]
    gone = nav.read_text()
    nav.write_text("not_in_nav: |\n  /old/massage/rest.md\n" + gone)  # another page, whose path ends in the same words
    assert len(told(tree.in_navigation, tree_copy)) == 1
    nav.write_text("not_in_nav: |\n  /massage/rest.md\n" + gone)
    assert told(tree.in_navigation, tree_copy) == []


def test_kept_addresses(tree_copy):
    assert told(addresses.kept_addresses, tree_copy) == [], "a project without a list has published nothing"
    file = tree_copy / addresses.LIST
    file.parent.mkdir(parents=True)
    file.write_text("/\n/massage/rest/\n", encoding="utf-8")
    assert told(addresses.kept_addresses, tree_copy) == []
    page = tree_copy / "docs/massage/rest.md"
    moved = page.rename(page.with_name("lie-down.md"))
    assert told(addresses.kept_addresses, tree_copy) == [
        "tests/data/addresses.txt:2: an address must go on working: nothing answers '/massage/rest/'; write 'moved_from: [massage/rest/]' on docs/massage/lie-down.md, if it took its place, or restore its file and say why with 'withdrawn:'"
    ]
    text = moved.read_text(encoding="utf-8")
    moved.write_text(text.replace("authors:", "moved_from: [massage/rest/]\nauthors:", 1), encoding="utf-8")
    assert told(addresses.kept_addresses, tree_copy) == []
    moved.write_text(text.replace("authors:", "moved_from: 5\nauthors:", 1), encoding="utf-8")
    assert len(told(addresses.kept_addresses, tree_copy)) == 1
    file.write_text("/\n\n<<<<<<< HEAD\n/massage/rest/\n", encoding="utf-8")
    assert [line.split(": found")[0].split(";")[0] for line in told(addresses.kept_addresses, tree_copy)] == [
        "tests/data/addresses.txt:3: a line must be an address such as /massage/rest/",
        "tests/data/addresses.txt:4: an address must go on working: nothing answers '/massage/rest/'",
    ]
    file.write_text("/\n/massage/rest/\n", encoding="utf-8")
    moved.write_text("no front matter\n", encoding="utf-8")
    moved.rename(page)
    assert told(addresses.kept_addresses, tree_copy) == [], "a page that cannot be read has not gone"
    page.unlink()
    assert "on the page that took its place, or restore" in told(addresses.kept_addresses, tree_copy)[0]


def test_old_addresses(tree_copy):
    page = tree_copy / "docs/massage/rest.md"
    text = page.read_text()
    page.write_text(text.replace("authors:", "moved_from: [massage/relax/]\nauthors:"))
    assert told(tree.old_addresses, tree_copy) == []
    page.write_text(text.replace("authors:", "moved_from: [/massage/relax.md, massage/rest/]\nauthors:"))
    assert told(tree.old_addresses, tree_copy) == [
        "docs/massage/rest.md:7: an old address must look like 'massage/old-name/': found '/massage/relax.md'; write it as it stood after the site's name",
        "docs/massage/rest.md:7: an old address must be free: 'massage/rest/' is the address of docs/massage/rest.md; take it out",
    ]


def test_images_used(tree_copy):
    assert told(tree.images_used, tree_copy) == []
    shutil.copy(tree_copy / "docs/images/drawings/rest.svg", tree_copy / "docs/images/drawings/lonely.svg")
    assert told(tree.images_used, tree_copy) == [
        "docs/images/drawings/lonely.svg:1: an image must be used by an article: none shows it; show it or delete it"
    ]


def test_unique_texts(tree_copy):
    assert told(tree.unique_texts, tree_copy) == []
    page = tree_copy / "docs/massage/rest.md"
    page.write_text(page.read_text().replace("title: Page massage/rest", "title: Page index"))
    assert told(tree.unique_texts, tree_copy) == [
        "docs/massage/rest.md:2: a title must be unique: docs/index.md has the same; change one"
    ]


def test_reading_average(tree_copy):
    assert told(tree.reading_average, tree_copy) == []
    for page in (tree_copy / "docs").rglob("*.md"):
        page.write_text(page.read_text() + "\n" + HARD)
    (message,) = told(tree.reading_average, tree_copy)
    assert re.fullmatch(
        r"docs/index.md:1: warning: the average reading grade must be 7 or below: found \d+\.\d; ease the hardest pages", message
    )


def test_settings(tree_copy):
    assert told(project_rules.settings, tree_copy) == []
    settings = tree_copy / "mkdocs.yml"
    text = settings.read_text()
    settings.write_text(text.replace("font: false", "font: false # none from elsewhere"))
    assert told(project_rules.settings, tree_copy) == []
    settings.write_text(text.replace("font: false", "font: Roboto").replace("plugins: []", "plugins: [macros]\nhooks: [x.py]"))
    assert told(project_rules.settings, tree_copy) == [
        "mkdocs.yml:11: 'plugins' must be []: found ['macros']; restore it",
        "mkdocs.yml:12: 'hooks' must not be set: Zensical ignores it; take it out",
        "mkdocs.yml:6: the theme's 'font' must be false: other fonts are fetched from Google; set 'font: false'",
    ]
    settings.write_text(text + "validation:\n  links:\n    anchors: ignore\n")
    assert told(project_rules.settings, tree_copy) == ["mkdocs.yml:20: validation of 'anchors' must be 'warn': found 'ignore'; a broken link would go unseen"]
    settings.write_text(text + "site_name: Again\n")
    assert told(project_rules.settings, tree_copy) == [
        "mkdocs.yml:18: a key must stand once: 'site_name' stands again; remove one of the two; see what changed: git diff mkdocs.yml"
    ]
    for wrong in ("- a list\n", "a word\n", "\n"):  # the rules that read the settings too say nothing, and run on
        settings.write_text(wrong)
        assert told(project_rules.settings, tree_copy) == ["mkdocs.yml:1: must be 'key: value' lines: found something else; bring it back: git restore mkdocs.yml"]
        assert told(tree.in_navigation, tree_copy) == []
    changed = text.replace("language: en", "language: xx").replace("repository: https", "analytics: x\n  repository: http").replace("site_name: Massage for Restless Legs", "site_name: <b>\ndocs_dir: doc\nnavv: x")
    settings.write_text(changed)
    assert told(project_rules.settings, tree_copy) == [
        "mkdocs.yml:1: 'site_name' must be 'Massage for Restless Legs': found '<b>'; restore it",
        "mkdocs.yml:2: 'docs_dir' must be 'docs': found 'doc'; restore it",
        "mkdocs.yml:3: a setting must be one this site uses: found 'navv'; did you mean 'nav'?",
        "mkdocs.yml:12: 'extra' must hold 'repository' only: found 'analytics'; take it out, the theme may ask another host for it",
        "mkdocs.yml:13: 'repository' must begin with https:// and end without '/': found 'http://host.example/site'; mend it",
        "mkdocs.yml:10: the theme's 'language' must be 'en': found xx; restore it",
    ]
    settings.write_text(text.rstrip("\n") + "\n  - Later:\n  - 12\n")
    last = text.rstrip("\n").count("\n") + 2
    assert told(project_rules.settings, tree_copy) == [
        f"mkdocs.yml:{last}: the navigation must hold pages, as '- Title: file.md': found 'Later' with nothing in it; add the page, or take the line out",
        f"mkdocs.yml:{last + 1}: the navigation must hold pages, as '- Title: file.md': found 12; add the page, or take the line out",
    ]


def test_templates(tree_copy):
    assert told(project_rules.templates, tree_copy) == []
    (tree_copy / "overrides/main.html").write_text('{% include "nope.html" %}\n<iframe srcdoc="x">\n<a href="https://x.example/">\n')
    assert told(project_rules.templates, tree_copy) == [
        "overrides/main.html:1: a template must name one that exists: found 'nope.html'; mend the name",
        "overrides/main.html:2: a template must pass the site's security policy: found a page or program inside the page; link to it",
        "overrides/main.html:3: a template must pass the site's security policy: found a link to another host; put the address in mkdocs.yml, or link in an article",
    ]
    (tree_copy / "overrides/404.html").write_text('<p style="color: red">\n<a href="javascript:x">\n<img src="//x.example/a.png">\n')
    (tree_copy / "overrides/home.html").write_text("{% if x %}\n")
    (tree_copy / "overrides/note.txt").write_text("x")
    (tree_copy / "overrides/main.html").unlink()
    assert told(project_rules.templates, tree_copy) == [
        "overrides/main.html:1: the template must exist: it is missing; restore it",
        "overrides/404.html:1: a template must pass the site's security policy: found a style attribute; give it a class",
        "overrides/404.html:2: a template must pass the site's security policy: found a script in a link; use a button and a script",
        "overrides/404.html:3: a template must pass the site's security policy: found something loaded from another host; keep the file under docs/",
        "overrides/home.html:1: a template must be valid Jinja: Unexpected end of template. Jinja was looking for the following tags: 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'.; mend the tag",
        "overrides/note.txt:1: overrides must hold .html templates only: found 'note.txt'; Zensical would publish it, move it to docs/",
    ]


def test_drawings(tree_copy):
    assert told(project_rules.drawings, tree_copy) == []
    drawing = tree_copy / "docs/images/drawings/rest.svg"
    text = drawing.read_text()
    drawing.write_text(text.replace("<path", '\n<path onclick="x"'))
    assert told(project_rules.drawings, tree_copy) == [
        "docs/images/drawings/rest.svg:2: a drawing must hold shapes and text only: found an event handler; take it out"
    ]
    drawing.write_text(text.replace("</svg>", ""))
    assert told(project_rules.drawings, tree_copy) == [
        "docs/images/drawings/rest.svg:2: a drawing must be well-formed SVG: no element found; export it again"
    ]
    drawing.write_text(text.replace(' viewBox="0 0 4 3"', ""))
    assert told(project_rules.drawings, tree_copy) == [
        'docs/images/drawings/rest.svg:1: a drawing must have a viewBox of four numbers: found none; pages would jump while it loads, add viewBox="0 0 width height"'
    ]
    drawing.write_text(text.replace("0 0 4 3", "0 0 4.0.5 3"))
    assert told(project_rules.drawings, tree_copy) == [
        "docs/images/drawings/rest.svg:1: a drawing must have a viewBox of four numbers: found '0 0 4.0.5 3'; pages would jump while it loads, add viewBox=\"0 0 width height\""
    ]


def test_scripts(tree_copy):
    script, style = tree_copy / "docs/javascripts/a.js", tree_copy / "docs/stylesheets/a.css"
    style.parent.mkdir()
    script.write_text('const SVG = "http://www.w3.org/2000/svg";\nbox.textContent = name;\n')
    style.write_text('a { background: url("../images/a.svg"); }\n')
    assert told(project_rules.scripts, tree_copy) == []
    script.write_text('box.innerHTML = name;\neval(name);\nfetch("https://x.example/");\ndocument.cookie = "a=1";\n')
    style.write_text('@import "//x.example/a.css";\n')
    must = "a script or style must stay within the site: found"
    assert told(project_rules.scripts, tree_copy) == [
        f"docs/javascripts/a.js:1: {must} text turned into HTML; use textContent",
        f"docs/javascripts/a.js:2: {must} text turned into code; write the code out",
        f"docs/javascripts/a.js:3: {must} an address on another host; keep the file under docs/",
        f"docs/javascripts/a.js:4: {must} a cookie; use localStorage, on the reader's machine only",
        f"docs/stylesheets/a.css:1: {must} something loaded from another host; keep the file under docs/",
    ]


def test_named_pages(project, tree_copy):
    assert list(tree.named_pages(project)) == []
    names = [path for path in tree.NAMED if path != "index.md"]
    assert told(tree.named_pages, tree_copy) == [
        f"docs/{name}:1: a page that code names must exist: it does not; restore it, or give src/rls_site/site.py its new name" for name in names
    ] + [
        f"docs/{path}:1: a heading that code leads to must exist: '{anchor}' does not; restore it, or give src/rls_site/site.py its new name"
        for path, _, anchor in (place.partition("#") for place in NAMED_HEADINGS)
    ]


def test_dated_changes(project, tree_copy):
    assert list(tree.dated_changes(project)) == []
    page = tree_copy / "docs/evidence/changes.md"
    text = (tree_copy / "docs/massage/rest.md").read_text()
    page.write_text(f"{text}\n## Lavender\n\n20 November 2026. One trial.\n\n## Iron\n\n31 Novmber 2026. Ten trials.\n\n## Sleep\n\n31 November 2026. One.\n\n12 people slept.\n\n## Socks\n\nNo day.\n\n## What comes next\n\nMore.\n")
    last = text.count("\n")
    must = "an entry must begin with its day, as in '20 November 2026.': found"
    assert told(tree.dated_changes, tree_copy) == [
        f"docs/evidence/changes.md:{last + 8}: {must} '31 Novmber 2026'; mend it",
        f"docs/evidence/changes.md:{last + 12}: {must} '31 November 2026'; mend it",
        f"docs/evidence/changes.md:{last + 18}: {must} 'No day.'; mend it",
    ]


def test_search_words(project, tree_copy):
    assert list(search_words.search_words(project)) == []
    assert told(search_words.search_words, tree_copy) == ["docs/_search-words.yml:1: the file must exist: it is missing; restore it"]
    file = tree_copy / "docs/_search-words.yml"
    good = "keep: [device]\nsame:\n  - [rub, knead]\nwho: [child]\nread_as:\n  rls: restless legs\npages:\n  massage/rest/: [calm]\noverdose: [took too many tab, overdose]\nalarm: [chest, breath]\nmaternity: [waters broke]\ntoday: [clot, clots, dvt, swollen]\nharmless: [wanting]\ntogether:\n  today:\n    - [calf leg, warm hot]\ncrisis: [suicide, suicidal, kill myself, overdose, want to die]\n"
    file.write_text(good)
    assert told(search_words.search_words, tree_copy) == []
    file.write_text(good.replace("massage/rest/", "massage/rset/").replace("[child]", "[child, no]").replace("- [rub, knead]", "- rub").replace("alarm", "alarms").replace("rls: restless legs", "- rls"))
    assert told(search_words.search_words, tree_copy) == [
        "docs/_search-words.yml:3: must be a list, such as [jumpy, twitchy]: found 'rub'; look at the lines around it",
        "docs/_search-words.yml:4: must be text, in quotes where YAML reads it otherwise: found 'False'; look at the lines around it",
        "docs/_search-words.yml:6: must be lines of 'key: value': found \"['rls']\"; look at the lines around it",
        "docs/_search-words.yml:1: the words for the search must have 'alarm': it is missing; restore it",
        "docs/_search-words.yml:10: a list must be one of keep, same, who, read_as, pages, overdose, alarm, maternity, today, crisis, harmless, together: found 'alarms'; did you mean 'alarm'?",
        "docs/_search-words.yml:8: a page, or its heading, must exist: found 'massage/rset/'; did you mean 'massage/rest/'?",
    ]
    file.write_text(good.replace("clots, ", "").replace("kill myself, overdose, ", "kill myself, ").replace("[calf leg, ", "[off, "))
    assert told(search_words.search_words, tree_copy) == [
        "docs/_search-words.yml:16: must be text, in quotes where YAML reads it otherwise: found 'False'; look at the lines around it",
        "docs/_search-words.yml:12: 'today' must hold 'clots': it is missing; restore it",
        "docs/_search-words.yml:17: 'crisis' must hold 'overdose': it is missing; restore it",
    ]
    file.write_text(good.replace("  today:\n    - [calf leg, warm hot]", "  todya:\n    - [Calf, hot]").replace("[chest, ", "[chest, can't breathe, ").replace("[suicide, ", '["", suicide, ').replace("[wanting]", "[]"))
    letters = "words of danger must be small letters and spaces only: found '{}'; write 'cant breathe' for 'Can't breathe'"
    assert told(search_words.search_words, tree_copy) == [
        "docs/_search-words.yml:15: 'together' must name one of overdose, alarm, maternity, today, crisis: found 'todya'; did you mean 'today'?",
        "docs/_search-words.yml:10: " + letters.format("can't breathe"),
        f"docs/_search-words.yml:17: {letters.format('')}",
        "docs/_search-words.yml:13: a list of words must hold words: found none; fill it, or take it out",
        f"docs/_search-words.yml:16: {letters.format('Calf')}",
    ]
    file.write_text("keep: [\n")
    assert told(search_words.search_words, tree_copy)[0].startswith("docs/_search-words.yml:2: must be valid YAML: ")


def test_safety_text(root, tree_copy):
    text = (root / "docs/evidence/safety.yml").read_text(encoding="utf-8")
    file = tree_copy / "docs/evidence/safety.yml"

    def said_of(changed: str) -> list[str]:
        file.write_text(changed, encoding="utf-8")
        return [message for message in told(safety.safety_text, tree_copy) if "a link must lead" not in message]

    def line(words: str, changed: str) -> int:
        return changed[: changed.index(words)].count("\n") + 1

    picture = "images/drawings/hot-swollen-calf.svg"
    at = line("picture: ", text)
    assert said_of(text) == [f"docs/evidence/safety.yml:{at}: a question's picture must be a file, written from docs/: found '{picture}'; add the file"]
    (tree_copy / "docs" / picture).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(root / "docs" / picture, tree_copy / "docs" / picture)
    assert said_of(text) == []
    blind = text.replace("      shows: ", "      show: ", 1)
    at = line("    - id: one-leg", text)
    assert said_of(blind) == [f"docs/evidence/safety.yml:{at}: a question with a picture must have 'shows': it is missing; restore it"]
    flat = re.sub(r"(?m)^      also:\n(        - .*\n)+", "      also: a sore leg\n", text, count=1)
    at = line("      also: a sore leg", flat)
    assert said_of(flat) == [f"docs/evidence/safety.yml:{at}: a question must have a list in 'also': found something else; begin each line with '- '"]
    gone = text.replace("  urgent:\n    title:", "  urgnt:\n    title:", 1)
    first = line("  paper:\n    title:", gone)
    assert said_of(gone) == [f"docs/evidence/safety.yml:{first}: the safety text must have 'urgent': it is missing; restore it"]
    bare = text.replace('emergency: "000"', "emergency: 000", 1)
    at, top = line("emergency: 000", bare), line("numbers:\n", bare)
    assert said_of(bare) == [
        f"docs/evidence/safety.yml:{at}: a phone number must be text: found 0; put it in quotes, or 000 becomes 0",
        f"docs/evidence/safety.yml:{top}: the numbers must hold '000' as an emergency number: it is missing; restore it",
    ]
    colon = text.replace("or heart failure [@rabe2026compression; @our-own]", "or heart failure:", 1)
    at = line("or heart failure:", colon)
    assert said_of(colon) == [
        f"docs/evidence/safety.yml:{at}: 'ask-first' must have text in 'items': found something else; put the whole line in quotes"
    ]
    lost = text.replace("if_yes: emergency", "if_yes: emergncy", 1)
    at = line("if_yes: emergncy", lost)
    assert said_of(lost) == [f"docs/evidence/safety.yml:{at}: 'if_yes' must name an outcome: found 'emergncy'; did you mean 'emergency'?"]
    assert any("a link must lead to an article, written from docs/: found 'tonight/safety-check.md'" in m for m in told(safety.safety_text, tree_copy))


def test_evidence_text(root, project, tree_copy):
    assert list(evidence_words.evidence_text(project)) == []
    shutil.copytree(root / "docs/evidence", tree_copy / "docs/evidence", dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.md"))
    claims = tree_copy / "docs/evidence/claims.yml"
    text = claims.read_text(encoding="utf-8")
    changed = re.sub(r"(?m)^  finding: .*", "  finding: We do not know. It is clinically proven, and sufferers may stop their medicine.", text, count=1)
    changed = re.sub(r"(?m)^  verdict: .*\n  certainty: .*", "  verdict: supported\n  certainty: very-low", changed, count=1)
    claims.write_text(re.sub(r"(?m)^  topics: .*", "  topics: [qqq]", changed, count=1), encoding="utf-8")
    at = changed[: changed.index("  finding: We do not know. It is")].count("\n") + 1
    first = changed[: changed.index("- id:")].count("\n") + 1
    topics = changed[: changed.index("  topics: ")].count("\n") + 1
    name = next(iter(project.evidence.claims))
    assert told(evidence_words.evidence_text, tree_copy) == [
        f"docs/evidence/claims.yml:{at}: people come first, as in 'people with RLS': found 'sufferers'; reword it",
        f"docs/evidence/claims.yml:{at}: the evidence must not promise: found 'clinically proven'; reword it",
        f"docs/evidence/claims.yml:{at}: nobody may be told to stop a medicine: found 'stop their medicine'; reword it",
        f"docs/evidence/claims.yml:{topics}: a topic must be from the list in CONTRIBUTING.md: found 'qqq'",
        f"docs/evidence/claims.yml:{first}: a claim of very low certainty must be unproven: '{name}' is supported; look at both",
    ]


def test_lock(tree_copy):
    assert told(project_rules.lock, tree_copy) == []
    (tree_copy / "requirements.txt").write_text("mkdocs==2.0 \\\n    --hash=sha256:00\nclick>=8\n")
    (tree_copy / "pyproject.toml").write_text('[project]\nname = "x"\ndependencies = ["mkdocs>=1.6,<2", "left-pad"]\n')
    assert told(project_rules.lock, tree_copy) == [
        "requirements.txt:3: a version must be pinned with '==': found 'click>=8'; run: make lock",
        "requirements.txt:3: a version must have a hash: 'click' has none; run: make lock",
        "requirements.txt:1: 'mkdocs' must be <2,>=1.6: found 2.0; run: make lock",
        "requirements.txt:1: every dependency must be pinned: 'left-pad' of pyproject.toml is missing; run: make lock",
    ]


# One article with every fault


def test_broken_articles(root, site):
    """The whole list of what is wrong with ``broken.md``, and with its twin of questions; every rule stands in them."""
    folder = root / "tests" / "data"
    kinds = set()
    for name in ("broken", "broken-questions"):
        made, problems = read(folder / f"{name}.md", folder)
        assert problems == []
        found = check_article(made, site)
        expected = (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        assert [f"{problem} [{problem.rule}]" for problem in found] == expected
        kinds |= {problem.rule for problem in found}
    assert kinds == {rule.__name__ for rule in ARTICLE}
