"""Whatever is typed: never a traceback, never a hang, never a lost line."""

from __future__ import annotations

import csv
import dataclasses
import datetime
import io
import json
import tempfile
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from tool_page import call, modules

from rls_site.article import read
from rls_site.evidence import Evidence, load_evidence
from rls_site.fix import mend, mend_references
from rls_site.problem import Problem
from rls_site.publish.structured_data import describe
from rls_site.rules import check_article
from rls_site.rules.headings import front_matter
from rls_site.strict_yaml import YamlFault, load

# Each example has this long; the same examples each run, so that a failure is the change's and not the day's.
settings.register_profile(
    "site", max_examples=28, deadline=datetime.timedelta(seconds=5), derandomize=True, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("site")

MARKS = st.sampled_from(
    ["---\n", "/// do\n", "///\n", "/// evidence | x\n", "/// caption\n", "[@", "]", "[@a; @b]", "](", "![", "`", "```\n", "#", "# A\n", "\n", "\n\n",
     "    ", "\t", "- ", "1. ", "| a |\n", "**1 minute.** ", "<script>", "{", "}", "[^1]", "&#58;", "\u202e", "\ufeff", "\r", "\x00", "&", "*", "_", "'", '"', ":", "title: ", "@misc{a,", "{{", "}}"]
)
TYPED = st.lists(st.one_of(MARKS, st.text(max_size=12)), max_size=40).map("".join)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=20), st.dates()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=6,
)
ONE_SOURCE = "@misc{a,\n  title = {A study},\n  url = {https://example.org/a}\n}\n"
ONE_OF_EACH = {
    "studies.yml": {"key": "a", "kind": "safety", "design": "review", "who": "Adults", "who_group": "not-a-study-of-people", "result": "It eased.", "sham": "not-applicable", "bottom_line": "It eased."},
    "claims.yml": {
        "id": "a", "group": "does-it-help", "claim": "It eases.", "verdict": "unproven", "certainty": "low",
        "who_was_studied": "Adults.", "finding": "It may ease.", "topics": ["sleep"], "sources": ["a"],
    },
    "glossary.yml": {"term": "rub", "meaning": "A stroke of the hand."},
}
"""One record of each kind that passes."""

FRONT = """---
title: How to rest your legs
description: Lie down, breathe slowly and rest both hands on your thighs for ten minutes.
type: %s
audience: [everyone]
tags: [sleep]
authors: [The editors]
reviewed_by: nobody
last_reviewed: 2026-11-20
next_review: 2027-11-20
evidence_searched: 2026-11-20
---
"""


