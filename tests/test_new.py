"""``rls-site new``: a valid article of each type, its nav line in the right place, and nothing half-written."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from conftest import copied

from rls_site import new as new_module
from rls_site.__main__ import main
from rls_site.draft import draft
from rls_site.front_matter import TYPES
from rls_site.new import Refused, nav_with, new, path_of
from rls_site.rules import SITE, check_article, found_by
from rls_site.rules.tree import reading_average
from rls_site.rules.wording import finished_text
from rls_site.site import load_site


@pytest.fixture(scope="module")
def folder(tmp_path_factory, remembered) -> Path:
    """A copy of the project for tests that leave it as it was."""
    return copied(tmp_path_factory.mktemp("new"))


def state(folder: Path) -> dict[str, tuple]:
    """Every file, with when it was written and its size."""
    return {file.relative_to(folder).as_posix(): (file.stat().st_mtime_ns, file.stat().st_size) for file in folder.rglob("*")}


def test_new_articles_of_every_type_are_valid(copy, remembered):
    for kind in TYPES:
        new(load_site(copy), f"massage/new-{kind}", kind, f'Is a {kind} good: "yes" or no?')
    site = load_site(copy)
    found = [problem for kind in TYPES for problem in check_article(site.articles[f"massage/new-{kind}.md"], site)]
    found += [problem for rule in SITE if rule is not reading_average for problem in found_by(rule, site)]
    assert [str(problem) for problem in found if not problem.warning] == []
    assert {problem.path for problem in found if problem.rule == "finished_text"} >= {f"docs/massage/new-{kind}.md" for kind in TYPES}


def test_an_article_for_the_night_is_reviewed_sooner(project, tmp_path):
    """The check asks for half a year there."""
    text = draft(project, "tonight/stones.md", "how-to", "How to use warm stones", datetime.date(2028, 2, 29))
    assert "\nwritten: 2028-02-29\nlast_reviewed: 2028-02-29\nnext_review: 2028-08-31\n" in text
    text = draft(project, "massage/stones.md", "how-to", "How to use warm stones", datetime.date(2028, 2, 29))
    assert "\nlast_reviewed: 2028-02-29\nnext_review: 2029-02-28\n" in text


def test_new_prints_the_next_step(copy, capsys):
    status = main(["new", "massage/hot-stones", "--type", "how-to", "--title", "How to use warm stones"])
    assert status == 0
    lines = (copy / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    line = lines.index("      - How to use warm stones: massage/hot-stones.md") + 1
    assert capsys.readouterr().out == (
        f"Made docs/massage/hot-stones.md, and its line {line} in mkdocs.yml.\n"
        "Next: replace every 'Write here:' in docs/massage/hot-stones.md; make serve shows the page and what is still wrong as you save. Give its line in mkdocs.yml a shorter name, and at the end run make addresses.\n"
    )


def test_new_asks_for_type_and_title(copy, monkeypatch):
    answers = iter(["how-to", "How to use warm stones"])
    monkeypatch.setattr("builtins.input", lambda prompt: next(answers))
    assert main(["new", "massage/hot-stones"]) == 0
    text = (copy / "docs/massage/hot-stones.md").read_text(encoding="utf-8")
    assert text.startswith("---\ntitle: How to use warm stones\n") and "\n# How to use warm stones\n" in text


def test_nav_line_stands_last_in_its_section_and_comments_stay():
    nav = "# top\nnav:\n  - Massage:\n      - A: massage/a.md # first\n      - B: massage/b.md\n\n  # sections\n  - Home: index.md\n"
    text, line = nav_with(nav, "massage/c.md", "C: a title")
    assert text == nav.replace("massage/b.md\n", 'massage/b.md\n      - "C: a title": massage/c.md\n')
    assert line == 6


@pytest.mark.parametrize(
    ("name", "kind", "title", "reason"),
    [
        ("massage/safety", "how-to", "A new title", "the name must be free: docs/massage/safety.md exists; choose another"),
        ("masage/stones", "how-to", "A new title", "found 'masage'; did you mean 'massage'?"),
        ("massage/Hot_Stones", "how-to", "A new title", "write, for example, massage/hot-stones"),
        ("stones", "how-to", "A new title", "the name must be SECTION/NAME in lower case with hyphens: found 'stones'"),
        ("../massage/stones", "how-to", "A new title", "the name must be SECTION/NAME"),
        ("massage/stones", "howto", "A new title", "found 'howto'; did you mean 'how-to'?"),
        ("massage/stones", "how-to", "Short", "the title must have 8 to 70 characters: found 5; reword it"),
        ("massage/stones", "how-to", "massage for restless LEGS", "a title must be unique: docs/index.md has the same; reword it"),
    ],
)
def test_new_refuses_and_writes_nothing(folder, monkeypatch, name, kind, title, reason, capsys):
    monkeypatch.chdir(folder)
    before = state(folder)
    assert main(["new", name, "--type", kind, "--title", title]) == 1
    captured = capsys.readouterr()
    assert captured.err.startswith("rls-site: nothing was made: ") and reason in captured.err and captured.out == ""
    assert state(folder) == before


def test_a_name_that_cannot_be_used_is_refused_before_anything_is_asked(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    monkeypatch.setattr("builtins.input", lambda prompt: pytest.fail(prompt))
    assert main(["new", "massage/safety"]) == 1
    assert "the name must be free" in capsys.readouterr().err


def test_new_without_answers_writes_nothing(folder, monkeypatch, capsys):
    def nobody(prompt):
        raise EOFError

    monkeypatch.chdir(folder)
    monkeypatch.setattr("builtins.input", nobody)
    before = state(folder)
    assert main(["new", "massage/stones"]) == 2
    assert "give --type and --title" in capsys.readouterr().err
    assert state(folder) == before


def test_nothing_stays_half_written(folder, monkeypatch):
    """When the nav cannot be written, the article is taken back."""
    real = new_module._write

    def fails_on_the_nav(file, text):
        if file.name == "mkdocs.yml":
            raise OSError("disk full")
        real(file, text)

    monkeypatch.setattr(new_module, "_write", fails_on_the_nav)
    before = {path: (folder / path).read_bytes() for path in state(folder) if (folder / path).is_file()}
    with pytest.raises(OSError, match="disk full"):
        new(load_site(folder), "massage/stones", "how-to", "A title for stones")
    assert {path: (folder / path).read_bytes() for path in state(folder) if (folder / path).is_file()} == before


def test_section_without_nav_is_refused():
    with pytest.raises(Refused, match="must have the section 'massage'"):
        nav_with("nav:\n  - Home: index.md\n", "massage/c.md", "C")


def test_no_article_is_unfinished(project):
    """What ``rls-site new`` leaves to write only warns while one writes; here it fails."""
    assert [(article.path, *found) for article in project.articles.values() for found in finished_text(article, project)] == []


def test_the_name_offered_is_one_that_can_be_used(project):
    with pytest.raises(Refused, match="write, for example, massage/x$"):
        path_of(project, "massage/-x")
