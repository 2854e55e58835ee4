"""The description of each page for machines: true to the front matter, valid by schema.org's own definitions."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from conftest import BASE

from rls_site.publish.sections import shared_text
from rls_site.publish.structured_data import describe, how_tos

SCRIPT = re.compile(r'<script type="?application/ld\+json"?>(.*?)</script>', re.DOTALL)

LITERALS = {
    "Text": lambda value: isinstance(value, str) and value.strip() == value != "",
    "URL": lambda value: isinstance(value, str) and value.startswith(("https://", "http://")),
    "Date": lambda value: isinstance(value, str) and bool(re.fullmatch(r"\d{4}(-\d\d-\d\d)?", value)),
    "Duration": lambda value: isinstance(value, str) and bool(re.fullmatch(r"PT(?:\d+M)?(?:\d+S)?", value)),
    "Integer": lambda value: isinstance(value, int),
}
"""How a plain value of a schema.org data type looks."""


@pytest.fixture(scope="module")
def vocabulary(root) -> dict:
    """The classes and properties of schema.org that are used here."""
    return json.loads((root / "tests/data/schema-org.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def graphs(site_folder, project) -> dict[str, list[dict]]:
    """The graph of each page, by the article's path, read from the built site."""
    found = {}
    for article in project.articles.values():
        scripts = SCRIPT.findall((site_folder / article.address / "index.html").read_text(encoding="utf-8"))
        assert len(scripts) == 1, article.path
        found[article.path] = json.loads(scripts[0])["@graph"]
    return found


def faults(node: dict, vocabulary: dict, at: str = "") -> list[str]:
    """Return what schema.org does not allow in a node and what is in it."""
    classes, properties = vocabulary["classes"], vocabulary["properties"]
    types = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
    found = [f"{at}: no class {name}" for name in types if name not in classes]
    own = {name for kind in types for name in _lineage(kind, classes)}
    for name, value in node.items():
        if name.startswith("@") or name in vocabulary["annotations"]:
            continue
        if name not in properties:
            found.append(f"{at}: no property {name}")
            continue
        if not own & set(properties[name]["of"]):
            found.append(f"{at}: {name} is no property of {types}")
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict) and "@type" in item:
                kinds = item["@type"] if isinstance(item["@type"], list) else [item["@type"]]
                if not any(set(_lineage(kind, classes)) & set(properties[name]["is"]) for kind in kinds):
                    found.append(f"{at}: {name} may not be {kinds}")
                found += faults(item, vocabulary, f"{at}.{name}")
            elif isinstance(item, dict):
                if list(item) != ["@id"]:
                    found.append(f"{at}: {name} points nowhere")
            elif not any(LITERALS[kind](item) for kind in properties[name]["is"] if kind in LITERALS):
                found.append(f"{at}: {name} may not be {item!r}")
    return found


def _lineage(kind: str, classes: dict) -> set[str]:
    return {kind}.union(*(_lineage(above, classes) for above in classes.get(kind, ())))


def test_a_wrong_graph_is_seen(vocabulary):
    wrong = {"@type": "MedicalWebPage", "step": "x", "colour": "red", "lastReviewed": "soon", "breadcrumb": {"@type": "Person", "name": "A"}}
    assert faults(wrong, vocabulary) == [
        ": step is no property of ['MedicalWebPage']",
        ": no property colour",
        ": lastReviewed may not be 'soon'",
        ": breadcrumb may not be ['Person']",
    ]


def test_every_graph_is_valid(graphs, vocabulary):
    assert [fault for path, graph in graphs.items() for node in graph for fault in faults(node, vocabulary, path)] == []


def test_each_page_says_what_its_front_matter_says(graphs, project):
    for article in project.articles.values():
        page, meta = graphs[article.path][0], article.meta
        assert page["url"] == BASE + article.address
        assert page["name"] == meta["title"]
        assert page["description"] == meta["description"]
        assert page["lastReviewed"] == str(meta["last_reviewed"])
        assert [author["name"] for author in page["author"]] == meta["authors"]
        assert len(page.get("audience", ["everyone"])) == len(meta["audience"])
        assert page["inLanguage"] == "en-GB"
        assert page["publisher"]["@id"] == f"{BASE}#publisher"


def test_nobody_is_no_reviewer(graphs, project):
    for article in project.articles.values():
        assert ("reviewedBy" in graphs[article.path][0]) is (article.meta["reviewed_by"] != "nobody"), article.path


def test_a_named_reviewer_is_said(project):
    article = project.articles["massage/index.md"]
    named = replace(article)
    object.__setattr__(named, "meta", {**article.meta, "reviewed_by": "A. Person, sleep doctor"})
    assert describe(named, project, [])[0]["reviewedBy"] == {"@type": "Person", "name": "A. Person", "jobTitle": "sleep doctor"}


def test_a_withdrawn_page_gives_no_instructions_and_no_answers(project):
    for path, kind in (("massage/self-massage.md", "HowTo"), ("questions/awake-now.md", "FAQPage")):
        article = project.articles[path]
        gone = replace(article)
        object.__setattr__(gone, "meta", {**article.meta, "withdrawn": "A reason."})
        assert kind in str(describe(article, project, [])) and len(describe(gone, project, [])) == 1
        assert "HowTo" not in str(describe(gone, project, [])) and "mainEntity" not in describe(gone, project, [])[0]


