"""The safety check: the decision table in every combination, and the one-question-at-a-time page."""

from __future__ import annotations

import itertools
import re

import pytest
from playwright.sync_api import expect

from tool_page import PATIENT, anew, bare, call, enlarge, fits, tab, until  # noqa: F401

PAGE = "tonight/safety-check/"


@pytest.fixture
def page(tab, server):
    with anew(tab, server, PAGE, before=PATIENT) as page:
        page.wait_for_selector(".safety-check--stepped")
        yield page


@pytest.fixture
def module(tab, server):
    """A bare document, to call the check's functions from."""
    with anew(tab, server, bare(server)) as page:
        yield page


@pytest.fixture(scope="module")
def table(tab, server):
    """The decision table as the page carries it: the order, and each question with what a yes leads to."""
    with anew(tab, server, PAGE, without_scripts=True) as page:
        order = page.locator("[data-tool=safety-check] .outcome").evaluate_all("list => list.map(node => node.dataset.outcome)")
        questions = page.locator("[data-tool=safety-check] .question").evaluate_all("list => list.map(node => [node.id, node.dataset.yes])")
        return order, questions


def give(page, answer, count=1):
    for _ in range(count):
        page.locator(f"[data-answer={answer}]:visible").click()


def shown(page):
    return page.locator(".outcome:visible").evaluate_all("list => list.map(node => node.dataset.outcome)")


def test_the_page_carries_the_table_of_safety_yml(table, project):
    check = project.evidence.safety["check"]
    order, questions = table
    assert order == check["order"]
    assert questions == [[f"q-{question['id']}", question["if_yes"]] for question in check["questions"]]


def test_every_combination_of_answers_ends_as_the_most_serious_yes(table, module):
    order, questions = table
    leads = [yes for _, yes in questions]
    code = """(() => {
      const [order, leads] = a, ends = [], answers = ["no", "yes", "not-sure"];
      for (let number = 0; number < 3 ** leads.length; number += 1) {
        const answered = leads.map((yes, place) => ({yes, answer: answers[Math.floor(number / 3 ** place) % 3]}));
        ends.push(order.indexOf(m.outcomeOf(order, answered)));
      }
      return ends;
    })()"""
    ends = call(module, "safety-check", code, [order, leads])
    assert len(ends) == 3 ** len(leads)
    combinations = itertools.product((False, True, True), repeat=len(leads))
    for combination, end in zip(combinations, ends, strict=True):
        yes = [order.index(lead) for lead, said in zip(reversed(leads), combination) if said]
        assert end == min(yes, default=len(order) - 1)
        if any(lead == "emergency" and said for lead, said in zip(reversed(leads), combination)):
            assert order[end] == "emergency"


def test_stopping_early_never_ends_below_what_all_answers_give(table, module):
    order, questions = table
    leads = [yes for _, yes in questions]
    code = """(() => {
      const [order, leads] = a;
      let worse = 0;
      for (let number = 0; number < 2 ** leads.length; number += 1) {
        const all = leads.map((yes, place) => ({yes, answer: (number >> place) & 1 ? "yes" : "no"}));
        const end = m.outcomeOf(order, all);
        for (let asked = 1; asked < all.length; asked += 1) {
          const early = m.outcomeOf(order, all.slice(0, asked));
          if (!m.canGetWorse(order, early, leads.slice(asked)) && early !== end) worse += 1;
        }
      }
      return worse;
    })()"""
    assert call(module, "safety-check", code, [order, leads]) == 0


def test_all_no_ends_fine(page, table):
    give(page, "no", len(table[1]))
    assert shown(page) == ["fine"]
    expect(page.locator(":focus")).to_have_text(page.locator(".outcome:visible h2").inner_text())


def test_a_yes_or_not_sure_leads_where_the_table_says(tab, server, table):
    order, questions = table
    leads = [yes for _, yes in questions]
    for lead, answer in zip(order[:-1], itertools.cycle(("yes", "not-sure"))):
        with anew(tab, server, PAGE, before=PATIENT) as page:
            page.wait_for_selector(".safety-check--stepped")
            place = leads.index(lead)
            give(page, "no", place)
            give(page, answer)
            give(page, "no", 0 if shown(page) else len(questions) - place - 1)
            assert shown(page) == [lead], questions[place]


def test_an_emergency_is_shown_at_once_with_its_reason(page):
    give(page, "yes")
    assert shown(page) == ["emergency"]
    expect(page.locator(".reasons li")).to_have_text(re.compile(r"^Are you newly short of breath, do you have chest pain, .* felt about to pass out\?$"))
    expect(page.locator(".reasons")).to_contain_text("You need not answer the rest")


def test_back_never_loses_an_answer(page):
    give(page, "no", 3)
    page.get_by_role("button", name="Back").locator("visible=true").click()
    expect(page.locator(".question:visible .question__count")).to_have_text(re.compile(r"^Question 3 of"))
    expect(page.locator("[data-answer=no]:visible")).to_have_attribute("aria-pressed", "true")
    page.go_back()
    expect(page.locator(".question:visible .question__count")).to_have_text(re.compile(r"^Question 2 of"))
    give(page, "no")
    expect(page.locator(".question:visible .question__count")).to_have_text(re.compile(r"^Question 4 of"))
    give(page, "yes")
    page.get_by_role("button", name="Back").locator("visible=true").click()
    expect(page.locator("[data-answer=yes]:visible")).to_have_attribute("aria-pressed", "true")


