"""``rls-site due``: reviews by owner, soonest first."""

from __future__ import annotations

import dataclasses
import datetime

import pytest
import re

from rls_site.__main__ import main
from rls_site.article import read
from rls_site.due import due, shown
from rls_site.front_matter import when
from rls_site.site import load_site

TODAY = datetime.date(2026, 11, 20)


def site_of(project, tmp_path, **pages):
    """A site of pages named by keyword: (owner, next review, withdrawn)."""
    articles = {}
    for name, (owner, date, withdrawn) in pages.items():
        file = tmp_path / "docs" / f"{name}.md"
        file.parent.mkdir(exist_ok=True)
        taken = "withdrawn: so\n" if withdrawn else ""
        file.write_text(f"---\ntitle: Page {name}\nauthors: [{owner}, Someone else]\nnext_review: {date}\n{taken}---\n", encoding="utf-8")
        articles[f"{name}.md"] = read(file, tmp_path / "docs")[0]
    return dataclasses.replace(project, articles=articles, today=TODAY)


@pytest.mark.parametrize(("days", "words"), [(0, "today"), (1, "in 1 day"), (2, "in 2 days"), (-1, "1 day overdue"), (-10, "10 days overdue")])
def test_days_in_words(days, words):
    assert when(days) == words


def test_due(project, tmp_path):
    site = site_of(
        project, tmp_path,
        late=("Bea", "2026-11-10", False), soon=("Ann", "2026-12-20", False), today=("Bea", "2026-11-20", False),
        far=("Ann", "2027-11-20", False), gone=("Ann", "2026-11-01", True), last=("Ann", "2027-01-19", False),
    )
    assert shown(due(site), TODAY, 60) == (
        "## Ann\n\n"
        "- 2026-12-20 (in 30 days) docs/soon.md: Page soon\n"
        "- 2027-01-19 (in 60 days) docs/last.md: Page last\n\n"
        "## Bea\n\n"
        "- 2026-11-10 (10 days overdue) docs/late.md: Page late\n"
        "- 2026-11-20 (today) docs/today.md: Page today"
    )
    assert [page.path for page in due(site, 10)] == ["docs/late.md", "docs/today.md"]
    # As the weekly job asks: overdue from the day after.
    assert [page.path for page in due(site, -1)] == ["docs/late.md"]


def test_nothing_due(project, tmp_path):
    site = site_of(project, tmp_path, far=("Ann", "2027-11-20", False))
    assert shown(due(site), TODAY, 60) == "No review is due in the next 60 days."
    assert shown(due(site, -1), TODAY, -1) == "No review is overdue."


def test_command(root, monkeypatch, capsys):
    monkeypatch.chdir(root)
    assert main(["due", "--days", "100000"]) == 0
    assert "docs/index.md: Massage for restless legs" in capsys.readouterr().out


def test_the_weekly_job_fails_for_what_is_overdue(root, monkeypatch, capsys):
    """A page that is due today is not late: the job failed a day early."""
    (command,) = re.findall(r"rls-site (due .*--strict)", (root / ".github/workflows/weekly.yml").read_text(encoding="utf-8"))
    monkeypatch.chdir(root)
    monkeypatch.setattr("rls_site.__main__.load_site", lambda root: load_site(root, datetime.date(2000, 1, 1)))
    assert main(command.split()) == 0
    assert capsys.readouterr().out == "No review is overdue.\n"
    late = min(article.meta["next_review"] for article in load_site(root).articles.values())
    for days, status in ((0, 0), (1, 1)):
        monkeypatch.setattr("rls_site.__main__.load_site", lambda root: load_site(root, late + datetime.timedelta(days)))
        assert main(command.split()) == status
