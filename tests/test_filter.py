"""Narrowing the claim checker and the studies, and copying a link, in Chromium."""

from __future__ import annotations

import pytest

from tool_page import until


@pytest.fixture(scope="module")
def page(browser):
    """One page for all these tests, that may use the clipboard: what a list was narrowed to stands in its address alone."""
    context = browser.new_context(service_workers="block", viewport={"width": 360, "height": 740}, permissions=["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


def _shown(page, kind):
    return page.evaluate(f"[...document.querySelectorAll('.{kind}')].filter((item) => !item.hidden).length")


def test_claims_narrow_by_words_verdict_and_certainty(page, server, project):
    claims = project.evidence.claims.values()
    page.goto(server + "evidence/claims/")
    page.wait_for_selector("form.filter")
    assert _shown(page, "claim") == len(claims)
    page.select_option("#filter-verdict", "contradicted")
    wanted = [claim for claim in claims if claim.verdict == "contradicted"]
    assert _shown(page, "claim") == len(wanted)
    assert page.locator(".filter__status").inner_text() == f"{len(wanted)} claims of {len(claims)}."
    page.select_option("#filter-certainty", "low")
    assert _shown(page, "claim") == len([claim for claim in wanted if claim.certainty == "low"])
    page.click("text=Show all")
    page.fill("#filter-words", "Bar of SOAP")
    assert page.evaluate("[...document.querySelectorAll('.claim:not([hidden]) h3')].map((h) => h.id)") == ["bar-of-soap-helps"]
    assert page.locator("[data-tool=claims] > h2:not([hidden])").all_inner_texts() == ["Oils, pressure points and home remedies"]
    page.fill("#filter-words", "qqqq")
    assert page.locator(".filter__status").inner_text() == "Nothing fits. Try fewer words, or show all."


def test_a_link_to_what_is_hidden_shows_it(page, server, project):
    page.goto(server + "evidence/studies/")
    page.wait_for_selector("form.filter")
    page.fill("#filter-words", "zzzz")
    assert _shown(page, "study") == 0
    page.evaluate("location.hash = 'bogan2023tomac'")
    until(page, "!document.getElementById('bogan2023tomac').closest('.study').hidden")
    hidden = next(claim.id for claim in project.evidence.claims.values() if claim.verdict != "supported")
    page.goto(f"{server}evidence/claims/?verdict=supported#{hidden}")
    until(page, f"document.querySelector('form.filter') && !document.getElementById('{hidden}').closest('.claim').hidden")


def test_choices_stand_in_the_address(page, server, project):
    page.goto(server + "evidence/claims/?verdict=supported")
    page.wait_for_selector("form.filter")
    assert _shown(page, "claim") == sum(claim.verdict == "supported" for claim in project.evidence.claims.values())
    page.fill("#filter-words", "iron")
    assert page.evaluate("location.search") == "?verdict=supported", "what is typed stays on the device"


def test_studies_narrow_by_kind_and_who_and_hide_empty_groups(page, server, project):
    page.goto(server + "evidence/studies/")
    page.wait_for_selector("form.filter")
    page.select_option("#filter-kind", "vibration")
    studies = [study for study in project.evidence.studies.values() if study["kind"] == "vibration"]
    assert _shown(page, "study") == len(studies)
    assert page.evaluate("[...document.querySelectorAll('.studies')].filter((group) => !group.hidden).length") == 1
    page.select_option("#filter-who", "dialysis")
    assert _shown(page, "study") == sum(study["who_group"] == "dialysis" for study in studies)


@pytest.mark.parametrize("address, anchor", (("questions/pregnancy/", "miscarriage"), ("evidence/claims/", "massage-cures-rls")))
def test_a_button_copies_the_address_of_a_question_and_a_claim(page, server, address, anchor):
    page.goto(server + address)
    button = page.locator(".copy-link button").filter(has_text=page.locator(f"#{anchor}").inner_text())
    button.click()
    until(page, "[...document.querySelectorAll('button + [role=status]')].some((s) => s.textContent)")
    assert page.evaluate("navigator.clipboard.readText()") == f"{server}{address}#{anchor}"
    assert button.inner_text().startswith("Copied")


def test_a_claim_offers_its_picture(page, server, site_folder, project):
    page.goto(server + "evidence/claims/")
    page.wait_for_selector(".claim .copy-link a")
    links = page.locator(".claim .copy-link a").evaluate_all("nodes => nodes.map((node) => node.href)")
    assert sorted(links) == sorted(f"{server}share/claims/{claim}.png" for claim in project.evidence.claims)
    assert [link for link in links if not (site_folder / link.removeprefix(server)).is_file()] == []


@pytest.mark.parametrize("path", ("questions/index.md", "questions/pregnancy.md"))
def test_every_answer_ends_with_a_button_and_nothing_else_does(page, server, project, path):
    article = project.articles[path]
    page.goto(server + article.address)
    page.wait_for_selector(".copy-link")
    after = page.locator(".copy-link + *").evaluate_all("nodes => nodes.map((node) => node.matches('h2, .also-called, .related'))")
    assert all(after)
    assert page.locator(".copy-link").count() == sum(heading.text.endswith("?") and heading.level == 2 for heading in article.headings)