def test_a_double_tap_answers_one_question(tab, server):
    with anew(tab, server, PAGE) as page:
        page.wait_for_selector(".safety-check--stepped")
        until(page, "performance.now() > 1000")
        page.locator("[data-answer=no]:visible").dblclick()
        expect(page.locator(".question:visible .question__count")).to_have_text(re.compile(r"^Question 2 of"))


def test_the_second_tap_of_an_answer_calls_nobody(tab, server):
    with anew(tab, server, PAGE) as page:
        reached = """() => {
          document.querySelector("[data-answer=yes]").click();
          const call = document.querySelector(".calls a");
          return !call.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
        }"""
        assert page.evaluate(reached), "the call is prevented"


@pytest.mark.parametrize(("width", "height"), [(375, 553), (320, 480), (740, 330)])
def test_each_question_begins_on_the_screen(page, table, width, height):
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": height})
    top = "document.querySelector('.question:not([hidden]) legend').getBoundingClientRect().top"
    for _ in table[1][:-1]:
        give(page, "no", 1)
        assert 0 <= page.evaluate(top) < height / 2
    page.go_back()
    expect(page.locator(".question:visible .question__count")).to_have_text(re.compile(rf"^Question {len(table[1]) - 1} of"))
    assert 0 <= page.evaluate(top) < height / 2
    page.set_viewport_size(before)


def test_what_counts_as_yes_too_is_spoken(page):
    give(page, "no", 1)
    described = page.locator(".question:visible").get_attribute("aria-describedby").split()
    words = " ".join(" ".join(page.locator(f"#{name}").inner_text() for name in described).split())
    assert words.startswith("Question 2 of 10 Say yes as well if both legs quickly got weak or numb")


def test_nothing_is_kept_and_the_address_stays(page):
    before = page.url
    give(page, "no", 4)
    assert page.url == before
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("indexedDB.databases().then((list) => list.length)") == 0
    assert page.evaluate("history.state") == {"place": 4}
    page.reload()
    page.wait_for_selector(".safety-check--stepped")
    expect(page.locator(".question:visible .question__count")).to_have_text(re.compile(r"^Question 1 of"))
    assert page.locator("input:checked").count() == 0


def aged(page, minutes):
    """Let time pass while the reader looks at something else, and come back."""
    page.evaluate(
        """(minutes) => {
          const now = Date.now;
          Date.now = () => now() + minutes * 60000;
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        minutes,
    )


def test_what_was_clear_an_hour_ago_is_asked_again(page, table):
    def begins_anew():
        expect(page.locator(".question:visible .question__count")).to_have_text(re.compile(r"^Question 1 of"))
        return shown(page) == [] and page.locator("[aria-pressed=true]").count() == 0

    give(page, "no", len(table[1]))
    aged(page, 59)
    assert shown(page) == ["fine"]
    aged(page, 2)
    assert begins_anew()
    give(page, "no", 4)
    give(page, "yes")
    aged(page, 61)
    assert begins_anew(), "ask first, or a check half done"
    give(page, "no", 2)
    give(page, "yes")
    aged(page, 61)
    assert shown(page) == ["urgent"]
    page.get_by_role("button", name="Start again").click()
    give(page, "yes")
    aged(page, 61)
    assert shown(page) == ["emergency"]


def test_back_after_a_reload_skips_no_question(page):
    for _ in range(3):
        page.locator(".question:visible").get_by_role("button", name="No", exact=True).click()
    page.reload()
    page.wait_for_selector(".safety-check--stepped")
    page.go_back()
    expect(page.locator(".question:visible .question__count")).to_have_text("Question 1 of 10")


def test_answers_that_a_browser_filled_in_count_for_nothing(page):
    page.evaluate("for (const input of document.querySelectorAll('input[value=no]')) input.checked = true")
    give(page, "no")
    assert shown(page) == []
    expect(page.locator(".question:visible .question__count")).to_have_text(re.compile(r"^Question 2 of"))


def test_keyboard_only(page, table):
    page.locator("[data-answer=yes]:visible").focus()
    for tabs in [1] + [2] * (len(table[1]) - 1):
        for _ in range(tabs):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    assert shown(page) == ["fine"]


def test_without_scripts_every_question_and_outcome_is_there(tab, server, table):
    with anew(tab, server, PAGE, without_scripts=True) as page:
        order, questions = table
        assert page.locator(".question:visible").count() == len(questions)
        assert shown(page) == order
        assert page.locator(".question .question__rule:visible").count() == len(questions)
        assert page.locator("#outcome-fine .question__rule").inner_text() == f"No to all {len(questions)} questions:"


def test_it_works_offline_once_open(page, table):
    page.context.set_offline(True)
    give(page, "no", len(table[1]))
    assert shown(page) == ["fine"]


def test_it_fits_a_small_screen_with_large_text(page):
    assert fits(page)
    enlarge(page)
    assert fits(page)
    heights = page.locator(".safety-check button:visible").evaluate_all("list => list.map((node) => node.getBoundingClientRect().height)")
    assert len(heights) == 3 and min(heights) >= 48


def test_on_paper_all_questions_and_outcomes_stand_together(page):
    give(page, "no", 3)
    page.emulate_media(media="print")
    assert page.locator(".question:visible").count() == 10
    assert page.locator(".question .question__rule:visible").count() == 10
    assert page.locator(".question__number:visible").all_inner_texts() == [f"{number}. " for number in range(1, 11)]
    assert page.locator(".answers:visible").count() == 10
    assert shown(page) == ["emergency", "urgent", "ask", "gentle", "fine"]
    assert page.locator(".safety-check :is(button, .question__count):visible").count() == 0
