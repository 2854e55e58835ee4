"""What is generated for editors is up to date, and the schema says what the check says."""

from __future__ import annotations

import json
import re

import pytest

from rls_site import front_matter, schema
from rls_site.__main__ import main
from rls_site.rules.addresses import LIST, answered, listed
from rls_site.evidence.claims import CERTAINTIES, VERDICTS, VERDICT_WORDS
from rls_site.handbook import between, generated
from rls_site.problem import Problem, shown
from rls_site.rules import check_file
from rls_site.site import load_site


@pytest.mark.parametrize("path", ["docs/front-matter.schema.json", "CONTRIBUTING.md", "tests/faults/README.md"])
def test_generated_files_are_up_to_date(path, root):
    file = root / path
    assert file.is_file() and file.read_text(encoding="utf-8") == generated(root)[path], f"{path} is out of date; run: make docs"


def test_schema_agrees_with_the_specification():
    made = json.loads(schema.text())
    assert tuple(made["properties"]) == front_matter.KEYS == tuple(schema.ABOUT)
    assert made["required"] == list(front_matter.REQUIRED) and made["additionalProperties"] is False
    assert made["properties"]["type"]["enum"] == list(front_matter.TYPES)
    needed = {rule["if"]["properties"]["type"]["const"]: tuple(rule["then"]["required"]) for rule in made["allOf"]}
    assert needed == {kind: keys for kind, keys in front_matter.TYPES.items() if keys}


def test_schema_accepts_every_article_and_refuses_a_wrong_one(project, jsonschema):
    validator = jsonschema.Draft7Validator(schema.schema())
    for article in project.articles.values():
        plain = json.loads(json.dumps(article.meta, default=str))
        assert [error.message for error in validator.iter_errors(plain)] == [], article.shown
    wrong = {**json.loads(json.dumps(project.articles["index.md"].meta, default=str)), "type": "treatment", "colour": "red", "tags": ["x"]}
    assert len(list(validator.iter_errors(wrong))) >= 3


def test_markers_must_stand_once():
    assert between("a\n<!-- x -->\nold\n<!-- end of x -->\nb", "x", "new") == "a\n<!-- x -->\n\nnew\n\n<!-- end of x -->\nb"
    with pytest.raises(ValueError, match="must have the markers"):
        between("nothing", "x", "new")


def test_every_address_ever_published_still_answers(project, root):
    missing = sorted(answered(project) - set(listed(root)))
    assert missing == [], "tests/data/addresses.txt lacks new addresses; run: make addresses"
    assert listed(root) == sorted(listed(root)), "the list is kept in order: run make addresses"


def test_addresses_are_written_only_for_a_site_without_faults(copy, capsys, monkeypatch):
    """What is in the list stays for ever: a text for a list was walked letter by letter, and ``/a`` and ``/-`` written into it."""
    file = copy / LIST
    file.parent.mkdir(parents=True)
    file.write_text("/\n/massage/\n", encoding="utf-8")
    page = copy / "docs/massage/techniques.md"
    page.write_text(page.read_text(encoding="utf-8").replace("\nauthors:", "\nmoved_from: massage/ways/\nauthors:", 1), encoding="utf-8")
    # The whole check would find it; this part of it is enough here.
    monkeypatch.setattr("rls_site.__main__.check_site", lambda site: check_file("massage/techniques.md", site))
    assert main(["addresses"]) == 1
    assert file.read_text(encoding="utf-8") == "/\n/massage/\n"
    assert "'moved_from' must be a list" in capsys.readouterr().out
    page.write_text(page.read_text(encoding="utf-8").replace("moved_from: massage/ways/", "moved_from: [massage/ways/]"), encoding="utf-8")
    assert main(["addresses"]) == 0
    assert "Added /massage/ways/\n" in capsys.readouterr().out
    assert listed(copy) == sorted(listed(copy)) and set(listed(copy)) == answered(load_site(copy))
    assert main(["addresses"]) == 0 and capsys.readouterr().out == ""
    page.write_text(f"{page.read_text(encoding='utf-8')}\nWrite here: what was found.\n", encoding="utf-8")
    assert main(["addresses"]) == 1, "what is still to be written is no page to promise an address for"
    assert "text must be finished" in capsys.readouterr().out


def test_a_draft_is_left_out_as_the_engine_leaves_it_out(copy):
    (copy / "docs/massage/_draft.md").write_text("not yet", encoding="utf-8")
    site = load_site(copy)
    assert "massage/_draft.md" not in site.paths and site.template is not None


def test_the_words_for_readers_have_one_home(root):
    """The template and the script of the search cannot read the package: they repeat these."""
    written = re.search(r"set audiences = (\{.*?\})", (root / "overrides/main.html").read_text(encoding="utf-8")).group(1)
    assert json.loads(written) == front_matter.AUDIENCES
    script = (root / "docs/javascripts/search.js").read_text(encoding="utf-8")
    words = {name: json.loads(found) for name, found in re.findall(r"^const (CERTAINTY|VERDICT) = (\[.*\]);", script, re.MULTILINE)}
    assert words == {"CERTAINTY": ["", *(name.replace("-", " ") for name in CERTAINTIES)], "VERDICT": [VERDICT_WORDS[name] for name in VERDICTS]}


def test_the_task_of_the_editor_reads_every_problem(root):
    """``.vscode/tasks.json`` turns what ``make check`` prints into places to go to."""
    tasks = json.loads((root / ".vscode/tasks.json").read_text(encoding="utf-8"))["tasks"]
    pattern = tasks[0]["problemMatcher"]["pattern"]
    assert tasks[0]["command"] == "make check" and (pattern["file"], pattern["line"], pattern["severity"], pattern["message"]) == (1, 2, 3, 4)
    problems = [Problem("docs/a.md", 3, "no_brands", "a page must: found 'x': y; mend it"), Problem("docs/b.md", 12, "review_dates", "soon", True)]
    read = [re.match(pattern["regexp"], line).groups() for line in shown(problems).split("\n")]
    assert read == [("docs/a.md", "3", None, "a page must: found 'x': y; mend it"), ("docs/b.md", "12", "warning", "soon")]
    assert not re.match(pattern["regexp"], "make: *** [Makefile:28: check] Error 1") and not re.match(pattern["regexp"], "0 to mend, 0 to look at")


def test_formats():
    problems = [Problem("docs/a.md", 3, "no_brands", "a page must not: 100%\nfound", False), Problem("docs/b.md", 1, "review_dates", "soon", True)]
    assert shown(problems) == "docs/a.md:3: a page must not: 100%\nfound\ndocs/b.md:1: warning: soon"
    assert shown(problems, "github") == (
        "::error file=docs/a.md,line=3,title=no_brands::a page must not: 100%25%0Afound\n"
        "::warning file=docs/b.md,line=1,title=review_dates::soon"
    )