def written(data: bytes) -> tuple:
    """Read bytes as an article in a folder of their own."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.md"
        file.write_bytes(data)
        return read(file, Path(folder))


@given(st.binary(max_size=400))
@example(b"")
@example(b"\xff\xfe")
@example(b"---\n---")
@example(b"---\n" + b"[" * 5000 + b"\n---\n")
def test_any_bytes_are_an_article_or_one_problem(data):
    article, problems = written(data)
    assert (article is None) == bool(problems)
    assert all(isinstance(problem, Problem) and problem.line >= 1 for problem in problems)


@given(TYPED)
@example("a: &a [x]\nb: *a\n")
@example("a: " + "&x [" * 50)
@example("a: 2026-02-30\n")
@example("? [a]\n: b\n")
@example("a: !!python/object/apply:os.system [ls]\n")
@example("a: 0b2\nb: 1_0\nc: .inf\n")
def test_any_yaml_is_read_or_refused_with_a_line(text):
    try:
        load(text, first_line=2)
    except YamlFault as fault:
        assert 2 <= fault.line <= text.count("\n") + text.count("\r") + 4 and fault.message


def test_nested_aliases_do_not_grow():
    """The classic: nine lines that would become a thousand million items."""
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"] + [
        f"{key}: &{key} [{', '.join([f'*{before}'] * 9)}]" for before, key in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    with pytest.raises(YamlFault, match="aliases are not used"):
        load("\n".join(lines))


@given(
    st.dictionaries(
        st.sampled_from(["title", "description", "type", "audience", "tags", "authors", "moved_from", "withdrawn", "script", "main_claim", "scope", "reviewed_by", "last_reviewed", "next_review", "x"]),
        VALUES, min_size=1, max_size=3,
    )
)
@example({"reviewed_by": False})
@example({"audience": False})
@example({"tags": {}})
@example({"scope": 0})
def test_front_matter_of_any_shape_is_told_or_built(project, values):
    """What passes is shown: no slip gets as far as the page and ends in a traceback there."""
    front = yaml.safe_load(FRONT.strip("-\n") % "about") | values
    article, problems = written(f"---\n{yaml.safe_dump(front, allow_unicode=True)}---\n\n# {front['title']}\n".encode("utf-8", "surrogatepass"))
    if article:
        problems = list(front_matter(article, project))
    if not problems:
        describe(article, project, [])
        assert isinstance(article.meta["reviewed_by"], str) and all(isinstance(article.meta[key], list) for key in ("audience", "tags", "authors"))


@given(TYPED, st.sampled_from(["about", "how-to", "questions", "device"]))
def test_any_text_is_checked(project, text, kind):
    data = (FRONT % kind + text).encode("utf-8", "replace")
    article, problems = written(data)
    if not article:
        assert problems
        return
    last = data.decode().replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for problem in check_article(article, project):
        assert 1 <= problem.line <= last, problem
    # Never a lost line: what was read is what was written.
    assert (article.body_line - 1) + article.body.count("\n") + 1 == last
    assert [number for number, _ in article.lines] == list(range(article.body_line, last + 1))


@given(text=TYPED)
def test_any_text_is_rendered(text, project):
    md = Markdown(extensions=["attr_list", "toc", "tables", "pymdownx.blocks.caption", "rls_site.markdown"], extension_configs={"rls_site.markdown": {"docs": str(project.docs)}})
    assert isinstance(md.convert(text.replace("\x02", "").replace("\x03", "")), str)


@given(TYPED)
def test_mending_twice_is_mending_once_and_loses_no_word(text):
    text = text.encode("utf-8", "replace").decode()
    once = mend(text)
    assert mend(once) == once
    assert sorted(c for c in once if c.isalnum()) == sorted(c for c in text if c.isalnum())


@given(TYPED)
def test_mending_references_twice_is_mending_once(text):
    once = mend_references(text)
    assert mend_references(once) == once


@pytest.mark.parametrize("name", ["references.bib", "studies.yml", "claims.yml", "safety.yml", "glossary.yml"])
@settings(max_examples=25)
@given(data=st.one_of(st.binary(max_size=200), TYPED.map(lambda text: text.encode("utf-8", "replace")), VALUES.map(lambda value: repr(value).encode("utf-8", "replace"))))
def test_any_evidence_file_is_loaded_or_refused(name, data):
    with tempfile.TemporaryDirectory() as folder:
        evidence = Path(folder) / "evidence"
        evidence.mkdir()
        (evidence / name).write_bytes(data)
        found = load_evidence(Path(folder))
    assert isinstance(found, Evidence)
    assert all(problem.line >= 1 and problem.path.startswith(Path(folder).name) for problem in found.problems)


@settings(max_examples=40)
@given(
    name=st.sampled_from(["studies.yml", "claims.yml", "glossary.yml"]),
    values=st.dictionaries(
        st.sampled_from(["key", "id", "group", "kind", "topics", "design", "who", "who_group", "result", "bottom_line", "effect", "claim", "verdict", "certainty", "who_was_studied", "finding", "sources", "heard_as", "none_found", "term", "also", "meaning", "keys"]),
        VALUES, max_size=2,
    ),
)
@example("claims.yml", {"id": [1], "claim": {}, "verdict": ["x"], "certainty": ["low"], "who_was_studied": 1, "finding": 2, "topics": "x", "sources": 5})
@example("studies.yml", {"key": "a", "kind": ["x"], "topics": ["x"], "design": "x", "who": "x", "who_group": {"a": 1}, "result": "x", "bottom_line": "x", "effect": [{"value": "x"}]})
@example("studies.yml", {"key": "a", "kind": "x", "topics": ["x"], "design": "x", "who": "x", "who_group": "a", "result": "x", "bottom_line": "x", "effect": {"value": 1}})
def test_any_record_is_loaded_or_refused(name, values):
    with tempfile.TemporaryDirectory() as folder:
        evidence = Path(folder) / "evidence"
        evidence.mkdir()
        (evidence / "references.bib").write_text(ONE_SOURCE, encoding="utf-8")
        (evidence / name).write_bytes(yaml.safe_dump([ONE_OF_EACH[name] | values], allow_unicode=True).encode("utf-8", "replace"))
        found = load_evidence(Path(folder))
    told = [problem for problem in found.problems if problem.path.endswith(name)]
    assert found.references and all(problem.line >= 1 for problem in told)
    assert told or {"studies.yml": found.studies, "claims.yml": found.claims, "glossary.yml": found.glossary}[name]


def test_a_site_of_broken_files_is_checked(project):
    """Rules still run when the evidence could not be loaded."""
    bare = dataclasses.replace(project, evidence=Evidence())
    article = project.articles["massage/index.md"]
    assert check_article(article, bare)


NIGHTS = st.fixed_dictionaries({
    "night": st.dates(datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)).map(str), "score": st.integers(0, 10),
    "lost": st.none() | st.integers(0, 900), "worst": st.none() | st.integers(0, 23),
    "used": st.lists(st.sampled_from(["massage", "machine", "stretch", "warm-cold", "other"]), unique=True),
    "minutes": st.none() | st.integers(0, 900),
    "change": st.text(st.characters(exclude_categories=["Cs"]), max_size=20), "note": st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
})
DIARIES = st.lists(NIGHTS, max_size=5, unique_by=lambda entry: entry["night"])
COLUMNS = ("night", "score", "lost", "worst", "used", "minutes", "change", "note")
HEAD = ",".join(COLUMNS) + "\r\n"
DAMAGE = st.tuples(st.floats(0, 1), st.sampled_from(['"', ",", "\n", "\0", "x", "}", "[", "11", "'", "=", "\ufeff", "2026-02-30", "null", ""]), st.integers(0, 30))


def _csv(entries: list[dict]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for entry in entries:
        # An apostrophe before what a spreadsheet would take for a formula, as the site's own export has it.
        plain = [" ".join(value) if isinstance(value, list) else "" if value is None else str(value) for value in (entry[name] for name in COLUMNS)]
        writer.writerow(f"'{cell}" if cell.startswith(tuple("'=+-@\t\r")) else cell for cell in plain)
    return HEAD + text.getvalue()


def _json(entries: list[dict]) -> str:
    return json.dumps({"diary": "restless legs", "version": 2, "nights": entries})


def _damaged(text: str, damage: tuple) -> str:
    at = round(damage[0] * len(text))
    return text[:at] + damage[1] + text[at + damage[2] :]


RECORDS = st.dictionaries(st.sampled_from(["night", "score", "lost", "used", "note", "__proto__", "constructor", "massage", "rev", "x"]), VALUES, max_size=5)
FILES = st.one_of(
    TYPED, TYPED.map(HEAD.__add__), VALUES.map(lambda value: json.dumps(value, default=str)),
    st.builds(
        lambda version, nights, trials: json.dumps({"diary": "restless legs", "version": version, "nights": nights, "trials": trials}, default=str),
        st.sampled_from([1, 2, 3, None, "2"]), st.one_of(VALUES, st.lists(RECORDS, max_size=4)), st.one_of(VALUES, st.lists(RECORDS, max_size=4)),
    ),
    st.builds(_damaged, DIARIES.map(_csv), DAMAGE), st.builds(_damaged, DIARIES.map(_json), DAMAGE),
)
DEEP = '{"diary": "restless legs", "version": 2, "nights": [%s]}'
LONG = [
    "[" * 100_000, "{" * 100_000, DEEP % ("[" * 100_000 + "]" * 100_000), DEEP % ('{"night": ' + "[" * 100_000 + "]" * 100_000 + "}"),
    HEAD + '"' * 200_000, HEAD + '"' + 'a""' * 200_000 + '"', HEAD + "," * 200_000, HEAD + ",,,,,,,\n" * 100_000, "x" * 400_000,
    HEAD + '"' + "a" * 400_000,
]
READ = """a.map((text) => {
  try {
    return m.readFile(text);
  } catch (error) {
    return error instanceof m.FileError ? error.faults.slice(0, 99) : `${error}`;
  }
})"""


def _examples(strategy, count: int) -> list:
    """Examples of a strategy, the same ones each time, to hand to the browser all at once."""
    found: list = []

    @settings(max_examples=count)
    @given(strategy)
    def collect(value):
        found.append(value)

    collect()
    return found


@pytest.fixture(scope="module")
def importer(browser, server):
    """A page with the diary's import."""
    with modules(browser, server) as page:
        yield page


