"""``rls-site due``: reviews by owner, soonest first."""

from __future__ import annotations

import dataclasses
import datetime

from rls_site.__main__ import main
from rls_site.article import read
from rls_site.due import due, shown

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


def test_due(project, tmp_path):
    site = site_of(
        project, tmp_path,
        late=("Bea", "2026-11-10", False), soon=("Ann", "2026-12-20", False), today=("Bea", "2026-11-20", False),
        far=("Ann", "2027-11-20", False), gone=("Ann", "2026-11-01", True), last=("Ann", "2027-01-19", False),
    )  # fmt: skip
    assert shown(due(site), TODAY, 60) == (
        "## Ann\n\n"
        "- 2026-12-20 (in 30 days) docs/soon.md: Page soon\n"
        "- 2027-01-19 (in 60 days) docs/last.md: Page last\n\n"
        "## Bea\n\n"
        "- 2026-11-10 (10 days overdue) docs/late.md: Page late\n"
        "- 2026-11-20 (today) docs/today.md: Page today"
    )
    assert [page.path for page in due(site, 10)] == ["docs/late.md", "docs/today.md"]


def test_nothing_due(project, tmp_path):
    site = site_of(project, tmp_path, far=("Ann", "2027-11-20", False))
    assert shown(due(site), TODAY, 60) == "No review is due in the next 60 days."


def test_command(root, monkeypatch, capsys):
    monkeypatch.chdir(root)
    assert main(["due", "--days", "100000"]) == 0
    assert "docs/index.md: Massage for restless legs" in capsys.readouterr().out
