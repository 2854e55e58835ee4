"""The personal trial: plan, tonight, result, dropping out, and the calendar file."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tool_page import UNHURRIED, anew, bare, call, come_back, enlarge, fits, tab  # tab is a fixture

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


SAVE = """async ([night, fields]) => {
  const {openStore} = await load('store');
  const store = await openStore();
  const empty = {night, score: 5, lost: null, worst: null, used: [], minutes: null, change: '', note: ''};
  await store.change([{kind: 'nights', key: night, record: {...empty, ...store.data.nights.get(night), ...fields}}]);
}"""
"""Saves a night as another tab would."""


@pytest.fixture
def page(tab, server):
    with anew(tab, server, PAGE, now=NOW, before=UNHURRIED) as page:
        page.wait_for_selector(".planner")
        yield page


def test_the_button_says_what_it_begins(page):
    button = page.locator(".planner [type=submit]")
    expect(button).to_have_text("Toss the coin: massage, 4 weeks")
    page.get_by_label("2 weeks", exact=True).check()
    page.locator(".planner").get_by_label("something else").check()
    expect(button).to_have_text("Toss the coin: something else, 2 weeks")
    page.get_by_role("radio", name="Massage", exact=True).check()
    toss(page)
    page.get_by_role("button", name="Stop this trial").click()
    expect(button).to_have_text("Toss the coin: massage, 4 weeks")


def test_what_the_coin_said_stands_on_the_screen(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.evaluate("document.querySelector('.planner [type=submit]').scrollIntoView({ block: 'start' })")
    page.get_by_role("button", name="Toss the coin").click()
    expect(page.locator(".message p")).to_be_in_viewport()


def test_a_second_tap_at_once_starts_one_trial(tab, server):
    with anew(tab, server, PAGE, now=NOW) as page:
        page.wait_for_selector(".planner")
        page.get_by_role("button", name="Toss the coin").dblclick()
        expect(page.locator(".tonight")).to_have_count(1)


def test_a_night_written_just_now_stays_in_a_trial_that_is_stopped(page):
    toss(page)
    come_back(page, "2026-11-22T08:00:00")
    come_back(page, "2026-11-23T02:10:00")
    page.get_by_label("4", exact=True).check()
    page.get_by_role("button", name="Save this night").click()
    expect(page.locator(".night .message")).to_contain_text("Saved")
    page.get_by_role("button", name="Stop this trial").click()
    expect(page.locator(".result")).to_contain_text("The trial has 1 of 14 nights.")


def test_a_night_from_before_the_trial_is_not_asked_for(page):
    toss(page)
    form = page.get_by_role("button", name="Save this night")
    expect(page.locator(".tonight")).to_contain_text("Come back on the morning after the first night, and write it down here.")
    expect(form).to_be_hidden()
    come_back(page, "2026-11-22T08:00:00")
    expect(form).to_be_visible()
    expect(page.locator(".tonight")).not_to_contain_text("Come back")


def toss(page, weeks="2 weeks"):
    page.get_by_label(weeks, exact=True).check()
    page.get_by_role("button", name="Toss the coin").click()
    page.wait_for_selector(".tonight")


def test_the_coin_says_what_to_do_tonight_and_keeps_to_it(page):
    toss(page)
    said = page.locator(".tonight__coin").inner_text()
    assert said in ("With massage", "Without massage")
    expect(page.locator(".tonight")).to_contain_text("0 of 14 nights gone by, 0 written down. The result comes on Sat 5 Dec.")
    page.clock.set_fixed_time("2026-11-22T02:00:00")
    page.reload()
    page.wait_for_selector(".tonight")
    assert page.locator(".tonight__coin").inner_text() == said, "at 2 a.m. it is still the same night"
    page.get_by_text("See every night of the plan").click()
    coins = page.locator("details tbody tr td:first-of-type").all_inner_texts()
    assert len(coins) == 14 and coins.count("with") == 7


def test_a_page_left_open_shows_the_coin_of_the_new_night_and_the_end_without_an_entry(page):
    toss(page)
    coins = page.locator("details tbody tr td:first-of-type").all_text_contents()
    other = coins.index("without" if coins[0] == "with" else "with")  # nights on, when the coin is not the one shown first
    come_back(page, f"2026-11-{21 + other}T20:00:00")
    expect(page.locator(".tonight__coin")).to_have_text(f"{coins[other].capitalize()} massage")
    come_back(page, "2027-01-05T13:00:00")
    expect(page.locator(".result__answer")).to_have_text("No night of this trial was written down, so there is no result.")


def test_an_entry_made_here_is_in_the_diary(page):
    toss(page)
    come_back(page, "2026-11-22T09:00:00")
    page.get_by_label("3", exact=True).check()
    page.get_by_role("button", name="Save this night").click()
    expect(page.locator(".tonight")).to_contain_text("1 of 14 nights gone by, 1 written down")
    page.goto("tools/diary/")
    expect(page.locator(".nights li").first).to_contain_text("3 of 10")


def test_the_result_comes_at_the_end_with_its_uncertainty_and_fits_a_small_screen(page):
    toss(page)
    page.evaluate(WRITE, ["2026-12-03", []])
    come_back(page, "2026-12-04T20:00:00")
    expect(page.locator(".tonight")).to_contain_text("13 of 14 nights gone by, 13 written down")
    assert page.locator(".result").count() == 0, "the result is not shown while the trial runs"
    page.evaluate(WRITE, ["2026-12-04", []])
    come_back(page, "2026-12-05T13:00:00")
    result = page.locator(".result")
    expect(result.locator(".result__answer")).to_have_text("Nights with massage were better, and chance alone is an unlikely reason.")
    expect(result).to_contain_text("They were better on 7 of 7 nights with massage")
    expect(result).to_contain_text(re.compile(r"by chance about 1 time in \d+"))
    assert result.locator("circle").count() == 14
    assert page.locator(".result ~ .planner").count() == 1, "the result stands before the next plan"
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name="Print this result").click()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1
    assert fits(page)
    enlarge(page)
    assert fits(page)


def test_missing_nights_and_strayed_nights_are_said_and_a_deleted_trial_leaves_the_nights(page):
    toss(page)
    plan = page.evaluate(WRITE, ["2026-12-04", [3, 4]])
    page.evaluate(SAVE, ["2026-11-21", {"used": [] if plan[0] else ["massage"]}])
    come_back(page, "2026-12-05T13:00:00")
    expect(page.locator(".result")).to_contain_text("2 nights without an entry are left out.")
    expect(page.locator(".result")).to_contain_text("On 1 night what you ticked is not what the coin said.")
    page.get_by_role("button", name="Delete this trial").click()
    expect(page.locator(".result")).to_have_count(0)
    page.goto("tools/diary/")
    expect(page.locator(".nights li").first).to_be_visible()


def test_dropping_out_shows_what_there_is_and_can_be_undone(page):
    toss(page)
    page.evaluate(WRITE, ["2026-11-24", []])
    come_back(page, "2026-11-25T20:00:00")
    expect(page.locator(".tonight")).to_contain_text("4 of 14 nights gone by, 4 written down")
    page.get_by_role("button", name="Stop this trial").click()
    expect(page.locator(".result__answer")).to_have_text("There are too few nights to say anything.")
    expect(page.locator(".result")).to_contain_text("You stopped before Wed 25 Nov. The trial has 4 of 14 nights.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".tonight")).to_be_visible()


def test_something_else_needs_words_which_neither_a_new_night_nor_another_tab_wipes(page):
    page.locator(".planner").get_by_label("something else").check()
    page.get_by_role("button", name="Toss the coin").click()
    expect(page.get_by_label("In a few words")).to_be_focused()
    expect(page.get_by_label("In a few words")).to_have_accessible_description("Say what you want to test.")
    page.get_by_label("In a few words").fill("a foot bath")
    come_back(page, "2026-11-22T20:00:00")
    expect(page.get_by_label("Tonight, Sun 22 Nov")).to_be_checked()
    page.get_by_label("Mon 23 Nov").check()
    page.evaluate(SAVE, ["2026-11-20", {}])
    expect(page.locator(".message")).to_have_count(2)
    expect(page.get_by_label("Mon 23 Nov")).to_be_checked()
    page.get_by_label("Tonight, Sun 22 Nov").check()
    toss(page)
    expect(page.locator(".tonight__coin")).to_contain_text("a foot bath")
    page.get_by_role("button", name="Stop this trial").click()
    expect(page.get_by_label("In a few words")).to_be_hidden()
    expect(page.locator(".planner").get_by_label("Massage", exact=True)).to_be_checked()


def test_the_plan_goes_into_a_calendar_and_onto_paper_also_when_it_is_folded(page):
    toss(page, "6 weeks")
    page.get_by_label("Remind me at").fill("21:15")
    page.evaluate(SAVE, ["2026-11-21", {}])
    expect(page.locator(".tonight")).to_contain_text("1 written down")
    with page.expect_download() as download:
        page.get_by_role("button", name="Calendar file").click()
    text = open(download.value.path(), encoding="utf-8", newline="").read()
    assert text.count("BEGIN:VEVENT") == 42 and text.count("BEGIN:VALARM") == 42
    assert text.replace("\r\n ", "").count("DESCRIPTION:Before you start\\, do the safety check. One leg that is newly swollen") == 84
    assert "DTSTART:20261121T211500\r\n" in text and "DTSTART:20270101T211500\r\n" in text
    assert len(set(re.findall(r"UID:(\S+)", text))) == 42
    assert all(line.endswith("\r") for line in text.split("\n")[:-1])
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name="Print the plan").click()
    page.emulate_media(media="print")
    expect(page.locator("details td:text-is('with')").first).to_be_visible()
    expect(page.locator("details caption")).to_contain_text("do not rub, squeeze or heat either leg, and get help today, at night too.")
    expect(page.locator(".tonight")).to_be_hidden()


def test_a_calendar_line_is_short_and_has_no_loose_marks(tab, server):
    with anew(tab, server, bare(server)) as page:
        trial = {"id": "x", "label": "öl; warm, \\ " + "ü" * 60, "start": "2026-03-28", "plan": [{"treated": True, "block": 0}] * 2}
        texts = call(page, "trial", "a[1].map((hour) => m.toCalendar(a[0], hour, new Date(0), 'Look, first'))", [trial, ["20:00", "00:30", "06:00"]])
    assert all(len(line.encode()) <= 75 for text in texts for line in text.split("\r\n"))
    joined = texts[0].replace("\r\n ", "")
    assert joined.count("DESCRIPTION:Look\\, first") == 4
    assert "SUMMARY:Tonight with öl\\; warm\\, \\\\ " + "ü" * 60 in joined
    # After midnight it is still the night that began the day before; the next one begins at six.
    assert [re.findall(r"DTSTART:(\S+)", text) for text in texts] == [
        ["20260328T200000", "20260329T200000"], ["20260329T003000", "20260330T003000"], ["20260328T060000", "20260329T060000"],
    ]  # fmt: skip


def test_no_coin_is_tossed_for_a_night_that_has_its_score(page):
    page.evaluate(SAVE, ["2026-11-21", {}])
    expect(page.locator("[name=start]").first).to_have_value("2026-11-22")
    expect(page.get_by_label("Tonight")).to_have_count(0)
    toss(page)
    expect(page.locator(".tonight")).to_contain_text("The first night with or without massage is Sun 22 Nov.")


def test_a_trial_from_another_device_runs_beside_this_one(page):
    toss(page)
    page.evaluate("""async () => {
      const {openStore} = await load('store');
      const store = await openStore();
      const record = {...store.trials()[0], id: 'other', thing: 'other', label: 'a foot bath'};
      await store.change([{kind: 'trials', key: 'other', record}]);
    }""")
    expect(page.locator(".tonight")).to_have_count(2)
    expect(page.locator(".result")).to_have_count(0)
    blur = page.get_by_text("More than one trial at once blurs the result.")
    expect(blur).to_be_visible()
    for name in ("Your plan: a foot bath", "Stop early: a foot bath"):
        expect(page.get_by_role("heading", name=name)).to_be_visible()
    page.get_by_role("button", name="Stop this trial").last.click()
    expect(page.locator(".tonight")).to_have_count(1)
    expect(blur).to_have_count(0)


def test_keyboard_only(page):
    page.locator("[name=thing]:checked").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".tonight")).to_be_visible()


def test_without_scripts_the_page_says_how_to_do_it_by_hand(tab, server):
    with anew(tab, server, PAGE, without_scripts=True) as page:
        expect(page.locator("[data-tool=trial]")).to_contain_text("heads is with, tails is without")