@pytest.mark.parametrize("kind", ["any", "long"])
def test_any_diary_file_is_taken_in_or_refused_with_reasons(importer, kind):
    texts = LONG if kind == "long" else _examples(FILES, 400)
    for text, found in zip(texts, call(importer, "entries", READ, texts), strict=True):
        shown = text[:300]
        if isinstance(found, dict):
            # A night of the file is never dropped in silence: there is an entry for each.
            lines = json.loads(text.removeprefix("\ufeff"))["nights"] if text.lstrip("\ufeff \n\t\r").startswith("{") else None
            assert lines is None or len(found["nights"]) == len(lines), shown
            assert len({entry["night"] for entry in found["nights"]}) == len(found["nights"]), shown
            assert all(0 <= entry["score"] <= 10 and len(entry["note"]) <= 1000 for entry in found["nights"]), shown
        else:
            assert isinstance(found, list) and found, f"{found}: {shown!r}"
            assert all(0 < len(fault) < 300 for fault in found), f"{found[0][:300]}: {shown!r}"


@pytest.mark.parametrize("write", [_csv, _json])
def test_no_valid_night_is_lost_or_changed(importer, write):
    diaries = _examples(DIARIES, 150)
    for diary, found in zip(diaries, call(importer, "entries", READ, [write(diary) for diary in diaries]), strict=True):
        assert found == {"nights": diary, "trials": []}, write(diary)
