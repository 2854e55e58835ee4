"""The guided routine: the page's lists fill their minutes, and the timer keeps its place."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tool_page import PHONE, anew, bare, call, come_back, enlarge, fits, tab, until  # tab is a fixture

PAGE = "tonight/routine/"
START = "2026-11-21T02:00:00"


@pytest.fixture
def page(tab, server):
    tab.clock.install(time=START)
    with anew(tab, server, PAGE) as page:
        page.wait_for_selector(".setup")
        yield page


def start(page, position="In bed", minutes="10 minutes"):
    page.get_by_label(position, exact=True).check()
    page.get_by_label(minutes, exact=True).check()
    page.get_by_role("button", name="Start").click()


def place(page):
    return page.locator(".player__place").inner_text()


def test_every_position_fills_its_minutes_and_what_must_be_read_first_stands_by_it(page):
    lengths = page.evaluate("""async () => {
      const {readRoutines, cut} = await load('routine');
      return [...readRoutines(document.querySelector('article'))].map(([name, {steps}]) =>
        [name, ...[5, 10, 20].map((minutes) => cut(steps, minutes).reduce((sum, step) => sum + step.seconds, 0)), steps.every((step) => step.picture)]);
    }""")
    assert [name for name, *_ in lengths] == ["On a chair", "In bed", "With one hand", "With a bump"]
    for name, *seconds, pictures in lengths:
        assert seconds == [300, 600, 1200], name
        assert pictures, f"{name}: a step has no drawing"
    assert page.locator(".notes").inner_text() == ""
    page.get_by_label("With a bump", exact=True).check()
    expect(page.locator(".notes")).to_contain_text("only when your midwife or doctor has said yes")


def test_places_are_worked_out_from_the_clock(tab, server):
    with anew(tab, server, bare(server)) as page:
        steps = [{"seconds": 30}, {"seconds": 60}]
        code = "a[1].map((time) => m.locate(a[0], time))"
        assert call(page, "routine", code, [steps, [0, 29999, 30000, 89001, 90000, 10**9]]) == [
            {"index": 0, "left": 30, "begin": 0}, {"index": 0, "left": 1, "begin": 0}, {"index": 1, "left": 60, "begin": 30},
            {"index": 1, "left": 1, "begin": 30}, {"index": 2, "left": 0, "begin": 90}, {"index": 2, "left": 0, "begin": 90},
        ]  # fmt: skip
        assert call(page, "routine", "[m.elapsed({gone: 5000, since: 1000}, 3000), m.elapsed({gone: 5000, since: 9000}, 3000), m.elapsed({gone: 5000, since: null}, 3000)]") == [7000, 5000, 5000]


def test_the_steps_follow_each_other_to_the_end(page):
    start(page, "On a chair", "5 minutes")
    assert place(page) == "Step 1 of 6"
    expect(page.locator(".player__count")).to_have_text("0:30")
    expect(page.locator(".player__drawing img")).to_be_visible()
    expect(page.locator(".player__next")).to_contain_text("Next: Lay both hands on one thigh.")
    stop = page.locator(".player__stop")
    expect(stop).to_contain_text("Stop if it hurts or your legs get worse.")
    expect(stop).to_contain_text("or a leg is suddenly cold, pale, weak or numb, or will not move, call 999, 112, 911 or 000.")
    assert stop.locator(".cite").count() == 0
    page.clock.run_for(31000)
    assert place(page) == "Step 2 of 6"
    expect(page.locator(".player__next")).to_have_text("Next: Same leg. Stroke the calf from ankle to knee.")
    expect(stop).to_be_visible()
    page.clock.run_for(270000)
    assert place(page) == "That is all."
    expect(page.locator(".player__step")).to_contain_text("Worse? Stop for tonight")
    assert page.evaluate("localStorage.length") == 0
    expect(page.get_by_role("button", name="Close")).to_be_focused()
    for key in ("ArrowLeft", "ArrowRight"):
        page.keyboard.press(key)
        assert place(page) == "That is all."
    assert page.evaluate("localStorage.length") == 0
    page.keyboard.press("Enter")
    expect(page.locator(".setup")).to_be_visible()


def test_pause_holds_the_time(page):
    start(page)
    page.clock.run_for(10000)
    page.get_by_role("button", name="Pause").click()
    held = page.locator(".player__count").inner_text()
    page.clock.run_for(120000)
    assert page.locator(".player__count").inner_text() == held
    page.get_by_role("button", name="Go on").click()
    page.clock.run_for(5000)
    assert page.locator(".player__count").inner_text() < held


def test_a_reload_keeps_the_place_and_a_pause(page):
    start(page)
    page.clock.run_for(45000)
    assert place(page) == "Step 2 of 11"
    page.reload()
    expect(page.locator(".player__place")).to_have_text("Step 2 of 11")
    assert 40 <= int(page.locator(".player__count").inner_text().removeprefix("0:")) <= 46
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(300000)
    page.reload()
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    assert place(page) == "Step 2 of 11"


def test_a_locked_phone_comes_back_at_the_right_step(page):
    start(page)
    page.clock.fast_forward(160000)
    assert place(page) == "Step 4 of 11"
    page.clock.fast_forward(3600000)
    assert place(page) == "That is all."


def test_a_clock_set_back_does_not_lose_the_place(page):
    start(page)
    page.get_by_role("button", name="Skip").click()
    assert place(page) == "Step 2 of 11"
    come_back(page, "2026-11-21T01:00:00")
    assert place(page) == "Step 2 of 11"
    expect(page.locator(".player__count")).to_have_text("1:00")


def test_keys(page):
    start(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert place(page) == "Step 3 of 11"
    page.keyboard.press("ArrowLeft")
    assert place(page) == "Step 2 of 11"
    page.clock.run_for(10000)
    page.keyboard.press("ArrowLeft")
    assert place(page) == "Step 2 of 11", "back goes to the start of a step first"
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".setup")).to_be_visible()


def test_closing_keeps_the_place_and_offers_to_go_on(page):
    start(page)
    page.clock.run_for(100000)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Go on where you were")).to_be_visible()
    page.clock.run_for(60000)
    page.reload()
    page.get_by_role("button", name="Go on where you were").click()
    assert place(page) == "Step 3 of 11"
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press("Escape")
    start(page, "On a chair", "5 minutes")
    assert place(page) == "Step 1 of 6", "start begins anew"


@pytest.mark.parametrize(("press", "go_on"), [("Pause", "Go on"), ("Close", "Go on where you were")])
def test_after_an_hour_a_paused_or_closed_routine_begins_with_a_look_at_both_legs(page, press, go_on):
    resume = page.get_by_role("button", name=go_on, exact=True)
    start(page)
    page.get_by_role("button", name="Skip").click()
    page.get_by_role("button", name="Skip").click()
    assert place(page).startswith("Step 3 of ")
    page.get_by_role("button", name=press).click()
    expect(resume).to_be_visible()
    page.clock.fast_forward(600_000)
    resume.click()
    assert place(page).startswith("Step 3 of ")
    page.get_by_role("button", name=press).click()
    if press == "Close":  # the button from before is still there until the closing is told
        page.wait_for_function("() => JSON.parse(localStorage.getItem('routine'))?.closed")
    expect(resume).to_be_visible()
    page.clock.fast_forward(3_700_000)
    resume.click()
    assert place(page).startswith("Step 1 of ")


def test_closing_a_pause_does_not_begin_the_hour_anew(page):
    start(page)
    page.get_by_role("button", name="Skip").click()
    page.get_by_role("button", name="Pause").click()
    page.clock.fast_forward(2_400_000)
    page.get_by_role("button", name="Close").click()
    go_on = page.get_by_role("button", name="Go on where you were")
    expect(go_on).to_be_visible()
    page.clock.fast_forward(2_400_000)
    go_on.click()
    assert place(page).startswith("Step 1 of ")


def test_the_next_night_begins_anew(page):
    start(page)
    page.clock.set_fixed_time("2026-11-21T23:00:00")
    page.reload()
    expect(page.locator(".setup")).to_be_visible()
    assert not page.get_by_role("button", name="Go on where you were").is_visible()


def test_each_step_is_spoken_once_and_the_count_is_not(page):
    start(page)
    spoken = page.locator(".player [role=status]")
    expect(spoken).to_contain_text("Step 1 of 11, 30 seconds. Sit up on your pillows.")
    assert spoken.get_attribute("aria-live") == "polite"
    before = spoken.inner_html()
    page.clock.run_for(4000)
    assert spoken.inner_html() == before
    page.clock.run_for(5000)
    assert spoken.inner_html() == "", "it was spoken, and is not to be read a second time"
    assert page.locator(".player__count").get_attribute("role") == "timer"


LOCKS = """() => {
  window.locks = [];
  window.give = [];
  navigator.wakeLock.request = (kind) => new Promise((resolve) => {
    locks.push(kind);
    give.push(() => resolve({addEventListener() {}, release: () => locks.push("released")}));
  });
}"""
"""Notes what is asked of the screen; it is given once the test says so."""


def test_the_screen_is_kept_on_while_it_runs(page):
    page.evaluate(LOCKS)
    start(page, minutes="5 minutes")
    page.evaluate("give[0]()")
    until(page, "locks.join() === 'screen'")
    page.get_by_role("button", name="Pause").click()
    until(page, "locks.join() === 'screen,released'")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Pause").click()
    page.evaluate("give[1]()")
    until(page, "locks.join() === 'screen,released,screen,released'")
    page.get_by_role("button", name="Go on").click()
    page.evaluate("give[2]()")
    page.clock.run_for(310000)
    assert place(page) == "That is all."
    until(page, "locks.slice(4).join() === 'screen,released'")
    come_back(page, "2026-11-21T03:00:00")
    assert page.evaluate("locks.length") == 6, "what is over asks for nothing"


def test_it_says_so_where_the_screen_cannot_be_kept_on(tab, server):
    with anew(tab, server, PAGE, before="delete Navigator.prototype.wakeLock; delete Storage.prototype.setItem;") as page:
        expect(page.locator(".setup")).to_contain_text("cannot keep the screen on")
        start(page)
        assert place(page) == "Step 1 of 11", "it runs without storage"


def test_tone_and_buzz_are_off_until_asked(page):
    page.evaluate("""() => {
      window.made = [];
      navigator.vibrate = (time) => made.push(time);
      window.AudioContext = class { constructor() { made.push("sound"); } resume() {} };
    }""")
    start(page)
    page.keyboard.press("ArrowRight")
    assert page.evaluate("made") == []
    page.keyboard.press("Escape")
    page.get_by_label("buzz").check()
    page.get_by_label("soft tone").check()
    start(page)
    page.clock.run_for(31000)
    assert page.evaluate("made") == ["sound", 200]


def test_a_link_to_help_in_a_step_closes_the_player_and_nothing_starts_by_itself(page):
    start(page)
    page.locator(".player__step a").click()
    page.wait_for_url("**/safety-check/#numbers-to-call")
    page.go_back()
    expect(page.get_by_role("button", name="Go on where you were")).to_be_visible()
    assert page.locator(".player[open]").count() == 0


def test_without_scripts_the_lists_are_the_page(tab, server):
    with anew(tab, server, PAGE, without_scripts=True) as page:
        assert page.locator("section.steps:visible").count() == 12
        expect(page.locator("[data-tool=routine]")).to_contain_text("Use the lists below")


def test_it_fits_the_screen_with_large_text(page):
    wide = {"width": PHONE["height"], "height": PHONE["width"]}
    start(page)
    for large in (False, True):
        if large:
            enlarge(page)
        for size in (PHONE, wide):
            page.set_viewport_size(size)
            assert fits(page, ".player")
            heights = page.locator(".player button:visible").evaluate_all("list => list.map((node) => node.getBoundingClientRect().height)")
            assert len(heights) == 4 and min(heights) >= 48
    page.keyboard.press("Escape")
    for size in (wide, PHONE):
        page.set_viewport_size(size)
        assert fits(page)
