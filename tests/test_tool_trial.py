"""The personal trial: plan, tonight, result, dropping out, and the calendar file."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tool_page import call, enlarge, fits, modules, opened

PAGE = "tools/trial/"
NOW = "2026-11-21T20:00:00"

WRITE = """async ([until, skip]) => {
  const {openStore} = await load('store');
  const {addNights} = await load('nights');
  const store = await openStore();
  const [trial] = store.trials();
  const edits = trial.plan.map(({treated}, index) => [addNights(trial.start, index), treated, index])
    .filter(([night, , index]) => night <= until && !skip.includes(index))
    .map(([night, treated, index]) => ({kind: 'nights', key: night, record: {
      night, score: treated ? 2 + index % 2 : 6 + index % 3, lost: null, worst: null, used: treated ? ['massage'] : [],
      minutes: null, change: '', note: '',
    }}));
  await store.change(edits);
  return trial.plan.map(({treated}) => treated);
}"""


@pytest.fixture
def page(browser, server):
    with opened(browser, server, PAGE, now=NOW) as page:
        page.wait_for_selector(".planner, .tonight")
        yield page


def at(page, now):
    page.clock.set_fixed_time(now)
    page.reload()
    page.wait_for_selector(".planner, .tonight")


def toss(page, weeks="2 weeks"):
    page.get_by_label(weeks, exact=True).check()
    page.get_by_role("button", name="Toss the coin").click()
    page.wait_for_selector(".tonight")


def test_the_coin_says_what_to_do_tonight_and_keeps_to_it(page):
    toss(page)
    said = page.locator(".tonight__coin").inner_text()
    assert said in ("With massage", "Without massage")
    expect(page.locator(".tonight")).to_contain_text("0 of 14 nights gone by, 0 written down. The result comes on Sat 5 Dec.")
    at(page, "2026-11-22T02:00:00")
    assert page.locator(".tonight__coin").inner_text() == said, "at 2 a.m. it is still the same night"
    page.get_by_text("See every night of the plan").click()
    rows = page.locator("details tbody tr")
    assert rows.count() == 14 and page.locator("details td:text-is('with')").count() == 7


def test_an_entry_made_here_is_in_the_diary(page):
    toss(page)
    at(page, "2026-11-22T09:00:00")
    page.get_by_label("3", exact=True).check()
    page.get_by_role("button", name="Save this night").click()
    expect(page.locator(".tonight")).to_contain_text("1 of 14 nights gone by, 1 written down")
    page.goto("tools/diary/")
    expect(page.locator(".nights li").first).to_contain_text("3 of 10")


def test_the_result_comes_at_the_end_with_its_uncertainty(page):
    toss(page)
    page.evaluate(WRITE, ["2026-12-03", []])
    at(page, "2026-12-04T20:00:00")
    assert page.locator(".result").count() == 0, "the result is not shown while the trial runs"
    page.evaluate(WRITE, ["2026-12-04", []])
    at(page, "2026-12-05T13:00:00")
    result = page.locator(".result")
    expect(result.locator(".result__answer")).to_have_text("Nights with massage were better, and chance alone is an unlikely reason.")
    expect(result).to_contain_text("They were better on 7 of 7 nights with massage")
    expect(result).to_contain_text(re.compile(r"by chance about 1 time in \d+"))
    assert result.locator("circle").count() == 14
    assert page.locator(".result ~ .planner").count() == 1, "the result stands before the next plan"
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name="Print this result").click()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1


def test_missing_nights_and_strayed_nights_are_said(page):
    toss(page)
    plan = page.evaluate(WRITE, ["2026-12-04", [3, 4]])
    page.evaluate("""async ([night, used]) => {
      const {openStore} = await load('store');
      const store = await openStore();
      await store.change([{kind: 'nights', key: night, record: {...store.data.nights.get(night), used}}]);
    }""", ["2026-11-21", [] if plan[0] else ["massage"]])
    at(page, "2026-12-05T13:00:00")
    expect(page.locator(".result")).to_contain_text("2 nights without an entry are left out.")
    expect(page.locator(".result")).to_contain_text("On 1 night you did not do what the coin said.")


def test_dropping_out_shows_what_there_is_and_can_be_undone(page):
    toss(page)
    page.evaluate(WRITE, ["2026-11-24", []])
    at(page, "2026-11-25T20:00:00")
    page.get_by_role("button", name="Stop this trial").click()
    expect(page.locator(".result__answer")).to_have_text("There are too few nights to say anything.")
    expect(page.locator(".result")).to_contain_text("You stopped before Wed 25 Nov. The trial has 4 of 14 nights.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".tonight")).to_be_visible()


def test_a_trial_without_an_entry_says_so(page):
    toss(page)
    at(page, "2027-01-05T13:00:00")
    expect(page.locator(".result__answer")).to_have_text("No night of this trial was written down, so there is no result.")


def test_something_else_needs_words(page):
    page.locator(".planner").get_by_label("something else").check()
    page.get_by_role("button", name="Toss the coin").click()
    expect(page.get_by_label("In a few words")).to_be_focused()
    page.get_by_label("In a few words").fill("a foot bath")
    toss(page)
    expect(page.locator(".tonight__coin")).to_contain_text("a foot bath")


def test_a_deleted_trial_leaves_the_nights(page):
    toss(page)
    page.evaluate(WRITE, ["2026-12-04", []])
    at(page, "2026-12-05T13:00:00")
    page.get_by_role("button", name="Delete this trial").click()
    expect(page.locator(".result")).to_have_count(0)
    page.goto("tools/diary/")
    expect(page.locator(".nights li").first).to_be_visible()


def test_the_calendar_file_has_a_reminder_for_each_night(page):
    toss(page, "6 weeks")
    page.get_by_label("Remind me at").fill("21:15")
    with page.expect_download() as download:
        page.get_by_role("button", name="Calendar file").click()
    text = open(download.value.path(), encoding="utf-8", newline="").read()
    assert text.count("BEGIN:VEVENT") == 42 and text.count("BEGIN:VALARM") == 42
    assert text.replace("\r\n ", "").count("DESCRIPTION:Before you start\\, do the safety check. One leg that is newly swollen") == 84
    assert "DTSTART:20261121T211500\r\n" in text and "DTSTART:20270101T211500\r\n" in text
    assert len(set(re.findall(r"UID:(\S+)", text))) == 42
    assert all(line.endswith("\r") for line in text.split("\n")[:-1])


def test_a_calendar_line_is_short_and_has_no_loose_marks(browser, server):
    with modules(browser, server) as page:
        trial = {"id": "x", "label": "öl; warm, \\ " + "ü" * 60, "start": "2026-03-28", "plan": [{"treated": True, "block": 0}] * 2}
        text = call(page, "trial", "m.toCalendar(a, '20:00', new Date(0), 'Look, first')", trial)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    joined = text.replace("\r\n ", "")
    assert joined.count("DESCRIPTION:Look\\, first") == 4
    assert "SUMMARY:Tonight with öl\\; warm\\, \\\\ " + "ü" * 60 in joined
    assert "DTSTART:20260328T200000" in joined and "DTSTART:20260329T200000" in joined


def test_the_plan_prints_also_when_it_is_folded(page):
    toss(page)
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name="Print the plan").click()
    page.emulate_media(media="print")
    expect(page.locator("details td:text-is('with')").first).to_be_visible()
    expect(page.locator("details caption")).to_contain_text("do not rub, squeeze or heat either leg, and get help today.")
    expect(page.locator(".tonight")).to_be_hidden()


def test_keyboard_only(page):
    page.locator("[name=thing]:checked").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".tonight")).to_be_visible()


def test_without_scripts_the_page_says_how_to_do_it_by_hand(browser, server):
    with opened(browser, server, PAGE, java_script_enabled=False) as page:
        expect(page.locator("[data-tool=trial]")).to_contain_text("heads is with, tails is without")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_small_screen_with_large_text(browser, server, scheme):
    with opened(browser, server, PAGE, color_scheme=scheme) as page:
        at(page, NOW)
        toss(page)
        page.evaluate(WRITE, ["2026-12-04", []])
        at(page, "2026-12-05T13:00:00")
        assert fits(page)
        enlarge(page)
        assert fits(page)