def test_a_named_author_is_a_person(project):
    article = project.articles["massage/index.md"]
    named = replace(article)
    object.__setattr__(named, "meta", {**article.meta, "authors": ["A. Person", "The site's editors"]})
    assert describe(named, project, [])[0]["author"] == [
        {"@type": "Person", "name": "A. Person"}, {"@type": "Organization", "name": "The site's editors", "url": f"{BASE}about/"},
    ]


def test_types_follow_the_page(graphs):
    kinds = {path: graphs[path][0]["@type"] for path in graphs}
    assert kinds["massage/index.md"] == ["MedicalWebPage"]
    assert kinds["questions/pregnancy.md"] == ["MedicalWebPage", "FAQPage"]
    assert kinds["questions/index.md"] == ["MedicalWebPage", "CollectionPage", "FAQPage"]
    assert kinds["about/privacy.md"] == ["AboutPage"]


def test_treatments_and_devices_name_their_therapy(graphs, project):
    for article in project.articles.values():
        therapies = [thing["name"] for thing in graphs[article.path][0].get("about", ()) if thing["@type"] == "MedicalTherapy"]
        assert not therapies or article.type in ("treatment", "device"), article.path
    about = graphs["leg-massagers/compression.md"][0]["about"]
    assert about[0] == {
        "@type": "MedicalCondition", "name": "Restless legs syndrome", "alternateName": ["Restless legs", "RLS", "Willis-Ekbom disease"],
    }
    assert {"@type": "MedicalTherapy", "name": "Air compression"} in about


def test_each_question_has_its_answer_with_its_certainty(graphs, project):
    count = 0
    for article in project.articles.values():
        if not article.path.startswith("questions/"):
            continue
        asked = [heading.text for heading in article.headings if heading.level > 1 and heading.text.endswith("?")]
        entities = graphs[article.path][0].get("mainEntity", [])
        assert [entity["name"] for entity in entities] == asked, article.path
        for entity in entities:
            assert len(entity["acceptedAnswer"]["text"].split()) >= 20, entity["name"]
            assert "///" not in entity["acceptedAnswer"]["text"] and "[@" not in entity["acceptedAnswer"]["text"]
        count += len(asked)
    assert count >= 100
    answers = " ".join(entity["acceptedAnswer"]["text"] for entity in graphs["questions/devices.md"][0]["mainEntity"])
    cards = [block.argument for block in project.articles["questions/devices.md"].blocks if block.name == "evidence"]
    assert cards
    for name in cards:
        claim = project.evidence.claims[name]
        assert f"{claim.finding} Certainty: {claim.certainty.replace('-', ' ')}." in answers


def test_timed_steps_become_instructions(graphs, project):
    (how_to,) = [node for node in graphs["massage/self-massage.md"] if node["@type"] == "HowTo"]
    assert how_to["totalTime"] == "PT5M"
    assert how_to["description"].endswith("do not rub, squeeze or heat either leg, and get help today, at night too.")
    assert [step["position"] for step in how_to["step"]] == list(range(1, len(how_to["step"]) + 1))
    assert how_to["step"][0]["text"].startswith("30 seconds. ")
    assert not any(text in step["text"] for step in how_to["step"] for text in ("Both hands stroke up", "Compare both calves"))  # what only the drawing says
    for article in project.articles.values():
        blocks = sum(block.name == "steps" for block in article.blocks)
        assert len(how_tos(article, BASE, project)) == blocks == sum(node["@type"] == "HowTo" for node in graphs[article.path]), article.path


def test_breadcrumbs_lead_from_home(graphs, project):
    def names(path):
        return [(item["position"], item["name"], item["item"]["@id"]) for item in graphs[path][0]["breadcrumb"]["itemListElement"]]

    assert names("massage/self-massage.md") == [
        (1, "Home", BASE),
        (2, "Does massage help restless legs?", BASE + "massage/"),
        (3, "How to massage your own restless legs", BASE + "massage/self-massage/"),
    ]
    assert [step[1] for step in names("massage/index.md")] == ["Home", "Does massage help restless legs?"]
    assert "breadcrumb" not in graphs["index.md"][0]


def test_only_home_describes_the_site_and_its_search(graphs):
    sites = {path: node for path, graph in graphs.items() for node in graph if node["@type"] == "WebSite"}
    assert list(sites) == ["index.md"]
    assert sites["index.md"]["potentialAction"] == {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": BASE + "?q={search_term_string}"},
        "query-input": "required name=search_term_string",
    }


def test_citations_are_the_sources_of_the_page(graphs, site_folder):
    from lxml import html as parser

    for path in ("massage/index.md", "for-you/pregnancy.md"):
        page = parser.document_fromstring((site_folder / path.removesuffix("index.md").removesuffix(".md") / "index.html").read_bytes().decode())
        listed = {item.find(".//a").get("href") for item in page.xpath("//section[contains(@class,'sources')]//li")}
        said = set(graphs[path][0]["citation"])
        assert said <= listed, path
        assert said, path


def test_an_answer_for_machines_keeps_its_call_for_help(project):
    crisis, pregnancy, numbers = (shared_text("safety", part, project) for part in ("crisis", "pregnancy", "numbers"))
    assert "Call 999, 112, 911 or 000 now" in crisis and "Call your maternity unit" in pregnancy
    assert numbers.startswith("United Kingdom: call 999. European Union: call 112.")
    assert shared_text("safety", "line", project) == "", "it stands on most pages"
