"""``rls-site serve``: the terminal says what is wrong with each file as it is saved."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from conftest import copied

from rls_site import preview
from rls_site.serve import problems_of, watch


@pytest.fixture
def few(tmp_path):
    """A copy of the project with two articles left: enough to see that it is served and checked."""
    copied(tmp_path)
    for article in (tmp_path / "docs").rglob("*.md"):
        if article.relative_to(tmp_path / "docs").as_posix() not in ("index.md", "massage/safety.md"):
            article.unlink()
    return tmp_path


def test_one_saved_article_is_checked_alone(copy):
    page = copy / "docs/massage/safety.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n##Harms\n", encoding="utf-8")
    what, problems = problems_of(copy, {page})
    assert what == "docs/massage/safety.md" and [problem.rule for problem in problems] == ["heading_marks"]


def test_a_broken_article_is_named(few):
    page = few / "docs/massage/safety.md"
    page.write_bytes(b"\xff")
    what, problems = problems_of(few, {page})
    assert what == "docs/massage/safety.md" and "must be UTF-8 text" in str(problems[0])


def test_another_change_checks_everything(few):
    what, problems = problems_of(few, {few / "docs/evidence/claims.yml"})
    assert what == "everything" and {problem.path for problem in problems} >= {"docs/massage/safety.md", "mkdocs.yml"}


def until_true(holds, seconds: float, pause: float = 0.1) -> None:
    """Ask each ``pause`` seconds until something holds, for so many ``seconds`` at most."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came true"
        time.sleep(pause)


def until_told(page: Path, text: str, said: list[str]) -> None:
    """Save a page each second until the watch says so: before it has begun a save goes unseen, and without a pause it waits for the last."""

    def saved() -> bool:
        page.with_suffix(".new").write_text(text, encoding="utf-8")
        os.replace(page.with_suffix(".new"), page)
        return bool(said)

    until_true(saved, 20, pause=1)


def test_a_save_is_told_in_the_terminal(copy):
    said: list[str] = []
    going = threading.Event()
    going.set()
    thread = threading.Thread(target=watch, args=(copy, going.is_set, said.append), daemon=True)
    thread.start()
    page = copy / "docs/massage/safety.md"
    text = page.read_text(encoding="utf-8")
    try:
        until_told(page, f"{text}\n##Harms\n", said)
    finally:
        going.clear()
        thread.join(timeout=20)
    last = text.count("\n") + 2
    assert said[0] == f"docs/massage/safety.md:{last}: a heading must be '## ' and its words: found '##Harms'; add the space and the words"
    assert re.fullmatch(r"\d\d:\d\d:\d\d docs/massage/safety\.md: 1 to mend, 0 to look at", said[1])


def test_a_file_taken_away_during_a_check_ends_nothing(few, monkeypatch):
    said: list[str] = []
    told = threading.Event()

    def look(root, files):
        if not told.is_set():
            told.set()
            raise FileNotFoundError("massage/safety.md")
        return "everything", []

    monkeypatch.setattr("rls_site.serve.problems_of", look)
    page = few / "docs/massage/safety.md"
    text = page.read_text(encoding="utf-8")
    thread = threading.Thread(target=watch, args=(few, lambda: not said, said.append), daemon=True)
    thread.start()
    until_told(page, text, said)
    thread.join(timeout=20)
    assert told.is_set() and said and said[0].endswith("everything: 0 to mend, 0 to look at")


def test_an_edit_shows_on_the_page(few, tmp_path_factory):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    page = few / "docs/massage/safety.md"

    def shows(words: str) -> bool:
        try:
            with urllib.request.urlopen(f"http://{address}/massage/safety/", timeout=20) as answer:
                return words in answer.read().decode()
        except (urllib.error.URLError, ConnectionError):
            return False

    scratch = tmp_path_factory.mktemp("scratch")
    command = [Path(sys.executable).parent / "rls-site", "serve", "--address", address]
    serving = subprocess.Popen(command, cwd=few, env={**os.environ, "TMPDIR": str(scratch)}, stdout=subprocess.DEVNULL)
    try:
        until_true(lambda: shows("Is leg massage safe for me?"), 60)
        page.write_text(page.read_text(encoding="utf-8") + "\nRest both hands first.\n", encoding="utf-8")
        until_true(lambda: shows("Rest both hands first."), 20)
    finally:
        serving.terminate()
        assert serving.wait(timeout=20) == 0
    assert not shows(""), "the engine goes on without its terminal"
    assert list(scratch.iterdir()) == [], "the preview leaves its folder behind"


@pytest.mark.parametrize("fault", [OSError(98, "Address already in use"), OverflowError("port must be 0-65535")])
def test_an_address_that_cannot_be_had_is_told_in_one_line(monkeypatch, fault):
    def cli(arguments):
        raise fault

    monkeypatch.setattr(preview, "cli", cli)
    with pytest.raises(SystemExit, match="rls-site: the address must be free: found 127.0.0.1:8000, which cannot be had .*; stop what runs there, or choose another: make serve ADDRESS=127.0.0.1:8001"):
        preview.main("127.0.0.1:8000")


def test_what_cannot_be_read_leaves_the_last_pages(few):
    """A byte of another encoding, or a tab in the settings: the engine would stop answering."""
    assert preview.can_build(few)
    page = next((few / "docs").rglob("*.md"))
    text = page.read_bytes()
    page.write_bytes(text + b"\nIt don\x92t.\n")
    assert not preview.can_build(few)
    page.write_bytes(text)
    nav = few / "mkdocs.yml"
    nav.write_text(nav.read_text(encoding="utf-8") + "\tnav:\n", encoding="utf-8")
    assert not preview.can_build(few)
