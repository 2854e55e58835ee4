"""Faults put one at a time into a copy of the project: each is caught, and the message names file and line."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest
from conftest import copied

from rls_site.build import build
from rls_site.problem import Problem
from rls_site.rules import ARTICLE, SITE, check_article, found_by
from rls_site.site import load_site
from rls_site.strict_yaml import load

FAULTS = load((Path(__file__).parent / "faults.yml").read_text(encoding="utf-8")).plain()
ARTICLE_RULES, SITE_RULES = ({rule.__name__: rule for rule in rules} for rules in (ARTICLE, SITE))


@pytest.fixture(scope="module")
def copy(root, tmp_path_factory, remembered) -> Path:
    """A copy of what the checks read; each fault is put right again before the next."""
    folder = copied(tmp_path_factory.mktemp("faults"))
    for name in ("pyproject.toml", "requirements.txt"):
        shutil.copy2(root / name, folder / name)
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("the site from before", encoding="utf-8")
    return folder


@pytest.fixture
def put(copy):
    """Puts a fault in; returns the line it begins on."""
    undo = []

    def keep(file: Path) -> None:
        stat = file.stat() if file.exists() else None
        undo.append((file, file.read_bytes() if stat else None, stat))

    def change(fault: dict) -> int:
        file = copy / fault["file"]
        keep(file)
        if "copy_to" in fault:
            keep(copy / fault["copy_to"])
            shutil.copy(file, copy / fault["copy_to"])
            return 1
        if fault.get("delete"):
            file.unlink()
            return 1
        if "hex" in fault:
            file.write_bytes(file.read_bytes() + bytes.fromhex(fault["hex"]))
            return 0
        old = file.read_text(encoding="utf-8") if file.exists() else ""
        if "find" in fault:
            match = re.search(fault["find"], old, re.MULTILINE)
            assert match, f"the fault has no place: {fault['find']!r} is not in {fault['file']}; choose another in tests/faults/faults.yml"
            new = old[: match.start()] + match.expand(_template(fault["put"])) + old[match.end() :]
        else:
            new = old + fault["append"] if "append" in fault else fault["write"]
        file.write_text(new, encoding="utf-8")
        same = len(os.path.commonprefix([old, new]))
        if "line" in fault and fault["line"] < 0:
            return new.count("\n") + 1 + fault["line"]
        start = match.start() if "find" in fault else same
        return new[:start].count("\n") + 1

    yield change
    for file, data, stat in reversed(undo):
        if data is None:
            file.unlink(missing_ok=True)
        else:
            file.write_bytes(data)
            os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def _template(text: str) -> str:
    # Only \1 and \2 stand for what was found; every other backslash is itself.
    return re.sub(r"\\(?![12])", r"\\\\", text)


def said(copy: Path, fault: dict) -> set[Problem]:
    """What the rule that is to catch the fault says; the whole check runs in ``test_site_from_before_stays``."""
    site = load_site(copy)
    if fault["caught_by"] == "evidence":
        return set(site.evidence.problems)
    if fault["caught_by"] in SITE_RULES:
        return set(found_by(SITE_RULES[fault["caught_by"]], site))
    article = site.articles.get(fault["file"].removeprefix("docs/"))
    return set(check_article(article, site, [ARTICLE_RULES[fault["caught_by"]]]) if article else site.unreadable)


def test_there_are_many_kinds(root):
    assert len(FAULTS) >= 60
    assert len({(fault["kind"], fault["fault"]) for fault in FAULTS}) == len(FAULTS)
    assert sum(fault["kind"] == "Front matter" for fault in FAULTS) >= 12


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault['kind']}: {fault['fault']}")
def test_fault_is_caught(fault, copy, put):
    changed = put(fault)
    line = fault["line"] if fault.get("line", -1) >= 0 else changed
    found = said(copy, fault)
    path = fault.get("reported", fault["file"])
    caught = [problem for problem in found if problem.rule == fault["caught_by"] and problem.path == path and fault["says"] in problem.message]
    assert caught, "\n".join(map(str, sorted(found))) or "nothing was said"
    assert not line or line in {problem.line for problem in caught}, f"line {line}: {caught}"
    assert all(problem.line >= 1 for problem in found)
    assert any(not problem.warning for problem in caught)


TOGETHER = ("Citations and evidence", "Encodings", "Settings", "Templates", "Links")


def test_site_from_before_stays(copy, put, capsys):
    """A fault of each kind of file, all through one real build: it names each, stops, and leaves ``site/`` untouched."""
    faults = [next(fault for fault in FAULTS if fault["kind"] == kind) for kind in TOGETHER]
    faults[1] = {**faults[1], "file": "docs/massage/techniques.md"}  # not readable: the others stand in another article
    for fault in faults:
        put(fault)
    assert build(copy) == 1
    captured = capsys.readouterr()
    assert re.search(r"^Nothing was built: \d+ to mend\.$", captured.err, re.MULTILINE)
    assert [fault["says"] for fault in faults if not re.search(rf"^{re.escape(fault['file'])}:\d+: .*{re.escape(fault['says'])}", captured.out, re.MULTILINE)] == []
    assert [file.name for file in (copy / "site").iterdir()] == ["index.html"]
    assert (copy / "site" / "index.html").read_text(encoding="utf-8") == "the site from before"


def test_a_page_that_is_not_written_is_not_built(copy, capsys, monkeypatch):
    monkeypatch.setattr("rls_site.build._running", lambda root, engine, made: nullcontext())
    monkeypatch.setattr("rls_site.build._said", lambda process, engine, made: "")
    monkeypatch.setattr("rls_site.build.publish", lambda root, made: None)
    draft = Problem("docs/massage/hot-stones.md", 20, "finished_text", "text must be finished: found 'Write here:'; write it", True)
    monkeypatch.setattr("rls_site.build.check_site", lambda site: [draft])
    (copy / "site").mkdir(exist_ok=True)
    (copy / "site" / "index.html").write_text("the site from before", encoding="utf-8")
    assert build(copy) == 1
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == (f"{draft}\n", "Nothing was built: 0 to mend, 1 to write.\n")
    assert (copy / "site" / "index.html").read_text(encoding="utf-8") == "the site from before"


def test_a_last_step_that_fails_says_why_and_leaves_the_site(copy, capsys, monkeypatch):
    def failing(root, folder):
        raise ValueError("index.html has no <meta charset>: the policy has no place")

    monkeypatch.setattr("rls_site.build.check_site", lambda site: [])
    monkeypatch.setattr("rls_site.build._running", lambda root, engine, made: nullcontext())
    monkeypatch.setattr("rls_site.build._said", lambda process, engine, made: "")
    monkeypatch.setattr("rls_site.build.publish", failing)
    (copy / "site").mkdir(exist_ok=True)
    (copy / "site" / "index.html").write_text("the site from before", encoding="utf-8")
    assert build(copy) == 1
    assert capsys.readouterr().err == "Nothing was built: index.html has no <meta charset>: the policy has no place\n"
    assert (copy / "site" / "index.html").read_text(encoding="utf-8") == "the site from before"
