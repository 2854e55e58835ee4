"""``rls-site check --fix``: what is mechanical is mended, the rest is left, and the difference is shown."""

from __future__ import annotations

import re

import pytest

from rls_site.__main__ import main
from rls_site.fix import fixes, iso_date, mend, mend_references

BEFORE = """\
\ufeff
---\r
type: about\r
# the words a search shows
title:How to rest
tags: sleep, self-care
last_reviewed: 20/11/2026
next_review: 20 November 2027
authors: [The editors]
---\r
\r
# How to rest  \r
\r
It may help. [@park2020foot,@lettieri2009pneumatic] Rest.
Code: `It may. [@a]`
\u00a0- a\u2002point
///\u00a0care |\u00a0urgent
2.\u00a0\u00a0Rest for 10\u00a0minutes.
"""
AFTER = """\
---
# the words a search shows
title: How to rest
type: about
tags: [sleep, self-care]
authors: [The editors]
last_reviewed: 2026-11-20
next_review: 2027-11-20
---

# How to rest

It may help [@park2020foot; @lettieri2009pneumatic]. Rest.
Code: `It may. [@a]`
- a\u2002point
/// care | urgent
2.  Rest for 10\u00a0minutes.
"""


def test_mend():
    assert mend(BEFORE) == AFTER
    assert mend(AFTER) == AFTER


def test_a_line_within_quotes_that_looks_like_a_key_stays_where_it_is():
    text = '---\ndescription: "First line of it\n  and more\nscope: that goes on"\ntype: about\n---\n\n# A\n'
    assert mend(text) == text


def test_mend_leaves_every_article_of_the_site_meaning_the_same(project):
    """Nothing but white space at line ends may change in articles that keep the rules."""
    for path in project.articles:
        text = (project.docs / path).read_text(encoding="utf-8")
        assert mend(text).split() == text.split(), path


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("20/11/2026", "2026-11-20"), ("11/20/2026", "2026-11-20"), ("20.11.2026", "2026-11-20"), ("2026/11/5", "2026-11-05"),
        ("5 Nov 2026", "2026-11-05"), ("November 5th, 2026", "2026-11-05"), ("'2026-11-20'", "2026-11-20"), ("5/5/2026", "2026-05-05"),
        ("05/06/2026", None), ("soon", None), ("2026-02-30", None), ("31 June 2026", None), ("2026", None),
    ],
)
def test_dates_are_read_only_when_they_can_mean_one_day(written, date):
    assert iso_date(written) == date


def test_what_needs_judgement_is_left():
    text = "---\ntitle: A\ntitle: B\nlast_reviewed: 05/06/2026\nnext_review: soon\ncolour: red\n---\n\nText.\n"
    assert mend(text) == text


def test_references():
    text = '@misc{a,\n  doi = {https://doi.org/10.1/x},\n  pmid = "PMID: 123", \n  url = {https://doi.org/10.1/x}\n}\n'
    assert mend_references(text) == '@misc{a,\n  doi = {10.1/x},\n  pmid = "123",\n  url = {https://doi.org/10.1/x}\n}\n'


def test_file_name_nav_and_links_change_together(copy):
    page = copy / "docs/massage/techniques.md"
    page.rename(copy / "docs/massage/My_Techniques.md")
    nav = copy / "mkdocs.yml"
    nav.write_text(nav.read_text(encoding="utf-8").replace("massage/techniques.md", "massage/My_Techniques.md"), encoding="utf-8")
    other = copy / "docs/massage/safety.md"
    other.write_text(other.read_text(encoding="utf-8") + "\nSee [techniques](My_Techniques.md#when-to-stop).\n", encoding="utf-8")
    home = copy / "docs/index.md"
    home.write_text(home.read_text(encoding="utf-8") + "\nSee [techniques](massage/My_Techniques.md).\n", encoding="utf-8")
    changes = fixes(copy, [])
    diff = changes.diff()
    changes.apply()
    assert "rename docs/massage/My_Techniques.md to docs/massage/my-techniques.md" in diff
    assert "+See [techniques](my-techniques.md#when-to-stop)." in diff
    assert not (copy / "docs/massage/My_Techniques.md").exists() and (copy / "docs/massage/my-techniques.md").is_file()
    assert "massage/my-techniques.md" in nav.read_text(encoding="utf-8")
    assert "[techniques](massage/my-techniques.md)" in home.read_text(encoding="utf-8")


