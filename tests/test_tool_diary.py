"""The diary: an entry in two taps, nothing lost, one page for the doctor."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tool_page import UNHURRIED, anew, come_back, enlarge, fits, tab  # tab is a fixture

PAGE = "tools/diary/"
NOW = "2026-11-21T08:00:00"

SAVE_NIGHT = """async ([night, score]) => {
  const {openStore} = await load('store');
  const record = {night, score, lost: null, worst: null, used: [], minutes: null, change: '', note: ''};
  await (await openStore()).change([{kind: 'nights', key: night, record}]);
}"""
"""Saves a night as another tab would."""

SEED = """async (count) => {
  const {openStore} = await load('store');
  const {addNights} = await load('nights');
  const store = await openStore();
  await store.change(Array.from({length: count}, (_, index) => {
    const night = addNights('2026-11-20', -index);
    const massage = (index * 7) % 3 === 0;
    return {kind: 'nights', key: night, record: {
      night, score: (index * 5 + (massage ? 0 : 3)) % 11, lost: [0, 15, 45][index % 3], worst: [23, 2, null][index % 3],
      used: massage ? ['massage'] : [], minutes: massage ? 10 : null, change: index === 3 ? 'Iron tablets began' : '', note: '',
    }};
  }));
}"""


@pytest.fixture
def page(tab, server):
    with anew(tab, server, PAGE, now=NOW, before=UNHURRIED) as page:
        page.wait_for_selector(".night")
        yield page


def seed(page, count):
    """Write nights as another tab would; the page takes them in."""
    page.evaluate(SEED, count)
    expect(page.locator(".nights li")).to_have_count(min(count, 7))


def write(page, score):
    page.get_by_label(str(score), exact=True).check()
    page.get_by_role("button", name="Save this night").click()


def nights(page):
    return page.locator(".nights li").all_inner_texts()


def saved(page):
    return page.evaluate("""async () => {
      const {openStore} = await load('store');
      return (await openStore()).nights().map(({night, score}) => [night, score]);
    }""")


def files(name, content):
    return {"name": name, "mimeType": "text/plain", "buffer": content.encode()}


def test_it_says_where_the_data_is_and_an_entry_takes_two_taps_also_offline(page):
    where = page.locator(".short-version li", has_text="stays in this browser, on this device. We never see it. Anyone who uses this browser can read it")
    assert where.locator("a[href='#where-your-diary-is-kept']").count() == 1
    assert where.bounding_box()["y"] < page.locator(".night").bounding_box()["y"]
    page.context.set_offline(True)
    write(page, 6)
    expect(page.locator(".night .message")).to_contain_text("Saved: Fri 20 Nov, 6 of 10.")
    page.context.set_offline(False)
    page.reload()
    page.wait_for_selector(".nights li")
    assert nights(page)[0].startswith("Fri 20 Nov 6 of 10")


def test_a_full_entry(page):
    page.get_by_role("group", name="Sleep lost").get_by_label("30 min", exact=True).check()
    page.get_by_label("Massage", exact=True).check()
    page.locator(".minutes").get_by_label("10 min", exact=True).check()
    page.get_by_text("Worst hour, medicine, note").click()
    page.get_by_label("Worst around").select_option("02:00")
    page.get_by_label("Medicine or iron").fill("New tablet")
    page.get_by_label("Note").fill("<b>Long</b> drive")
    write(page, 3)
    expect(page.locator(".nights li").first).to_contain_text(
        "3 of 10 · 30 min of sleep lost · worst around 02:00 · massage (10 min) · changed: New tablet · <b>Long</b> drive"
    )


def test_without_a_score_it_says_what_to_do_and_keeps_what_was_typed(page):
    page.get_by_label("Massage", exact=True).check()
    page.get_by_role("button", name="Save this night").click()
    expect(page.locator(".error")).to_have_text("Choose a number from 0 to 10.")
    expect(page.locator("[name=score]").first).to_be_focused()
    expect(page.get_by_label("Massage", exact=True)).to_be_checked()
    write(page, 0)
    assert saved(page) == [["2026-11-20", 0]]


def test_another_night_and_a_night_to_come(page):
    page.get_by_label("Another night").check()
    page.get_by_label("The date on which that night began").fill("2026-11-10")
    write(page, 4)
    assert saved(page) == [["2026-11-10", 4]]
    page.get_by_label("The date on which that night began").fill("2026-12-24")
    write(page, 4)
    expect(page.locator(".error")).to_contain_text("has not come yet")
    assert saved(page) == [["2026-11-10", 4]]


def test_keyboard_only(page):
    page.locator("[name=score]").first.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".night .message")).to_contain_text("5 of 10")
    page.locator(".night .message button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".night .message")).to_contain_text("Undone")
    assert saved(page) == []


def test_edit_delete_and_undo(page):
    seed(page, 3)
    page.get_by_role("button", name="Edit Thu 19 Nov").click()
    write(page, 9)
    assert ["2026-11-19", 9] in saved(page)
    page.get_by_role("button", name="Delete Thu 19 Nov").click()
    assert len(saved(page)) == 2
    page.get_by_role("button", name="Undo").first.click()
    assert ["2026-11-19", 9] in saved(page)


def test_a_second_tap_at_once_does_nothing(tab, server):
    with anew(tab, server, PAGE, now=NOW) as page:
        page.wait_for_selector(".night")
        seed(page, 3)
        before = saved(page)
        page.get_by_role("button", name="Delete Fri 20 Nov").dblclick()
        expect(page.locator(".nights li")).to_have_count(2)
        page.get_by_role("button", name="Undo").click()
        expect(page.locator(".nights li")).to_have_count(3)
        assert saved(page) == before
        page.get_by_label("9", exact=True).check()
        page.get_by_role("button", name="Save this night").dblclick()
        expect(page.locator(".night .message")).to_contain_text("Saved: Fri 20 Nov, 9 of 10.")
        page.locator(".night .message").get_by_role("button", name="Undo").click()
        expect(page.locator(".night .message")).to_contain_text("Undone.")
        assert saved(page) == before


def test_another_night_begins_empty(page):
    page.get_by_text("Worst hour, medicine, note").click()
    page.get_by_label("Note").fill("last night only")
    write(page, 3)
    expect(page.get_by_label("Note")).to_have_value("last night only")
    page.get_by_label("Another night").check()
    expect(page.get_by_label("Note")).to_have_value("")
    page.get_by_label("4", exact=True).check()
    page.get_by_label("The date on which that night began").fill("2026-10-03")
    page.get_by_role("button", name="Save this night").click()
    expect(page.locator(".nights li").last).to_have_text(re.compile(r"Sat 3 Oct 4 of 10\s*Edit"))


def test_edit_goes_to_the_score_that_is_saved(page):
    write(page, 6)
    page.get_by_role("button", name="Edit Fri 20 Nov").click()
    expect(page.get_by_label("6", exact=True)).to_be_focused()


def test_what_is_typed_stays_when_the_night_before_it_is_undone_and_a_number_can_be_taken_back(page):
    page.get_by_role("radio", name="30 min").first.check()
    write(page, 6)
    expect(page.locator(".nights li").first).to_contain_text("30 min of sleep lost")
    page.get_by_label("Not written down").first.check()
    page.get_by_text("Worst hour, medicine, note").click()
    page.get_by_label("Note").fill("half a thought")
    page.locator(".night .message").get_by_role("button", name="Undo").click()
    expect(page.locator(".night .message")).to_contain_text("Undone.")
    expect(page.get_by_label("Note")).to_have_value("half a thought")
    page.get_by_role("button", name="Save this night").click()
    expect(page.locator(".nights li").first).to_contain_text("6 of 10\u00a0· half a thought")


def test_older_nights_take_the_focus_on(page):
    seed(page, 40)
    page.get_by_role("button", name="Show older nights").click()
    assert page.evaluate("[...document.querySelectorAll('.nights li')].indexOf(document.activeElement.closest('li'))") > 0


def test_delete_everything_asks_first_and_can_be_undone(page):
    seed(page, 20)
    page.get_by_role("button", name="Delete everything").click()
    page.get_by_role("button", name="No, keep it").click()
    assert len(saved(page)) == 20
    page.get_by_role("button", name="Delete everything").click()
    page.get_by_role("button", name="Yes, delete everything").click()
    expect(page.get_by_text("No nights yet")).to_be_visible()
    assert saved(page) == []
    page.get_by_role("button", name="Undo").first.click()
    expect(page.locator(".nights li").first).to_be_visible()
    assert len(saved(page)) == 20


def test_a_deleted_diary_comes_back_beside_a_night_written_since(page):
    seed(page, 3)
    before = saved(page)
    page.get_by_role("button", name="Delete everything").click()
    page.get_by_role("button", name="Yes, delete everything").click()
    expect(page.get_by_text("No nights yet")).to_be_visible()
    write(page, 10)  # the night of the 20th, which the deleted diary has too
    page.get_by_role("button", name="Undo the deletion").click()
    expect(page.get_by_text("Your diary is back, but a night that you wrote anew stays as it is now.")).to_be_visible()
    assert saved(page) == [*before[:-1], ["2026-11-20", 10]], "what was written since stays"


def test_edit_keeps_a_night_that_is_being_written_until_the_reader_lets_it_go(page):
    seed(page, 3)
    page.get_by_label("Another night").check()
    page.get_by_label("The date on which that night began").fill("2026-10-01")
    page.get_by_label("7", exact=True).check()
    page.get_by_role("button", name="Edit Thu 19 Nov").click()
    expect(page.locator(".night .message")).to_contain_text("You have not saved the night you are writing. Save it first, or it is lost.")
    expect(page.get_by_label("7", exact=True)).to_be_checked()
    leave = page.get_by_role("button", name="Throw it away and edit Thu 19 Nov")
    expect(leave).to_be_focused()
    expect(leave).to_be_in_viewport()
    leave.click()
    write(page, 1)
    expect(page.locator(".night .message")).to_contain_text("Saved: Thu 19 Nov, 1 of 10.")
    assert [night for night, _ in saved(page)] == ["2026-11-18", "2026-11-19", "2026-11-20"]


def test_a_date_can_be_typed_by_its_parts(page):
    seed(page, 20)
    page.get_by_label("Another night").check()
    page.get_by_label("The date on which that night began").focus()
    page.keyboard.type("11082026")
    page.keyboard.press("ArrowLeft")  # to the day; each whole date chooses a night, and the field stays as it is
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("The date on which that night began")).to_have_value("2026-11-10")
    write(page, 9)
    assert ["2026-11-10", 9] in saved(page)


def test_a_deleted_night_leaves_the_focus_at_what_is_said(page):
    seed(page, 3)
    page.get_by_role("button", name="Delete Thu 19 Nov").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".message", has_text="Deleted: Thu 19 Nov.")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".message", has_text="Undone.")).to_be_focused()


def test_what_another_tab_did_takes_no_focus(page):
    with page.context.new_page() as two:
        # Each of Playwright's own looks counts as the reader's doing.
        two.add_init_script("Object.defineProperty(navigator, 'userActivation', {value: {isActive: false}});")
        two.goto(PAGE)
        two.wait_for_selector(".night")
        write(page, 4)
        expect(two.get_by_text("Brought up to date from another tab.")).to_be_visible()
        assert two.evaluate("document.activeElement === document.body")


def test_what_another_tab_brought_back_is_not_brought_back_again(page):
    seed(page, 3)
    page.get_by_role("button", name="Delete everything").click()
    page.get_by_role("button", name="Yes, delete everything").click()
    expect(page.locator(".nights li")).to_have_count(0)
    seed(page, 3)
    page.get_by_role("button", name="Undo the deletion").click()
    expect(page.get_by_text("There is nothing left to bring back.")).to_be_visible()


def test_the_doctor_page_has_a_trial_that_ended_within_its_weeks(page):
    seed(page, 28)
    page.evaluate("""async () => {
      const {openStore} = await load('store');
      const plan = Array.from({length: 28}, (_, index) => ({treated: index % 2 === 0, block: Math.floor(index / 2)}));
      const record = {id: 'a', thing: 'massage', label: 'massage', start: '2026-10-24', stopped: null, plan};
      await (await openStore()).change([{kind: 'trials', key: 'a', record}]);
    }""")
    expect(page.locator(".summary")).to_contain_text("Tested by coin")
    come_back(page, "2026-11-22T08:00:00")  # the weeks now begin on the trial's second night
    expect(page.locator(".summary")).to_contain_text("Tested by coin")
    come_back(page, "2026-12-20T08:00:00")
    expect(page.locator(".summary")).not_to_contain_text("Tested by coin")


def test_an_export_brings_everything_back(page):
    seed(page, 30)
    before = saved(page)
    for kind in ("json", "csv"):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"({kind.upper()})").click()
        assert download.value.suggested_filename == f"restless-legs-diary-2026-11-21.{kind}"
        content = open(download.value.path(), encoding="utf-8", newline="").read()
        page.get_by_role("button", name="Delete everything").click()
        page.get_by_role("button", name="Yes, delete everything").click()
        expect(page.get_by_text("No nights yet")).to_be_visible()
        assert saved(page) == []
        page.locator("#import-file").set_input_files(files(f"diary.{kind}", content))
        page.get_by_role("button", name="Add them").click()
        expect(page.locator(".nights li").first).to_be_visible()
        assert saved(page) == before


def test_an_import_shows_what_differs_and_lets_the_reader_choose(page):
    seed(page, 2)
    mine = saved(page)
    other = json.dumps({"diary": "restless legs", "version": 2, "nights": [
        {"night": "2026-11-20", "score": 10}, {"night": "2026-01-01", "score": 1},
    ]})  # fmt: skip
    page.locator("#import-file").set_input_files(files("d.json", other))
    expect(page.get_by_text("1 new night and 1 night that you have written differently")).to_be_visible()
    page.get_by_role("button", name="Add the new, keep mine").click()
    expect(page.get_by_text("Taken in: 1 night.").first).to_be_visible()
    assert saved(page) == [["2026-01-01", 1], *mine]
    page.locator("#import-file").set_input_files(files("d.json", other))
    page.get_by_role("button", name="Add the new, replace mine").click()
    expect(page.locator(".nights li").first).to_contain_text("10 of 10")
    page.get_by_role("button", name="Undo").first.click()
    expect(page.locator(".nights li").first).not_to_contain_text("10 of 10")


def test_an_import_leaves_a_night_written_since_the_file_was_chosen(page):
    other = json.dumps({"diary": "restless legs", "version": 2, "nights": [{"night": "2026-11-20", "score": 10}]})
    page.locator("#import-file").set_input_files(files("d.json", other))
    expect(page.get_by_text("It has 1 new night")).to_be_visible()
    page.evaluate(SAVE_NIGHT, ["2026-11-20", 3])
    expect(page.locator(".nights li").first).to_contain_text("3 of 10")
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_text("Another tab changed this night in the meantime.").last).to_be_visible()
    assert saved(page) == [["2026-11-20", 3]]


def test_a_trial_that_was_stopped_on_another_device_stops_here(page):
    plan = [{"treated": index % 2 == 0, "block": index // 2} for index in range(28)]
    trial = {"id": "a", "thing": "massage", "label": "massage", "start": "2026-11-10", "stopped": None, "plan": plan}

    def take(stopped):
        content = {"diary": "restless legs", "version": 2, "nights": [], "trials": [{**trial, "stopped": stopped}]}
        page.locator("#import-file").set_input_files(files("d.json", json.dumps(content)))

    def stopped():
        return page.evaluate("(async () => (await (await load('store')).openStore()).trials().map((one) => one.stopped))()")

    take(None)
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_text("Taken in: 1 trial.").first).to_be_visible()
    assert stopped() == [None]
    take("2026-11-18")
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_text("Taken in: 1 trial.").first).to_be_visible()
    assert stopped() == ["2026-11-18"]
    take(None)  # one that goes on elsewhere does not begin again here
    expect(page.get_by_text("Nothing new")).to_be_visible()


def test_a_corrupt_or_foreign_file_changes_nothing_and_says_why(page):
    seed(page, 5)
    before = saved(page)
    for content in ("", "\x00\x01\x02", '{"diary": "restless legs", "version": 2, "nights": [{"night', "date,steps\n2026-01-01,4000\n", "null", "[1]"):
        page.get_by_role("button", name="Delete everything").click()
        page.get_by_role("button", name="No, keep it").click()  # the faults of the file before are off the page
        page.locator("#import-file").set_input_files(files("x.json", content))
        expect(page.get_by_text("Nothing was changed. The file has 1 fault:")).to_be_visible()
        assert saved(page) == before, content


def test_the_chart_parts_nights_and_has_a_table(page):
    seed(page, 40)
    assert page.locator(".dot--with").count() + page.locator(".dot--without").count() == 28
    expect(page.locator(".chart title")).to_contain_text("With massage: ")
    page.get_by_text("The same as a table").click()
    assert page.locator(".figure tbody tr").count() == 28
    page.get_by_label("12 weeks").check()
    assert page.locator(".chart circle").count() == 40
    page.get_by_label("Compare nights with").select_option("a leg massager")
    expect(page.locator(".chart title")).to_contain_text("With a leg massager: 0 nights")


def test_the_doctor_summary_is_one_page(page):
    seed(page, 365)
    page.get_by_label("52 weeks").check()
    summary = page.locator(".summary")
    for words in ("364 of 364", "a week", "Sleep lost", "most often around 23:00", "Iron tablets began", "My questions", "ferritin"):
        expect(summary).to_contain_text(words)
    page.evaluate("window.print = () => {}")
    for size in ("A4", "Letter"):
        page.get_by_role("button", name="Print this page for my doctor").click()
        assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=size))) == 1


def test_two_tabs_stay_in_step(page):
    with page.context.new_page() as two:
        two.add_init_script(UNHURRIED)
        two.goto(PAGE)
        two.get_by_text("Worst hour, medicine, note").click()
        two.get_by_label("Note").press_sequentially("Long")
        write(page, 2)
        expect(two.locator(".nights li").first).to_contain_text("2 of 10")
        expect(two.get_by_label("Note")).to_have_value("Long")
        two.get_by_label("7", exact=True).check()
        two.get_by_role("button", name="Save this night").click()
        expect(two.locator(".night .message")).to_contain_text("Another tab changed this night")
        assert saved(page) == [["2026-11-20", 2]]
        two.get_by_role("button", name="Save this night").click()
        expect(page.locator(".nights li").first).to_contain_text("7 of 10")


def test_a_page_left_open_goes_on_to_the_new_night(page):
    write(page, 8)
    expect(page.locator(".night .message")).to_contain_text("Saved: Fri 20 Nov")
    come_back(page, "2026-11-22T08:00:00")
    write(page, 3)
    expect(page.locator(".night .message")).to_contain_text("Saved: Sat 21 Nov")
    assert saved(page) == [["2026-11-20", 8], ["2026-11-21", 3]]
    expect(page.locator(".summary caption").first).to_contain_text("to 21 Nov 2026")


def test_what_is_filled_in_stays_with_the_night_it_was_meant_for(page):
    page.get_by_label("6", exact=True).check()
    come_back(page, "2026-11-22T08:00:00")
    expect(page.get_by_label("Last night, Sat 21 Nov")).not_to_be_checked()
    expect(page.get_by_label("Fri 20 Nov", exact=True)).to_be_checked()
    expect(page.locator(".night .message")).to_have_text("Another night has begun. What you filled in is for Fri 20 Nov.")
    page.get_by_role("button", name="Save this night").click()
    expect(page.locator(".nights li").first).to_contain_text("6 of 10")
    assert saved(page) == [["2026-11-20", 6]]


def test_a_full_disk_keeps_the_form_and_nothing_says_it_was_done(page):
    seed(page, 2)
    before, shown = saved(page), nights(page)
    page.evaluate("""() => {
      const full = () => { throw new DOMException("full", "QuotaExceededError"); };
      Object.assign(IDBObjectStore.prototype, {put: full, delete: full});
    }""")
    page.get_by_label("Another night").check()
    page.get_by_label("The date on which that night began").fill("2026-11-10")
    write(page, 8)
    expect(page.locator(".night .message")).to_contain_text("This device has no room left")
    expect(page.get_by_label("8", exact=True)).to_be_checked()
    failed = page.locator(".message", has_text="This device has no room left")
    page.locator("#import-file").set_input_files(files("d.json", '{"diary": "restless legs", "version": 2, "nights": [{"night": "2026-01-01", "score": 1}]}'))
    page.get_by_role("button", name="Add them").click()
    expect(failed).to_have_count(2)
    page.get_by_role("button", name="Delete everything").click()
    expect(failed).to_have_count(1)
    page.get_by_role("button", name="Yes, delete everything").click()
    expect(failed).to_have_count(2)
    assert saved(page) == before and nights(page) == shown


def test_a_browser_without_storage_still_works_and_warns(tab, server):
    blocked = "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); };"
    with anew(tab, server, PAGE, now=NOW, before=blocked) as page:
        expect(page.locator(".banner")).to_contain_text("It may be a private window")
        write(page, 8)
        expect(page.locator(".nights li").first).to_contain_text("8 of 10")
        with page.expect_download():
            page.get_by_role("button", name="(JSON)").click()


def test_a_browser_that_never_opens_the_diary_is_named(tab, server):
    never = "{ const later = setTimeout; window.setTimeout = (call, time, ...more) => later(call, time === 5000 ? 50 : time, ...more); indexedDB.open = () => ({}); }"
    with anew(tab, server, PAGE, now=NOW, before=never) as page:
        expect(page.locator(".banner")).to_contain_text("The browser does not open your diary.")
        write(page, 4)
        expect(page.locator(".nights li")).to_contain_text("4 of 10")


def test_a_clock_set_back_loses_nothing_and_is_said(page):
    seed(page, 10)
    before = saved(page)
    come_back(page, "2025-03-01T09:00:00")
    expect(page.locator(".banner")).to_contain_text("The clock of this device says 1 Mar 2025, but your diary goes on to 20 Nov 2026.")
    write(page, 5)
    expect(page.locator(".night .message")).to_contain_text("Saved")
    assert saved(page) == [["2025-02-28", 5], *before]


def test_a_night_when_the_clocks_change_is_one_night(tab, server):
    for at_night, in_the_morning in (("2026-03-29T01:30Z", "2026-03-29T07:00Z"), ("2026-10-25T00:30Z", "2026-10-25T07:00Z")):
        with anew(tab, server, PAGE, now=at_night, timezone="Europe/London", before=UNHURRIED) as page:
            page.wait_for_selector(".night")
            write(page, 4)
            expect(page.locator(".nights li")).to_contain_text("4 of 10")
            come_back(page, in_the_morning)
            write(page, 5)
            expect(page.locator(".nights li")).to_contain_text("5 of 10")
            assert saved(page) == [["2026-03-28" if "-03-" in at_night else "2026-10-24", 5]]


def test_without_scripts_the_paper_diary_is_there(tab, server):
    with anew(tab, server, PAGE, without_scripts=True) as page:
        expect(page.locator("[data-tool=diary]")).to_contain_text("Use the paper diary below")
        assert page.locator("#paper-diary ~ table tbody tr, #paper-diary ~ div table tbody tr").count() >= 14


def test_it_fits_a_small_screen_with_large_text(page):
    seed(page, 60)
    assert fits(page)
    sizes = page.locator(".tool button:visible, .choice:visible").evaluate_all(
        "list => list.map((node) => node.getBoundingClientRect()).map(({width, height}) => Math.min(width, height))"
    )
    assert len(sizes) > 50 and min(sizes) >= 44
    enlarge(page)
    assert fits(page)


def test_five_years_of_nights_draw_no_more_than_one_year(page):
    drawn = []
    for count in (364, 1800):
        seed(page, count)
        page.get_by_label("52 weeks").check()
        expect(page.get_by_role("button", name="Show older nights")).to_contain_text(f"({count - page.locator('.nights li').count()})")
        expect(page.locator(".chart circle")).to_have_count(364)
        drawn.append(page.locator(".tool *").count())
    assert drawn[0] == drawn[1]
    write(page, 5)
    expect(page.locator(".night .message")).to_contain_text("Saved")
