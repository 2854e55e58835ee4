"""Bad input: one line for each problem, with file and line; exit status 1, no traceback, and ``site/`` as it was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import copied

from rls_site.__main__ import main

PAGE = "docs/massage/self-massage.md"
CASES = {
    "broken article": (PAGE, lambda data: data + b"\n##Harms\n", r"docs/massage/self-massage\.md:{last}: a heading must be '## ' and its words: found '##Harms'; .+"),
    "citation that does not exist": (PAGE, lambda data: data + b"\nIt may help [@nobody2020].\n", r"docs/massage/self-massage\.md:{last}: a citation must stand in docs/evidence/references\.bib: found 'nobody2020'.*"),
    "malformed .bib": ("docs/evidence/references.bib", lambda data: data + b"\n@misc{broken2026,\n  title = {Broken\n", r"docs/evidence/references\.bib:\d+: must be valid BibTeX: .+"),
    "malformed .yml": ("docs/evidence/claims.yml", lambda data: data + b"\n- id: [\n", r"docs/evidence/claims\.yml:\d+: must be valid YAML: .+"),
    "duplicate key": (PAGE, lambda data: data.replace(b"type:", b"type: about\ntype:", 1), r"docs/massage/self-massage\.md:5: in front matter, a key must stand once: 'type' stands again; .+"),
    "not UTF-8": (PAGE, lambda data: data + b"\n\xe9\n", r"docs/massage/self-massage\.md:{last}: an article must be UTF-8 text: found other bytes; save it again as UTF-8"),
    "empty file": (PAGE, lambda data: b"", r"docs/massage/self-massage\.md:1: an article must have front matter and text: found an empty file; .+"),
    "front matter that is a list": (PAGE, lambda data: b"---\n- title\n---\n\n# Title\n", r"docs/massage/self-massage\.md:2: front matter must be 'key: value' lines: found a list; .+"),
    "front matter that is text": (PAGE, lambda data: b"---\ntitle\n---\n\n# Title\n", r"docs/massage/self-massage\.md:2: front matter must be 'key: value' lines: found plain text; .+"),
    "safety text that is a list": ("docs/evidence/safety.yml", lambda data: b"- line\n", r"docs/evidence/safety\.yml:1: must be 'key: value' lines: found something else.*"),
    "settings that are broken": ("mkdocs.yml", lambda data: data.replace(b"theme:", b"theme: [", 1), r"mkdocs\.yml:\d+: must be valid YAML: .+"),
}  # fmt: skip


@pytest.fixture(scope="module")
def clean(tmp_path_factory, remembered) -> Path:
    """A copy of what a build reads, with a site from before."""
    folder = copied(tmp_path_factory.mktemp("bad"))
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("from before")
    return folder


BUILT = ("not UTF-8", "malformed .bib", "settings that are broken")
"""A build checks first, with the same function: one case of each kind of file goes through it, all through the check."""


@pytest.mark.parametrize(("command", "name"), [*(("check", name) for name in CASES), *(("build", name) for name in BUILT)])
def test_bad_input(command, name, clean, monkeypatch, capsys):
    path, change, expected = CASES[name]
    file = clean / path
    before = file.read_bytes()
    changed = change(before)
    file.write_bytes(changed)
    monkeypatch.chdir(clean)
    try:
        status = main([command, path] if command == "check" and path == PAGE else [command])
    finally:
        file.write_bytes(before)
    captured = capsys.readouterr()
    lines = [line for line in captured.out.splitlines() if ": warning: " not in line]
    own = [line for line in lines if line.startswith(f"{path}:")]
    assert status == 1
    assert len(own) == 1, lines
    assert re.fullmatch(expected.replace("{last}", str(changed.count(b"\n"))), own[0]), own[0]
    assert all(re.match(r"[\w./-]+:\d+: ", line) for line in lines), "one line for each problem, with file and line"
    assert "Traceback" not in captured.out + captured.err
    assert (clean / "site" / "index.html").read_text() == "from before"
    assert [file.name for file in (clean / "site").iterdir()] == ["index.html"]
    assert not list(clean.glob(".build-*"))


def test_a_name_that_is_no_article(clean, monkeypatch, capsys):
    monkeypatch.chdir(clean)
    assert main(["check", "docs/massage/none.md"]) == 2
    assert capsys.readouterr().err == "rls-site: no such article: docs/massage/none.md\n"


def test_a_folder_that_is_no_project(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 2
    assert capsys.readouterr().err == "rls-site: run this from the project's folder, where mkdocs.yml is\n"