def test_fix_shows_the_difference_and_mends_before_it_checks(copy, capsys):
    page = copy / "docs/massage/techniques.md"
    good = page.read_text(encoding="utf-8")
    year, month, day = re.search(r"^last_reviewed: (\d+)-(\d+)-(\d+)$", good, re.MULTILINE).groups()
    bad = good.replace(f"last_reviewed: {year}-{month}-{day}", f"last_reviewed: {day}/{month}/{year}").replace("\n# ", "  \n# ")
    page.write_text(bad, encoding="utf-8")
    assert main(["check", "--fix", "docs/massage/techniques.md"]) == 0
    assert page.read_text(encoding="utf-8") == good
    captured = capsys.readouterr()
    assert captured.out == ""
    assert f"-last_reviewed: {day}/{month}/{year}\n+last_reviewed: {year}-{month}-{day}" in captured.err
    assert captured.err.endswith("0 to mend, 0 to look at\n")


@pytest.mark.parametrize("name", ["docs/evidence/safety.yml", "docs/images/mark.svg", "README.md"])
def test_only_articles_are_mended(copy, name, capsys):
    """The safety text became ``safety.md``: every file named was given the ending of an article."""
    (copy / "README.md").write_text("# Read me  \n", encoding="utf-8")
    before = (copy / name).read_bytes()
    assert main(["check", "--fix", name]) == 2
    assert (copy / name).read_bytes() == before
    assert re.fullmatch(rf"rls-site: (--fix mends articles only|no such file under docs/): {name}\n", capsys.readouterr().err)


def test_a_name_without_a_letter_of_ours_is_left(copy):
    page = copy / "docs/massage/你好.md"
    page.write_text("---\ntitle: A\n---\n", encoding="utf-8")
    fixes(copy, []).apply()
    assert page.is_file()


def test_a_second_fix_changes_nothing(copy):
    (copy / "docs/massage/My_Techniques.md").write_text(BEFORE, encoding="utf-8")
    first = fixes(copy, [])
    assert first.diff() != ""
    first.apply()
    assert fixes(copy, []).diff() == ""


def test_two_files_that_would_get_one_name_are_left(copy):
    texts = {name: f"---\ntitle: {name}\n---\n" for name in ("Hot_Stones.md", "Hot-Stones.md", "_notes.md")}
    for name, text in texts.items():
        (copy / "docs/massage" / name).write_text(text, encoding="utf-8")
    changes = fixes(copy, [])
    assert len([name for name in changes.names.values() if name.name == "hot-stones.md"]) == 1
    changes.apply()
    held = sorted(file.read_text(encoding="utf-8") for file in (copy / "docs/massage").glob("*.md") if file.name not in ("index.md",) and len(file.read_text(encoding="utf-8")) < 60)
    assert held == sorted(texts.values())
    assert (copy / "docs/massage/_notes.md").is_file()


def test_a_stop_that_ends_no_sentence_stays(copy):
    for line in ("It is worst from 11 p.m. to 4 a.m. [@k] in most people.", "By Smith et al. [@k] in 2020.", "1. [@k] says so."):
        assert mend(f"---\ntitle: A\n---\n\n{line}\n").endswith(f"\n{line}\n")


def test_a_file_that_is_not_utf8_is_left(copy):
    page = copy / "docs/massage/techniques.md"
    page.write_bytes(b"---\ntitle: \xe9  \n---\n")
    fixes(copy, []).apply()
    assert page.read_bytes() == b"---\ntitle: \xe9  \n---\n"
