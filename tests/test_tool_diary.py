"""The diary: an entry in two taps, nothing lost, one page for the doctor."""

from __future__ import annotations

import json
import re
import time

import pytest
from playwright.sync_api import expect

from tool_page import enlarge, fits, opened, reader

PAGE = "tools/diary/"
NOW = "2026-11-21T08:00:00"

SEED = """async ([newest, count]) => {
  const {openStore} = await load('store');
  const {addNights} = await load('nights');
  const store = await openStore();
  await store.change(Array.from({length: count}, (_, index) => {
    const night = addNights(newest, -index);
    const massage = (index * 7) % 3 === 0;
    return {kind: 'nights', key: night, record: {
      night, score: (index * 5 + (massage ? 0 : 3)) % 11, lost: [0, 15, 45][index % 3], worst: [23, 2, null][index % 3],
      used: massage ? ['massage'] : [], minutes: massage ? 10 : null, change: index === 3 ? 'Iron tablets began' : '', note: '',
    }};
  }));
}"""


@pytest.fixture
def page(browser, server):
    with opened(browser, server, PAGE, now=NOW) as page:
        page.wait_for_selector(".night")
        yield page


def settle(page, now=NOW):
    page.clock.set_fixed_time(now)
    page.reload()
    page.wait_for_selector(".night")


def seed(page, count, newest="2026-11-20"):
    page.evaluate(SEED, [newest, count])
    page.reload()
    page.wait_for_selector(".chart")


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


def test_it_says_where_the_data_is_before_the_first_entry(page):
    where = page.locator(".short-version li", has_text="stays in this browser, on this device. We never see it. Anyone who uses this browser can read it")
    assert where.locator("a[href='#where-your-diary-is-kept']").count() == 1
    assert where.bounding_box()["y"] < page.locator(".night").bounding_box()["y"]


def test_an_entry_takes_two_taps_and_survives_a_reload(page):
    write(page, 6)
    expect(page.locator(".night .message")).to_contain_text("Saved: Fri 20 Nov, 6 of 10.")
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


@pytest.mark.parametrize(("name", "kind"), [("(JSON)", "json"), ("(CSV)", "csv")])
def test_an_export_brings_everything_back(page, name, kind):
    seed(page, 30)
    before = saved(page)
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    assert download.value.suggested_filename == f"restless-legs-diary-2026-11-21.{kind}"
    content = open(download.value.path(), encoding="utf-8", newline="").read()
    page.get_by_role("button", name="Delete everything").click()
    page.get_by_role("button", name="Yes, delete everything").click()
    expect(page.get_by_text("No nights yet")).to_be_visible()
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


@pytest.mark.parametrize("content", ["", "\x00\x01\x02", '{"diary": "restless legs", "version": 2, "nights": [{"night', "date,steps\n2026-01-01,4000\n"])
def test_a_corrupt_or_foreign_file_changes_nothing_and_says_why(page, content):
    seed(page, 5)
    before = saved(page)
    page.locator("#import-file").set_input_files(files("x.json", content))
    expect(page.get_by_text("Nothing was changed. The file has 1 fault:")).to_be_visible()
    assert saved(page) == before


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


def test_two_tabs_stay_in_step(browser, server):
    with reader(browser, server) as context:
        one, two = context.new_page(), context.new_page()
        for page in (one, two):
            page.goto(PAGE)
            settle(page)
        two.get_by_label("7", exact=True).check()
        write(one, 2)
        expect(two.locator(".nights li").first).to_contain_text("2 of 10")
        two.get_by_role("button", name="Save this night").click()
        expect(two.locator(".night .message")).to_contain_text("Another tab changed this night")
        assert saved(one) == [["2026-11-20", 2]]
        two.get_by_role("button", name="Save this night").click()
        expect(one.locator(".nights li").first).to_contain_text("7 of 10")


def test_a_full_disk_keeps_the_form_and_says_so(page):
    page.evaluate("() => { IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }; }")
    write(page, 8)
    expect(page.locator(".night .message")).to_contain_text("This device has no room left")
    expect(page.get_by_label("8", exact=True)).to_be_checked()
    assert nights(page) == []


def test_a_browser_without_storage_still_works_and_warns(page):
    page.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); };")
    page.reload()
    expect(page.locator(".banner")).to_contain_text("It may be a private window")
    write(page, 8)
    expect(page.locator(".nights li").first).to_contain_text("8 of 10")
    with page.expect_download():
        page.get_by_role("button", name="(JSON)").click()


def test_a_clock_set_back_loses_nothing_and_is_said(page):
    seed(page, 10)
    before = saved(page)
    settle(page, "2025-03-01T09:00:00")
    expect(page.locator(".banner")).to_contain_text("The clock of this device says 1 Mar 2025, but your diary goes on to 20 Nov 2026.")
    write(page, 5)
    assert saved(page) == [["2025-02-28", 5], *before]


@pytest.mark.parametrize("now", ["2026-03-29T01:30:00", "2026-03-29T07:00:00", "2026-10-25T00:30:00", "2026-10-25T07:00:00"])
def test_a_night_when_the_clocks_change_is_one_night(browser, server, now):
    with opened(browser, server, PAGE, timezone_id="Europe/London") as page:
        settle(page, f"{now}Z")
        write(page, 4)
        assert saved(page) == [["2026-03-28" if "-03-" in now else "2026-10-24", 4]]


def test_it_works_offline_once_open(page):
    page.context.set_offline(True)
    write(page, 4)
    expect(page.locator(".nights li").first).to_contain_text("4 of 10")


def test_without_scripts_the_paper_diary_is_there(browser, server):
    with opened(browser, server, PAGE, java_script_enabled=False) as page:
        expect(page.locator("[data-tool=diary]")).to_contain_text("Use the paper diary below")
        assert page.locator("#paper-diary ~ table tbody tr, #paper-diary ~ div table tbody tr").count() >= 14


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_small_screen_with_large_text(browser, server, scheme):
    with opened(browser, server, PAGE, color_scheme=scheme) as page:
        settle(page)
        seed(page, 60)
        assert fits(page)
        for target in page.locator(".tool button:visible, .choice:visible").all():
            box = target.bounding_box()
            assert box["height"] >= 44 and box["width"] >= 44
        enlarge(page)
        assert fits(page)


def test_five_years_of_nights_redraw_fast_on_a_slow_phone(browser, server):
    with opened(browser, server, PAGE) as page:
        settle(page)
        times = {}
        for count in (1, 1800):
            seed(page, count)
            session = page.context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
            times[count] = page.evaluate("""() => {
              const times = [];
              for (const weeks of [52, 12, 52, 4, 52]) {
                const before = performance.now();
                document.querySelector(`[name=weeks][value="${weeks}"]`).click();
                document.querySelector('.chart').getBoundingClientRect();
                times.push(performance.now() - before);
              }
              return times.sort((a, b) => a - b)[2];
            }""")
            session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
            session.detach()
        print(f"chart redraw, 4x slower: {times[1]:.0f} ms with one night, {times[1800]:.0f} ms with 1,800")
        assert times[1800] < 100
        began = time.monotonic()
        write(page, 5)
        expect(page.locator(".night .message")).to_contain_text("Saved")
        assert time.monotonic() - began < 5
