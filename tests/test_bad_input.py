"""Bad input: one line for each problem, with file and line; exit status 1, no traceback, and ``site/`` as it was."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import copied

from rls_site.__main__ import main

PAGE = "docs/massage/self-massage.md"
BIB, CLAIMS, SAFETY, SETTINGS = "docs/evidence/references.bib", "docs/evidence/claims.yml", "docs/evidence/safety.yml", "mkdocs.yml"
CASES = {
    "broken article": (PAGE, lambda data: data + b"\n##Harms\n", r"docs/massage/self-massage\.md:{last}: a heading must be '## ' and its words: found '##Harms'; .+"),
    "citation that does not exist": (PAGE, lambda data: data + b"\nIt may help [@nobody2020].\n", r"docs/massage/self-massage\.md:{last}: a citation must stand in docs/evidence/references\.bib: found 'nobody2020'.*"),
    "malformed .bib": (BIB, lambda data: data + b"\n@misc{broken2026,\n  title = {Broken\n", r"docs/evidence/references\.bib:\d+: must be valid BibTeX: .+"),
    "a source twice": (BIB, lambda data: data + b"\n@misc{aasm2023denovo,\n  title = {Again}\n}\n", r"docs/evidence/references\.bib:\d+: a key must stand once: 'aasm2023denovo' stands again; .+"),
    "malformed .yml": (CLAIMS, lambda data: data + b"\n- id: [\n", r"docs/evidence/claims\.yml:\d+: must be valid YAML: .+"),
    "unknown word in .yml": (CLAIMS, lambda data: data.replace(b"certainty: very-low", b"certainty: lowish", 1), r"docs/evidence/claims\.yml:\d+: certainty must be one of .+ has 'lowish'; did you mean 'low'\?"),
    "duplicate key": (PAGE, lambda data: data.replace(b"type:", b"type: about\ntype:", 1), r"docs/massage/self-massage\.md:5: in front matter, a key must stand once: 'type' stands again; .+"),
    "not UTF-8": (PAGE, lambda data: data + b"\n\xe9\n", r"docs/massage/self-massage\.md:{last}: an article must be UTF-8 text: found other bytes; save it again as UTF-8"),
    "empty file": (PAGE, lambda data: b"", r"docs/massage/self-massage\.md:1: an article must have front matter and text: found an empty file; .+"),
    "front matter that is a list": (PAGE, lambda data: b"---\n- title\n---\n\n# Title\n", r"docs/massage/self-massage\.md:2: front matter must be 'key: value' lines: found a list; .+"),
    "front matter that is text": (PAGE, lambda data: b"---\ntitle\n---\n\n# Title\n", r"docs/massage/self-massage\.md:2: front matter must be 'key: value' lines: found plain text; .+"),
    "safety text that is a list": (SAFETY, lambda data: b"- line\n", r"docs/evidence/safety\.yml:1: must be 'key: value' lines: found something else.*"),
    "settings that are broken": (SETTINGS, lambda data: data.replace(b"theme:", b"theme: [", 1), r"mkdocs\.yml:\d+: must be valid YAML: .+"),
    "settings that are a list": (SETTINGS, lambda data: b"- theme\n", r"mkdocs\.yml:1: must be 'key: value' lines: found something else; .+"),
}


@pytest.fixture(scope="module")
def clean(tmp_path_factory, remembered) -> Path:
    """A copy of what a build reads, with a site from before, and with files that editors and systems keep: nobody's fault."""
    folder = copied(tmp_path_factory.mktemp("bad"))
    (folder / "docs/massage/.#safety.md").symlink_to("editor@machine.1234")  # Emacs' lock, a link to nowhere
    (folder / "docs/javascripts/.#site.js").symlink_to("editor@machine.1234")
    (folder / "docs/massage/.draft.md").write_bytes((folder / PAGE).read_bytes())
    (folder / "docs/massage/.DS_Store").write_bytes(b"\0")
    (folder / "overrides/.main.html.swp").write_bytes(b"\0")
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("from before")
    return folder


BUILT = ("not UTF-8", "settings that are a list", "malformed .bib")
"""A build checks the whole tree first: one case of each kind of file. Else a file is named, as an editor does while writing."""


@pytest.mark.parametrize(("command", "name"), [*(("check", name) for name in CASES), *(("build", name) for name in BUILT)])
def test_bad_input(command, name, clean, monkeypatch, capsys):
    path, change, expected = CASES[name]
    file = clean / path
    before = file.read_bytes()
    changed = change(before)
    file.write_bytes(changed)
    monkeypatch.chdir(clean)
    try:
        status = main([command, path] if command == "check" and path != SETTINGS else [command])
    finally:
        file.write_bytes(before)
    captured = capsys.readouterr()
    lines = [line for line in captured.out.splitlines() if ": warning: " not in line]
    assert status == 1
    assert len(lines) == 1, lines[:9]
    assert re.fullmatch(expected.replace("{last}", str(changed.count(b"\n"))), lines[0]), lines[0]
    assert "Traceback" not in captured.out + captured.err
    assert (clean / "site" / "index.html").read_text() == "from before"
    assert [file.name for file in (clean / "site").iterdir()] == ["index.html"]
    assert not list(clean.glob(".build-*"))


def test_as_a_command(clean):
    """The same through a process of its own: what is printed, and the status a shell sees."""
    file = clean / BIB
    before = file.read_bytes()
    file.write_bytes(before + b"\n@misc{broken2026,\n")
    try:
        done = subprocess.run([sys.executable, "-m", "rls_site", "check"], cwd=clean, capture_output=True, text=True)
    finally:
        file.write_bytes(before)
    assert done.returncode == 1 and done.stderr == "1 to mend, 0 to look at\n"
    assert re.fullmatch(r"docs/evidence/references\.bib:\d+: must be valid BibTeX: .+\n", done.stdout)


def test_a_reader_who_leaves_early_sees_no_traceback(clean):
    """As in ``rls-site check | head``: nobody reads what is printed."""
    file = clean / BIB
    before = file.read_bytes()
    file.write_bytes(before + b"\n@misc{broken2026,\n")
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run([sys.executable, "-m", "rls_site", "check"], cwd=clean, stdout=writing, stderr=subprocess.PIPE, text=True)
    finally:
        os.close(writing)
        file.write_bytes(before)
    assert done.returncode == 1 and "Traceback" not in done.stderr and "Exception" not in done.stderr, done.stderr


@pytest.mark.parametrize("name", ["docs/massage/none.md", "docs/massage", "mkdocs.yml"])
def test_a_name_that_is_no_file_of_docs(name, clean, monkeypatch, capsys):
    monkeypatch.chdir(clean)
    assert main(["check", name]) == 2
    assert capsys.readouterr().err == f"rls-site: no such file under docs/: {name}\n"


def test_an_article_can_be_named_as_make_new_names_it(clean, monkeypatch, capsys):
    monkeypatch.chdir(clean)
    assert main(["check", "massage/techniques.md"]) == 0
    assert capsys.readouterr().err == "0 to mend, 0 to look at\n"


def test_a_folder_that_is_no_project(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 2
    assert capsys.readouterr().err == "rls-site: run this from the project's folder, where mkdocs.yml is\n"
