"""Nights and entries: calendar dates, and what goes in and out of a file."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tool_page import anew, bare, call, come_back, tab  # tab is a fixture

ENTRY = {
    "night": "2026-11-18", "score": 6, "lost": 45, "worst": 2, "used": ["massage", "stretch"], "minutes": 10,
    "change": "", "note": "",
}  # fmt: skip
NASTY = '=HYPERLINK("http://x.example"), "quoted",\nnext line; ünï, \'apostrophe'


@pytest.fixture(scope="module")
def page(tab, server):
    with anew(tab, server, bare(server)) as page:
        yield page


def read(page, text):
    """What ``readFile`` gives, or its faults."""
    code = "(() => { try { return m.readFile(a); } catch (error) { return error.faults ?? String(error); } })()"
    return call(page, "entries", code, text)


def to_csv(page, *entries):
    return call(page, "entries", "m.toCsv(a)", list(entries))


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Pacific/Auckland", "Asia/Kolkata"])
def test_a_night_is_the_date_it_began_also_when_clocks_change(page, server, zone):
    with anew(page, server, bare(server), timezone=zone):
        code = "a.map(([y, mo, d, h]) => [m.tonight(new Date(y, mo - 1, d, h, 30)), m.lastNight(new Date(y, mo - 1, d, h, 30))])"
        moments = [[2026, 11, 21, 2], [2026, 11, 20, 22], [2026, 3, 29, 3], [2026, 10, 25, 1], [2026, 3, 8, 3], [2027, 1, 1, 0]]
        assert call(page, "nights", code, moments) == [
            ["2026-11-20", "2026-11-20"], ["2026-11-20", "2026-11-19"], ["2026-03-28", "2026-03-28"],
            ["2026-10-24", "2026-10-24"], ["2026-03-07", "2026-03-07"], ["2026-12-31", "2026-12-31"],
        ]  # fmt: skip
        every = call(page, "nights", "Array.from({length: 366}, (_, day) => m.addNights('2026-01-01', day))")
        assert len(set(every)) == 366 and every[-1] == "2027-01-01"
        assert call(page, "nights", "m.nightsBetween('2026-03-01', '2026-11-01')") == 245
        hours = call(page, "nights", "[0, 6].map((month) => new Date(2026, month, 1).getTimezoneOffset())")
        assert hours == {"Europe/London": [0, -60], "America/New_York": [300, 240], "Pacific/Auckland": [-780, -720], "Asia/Kolkata": [-330, -330]}[zone]


def test_another_night_is_seen_on_return_or_within_the_minute(page):
    drawn = "window.drawn"
    page.clock.set_fixed_time("2026-11-20T23:00:00")
    call(page, "nights", "(window.drawn = 0, m.onNewNight(() => { window.drawn += 1; }))")
    page.clock.run_for(60000)
    come_back(page, "2026-11-20T23:59:00")
    assert page.evaluate(drawn) == 0, "it is still the same night"
    page.clock.set_fixed_time("2026-11-21T00:01:00")
    page.clock.run_for(60000)
    assert page.evaluate(drawn) == 1, "last night is another one"
    page.clock.run_for(60000)
    assert page.evaluate(drawn) == 1
    come_back(page, "2026-11-21T06:00:00")
    assert page.evaluate(drawn) == 2, "a new night comes next"


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13-01", "26-01-01", "2026-1-1", "", "tomorrow", "1999-01-01"])
def test_only_real_dates_are_nights(page, text):
    assert call(page, "nights", "m.isNight(a)", text) is False


def test_json_goes_out_and_comes_back(page):
    entry = {**ENTRY, "note": NASTY}
    text = call(page, "entries", "m.toJson(a, [])", [{**entry, "rev": 3}])
    assert json.loads(text)["version"] == 2
    assert read(page, text) == {"nights": [entry], "trials": []}


def test_a_file_of_version_one_is_brought_up_to_date(page):
    old = {"night": "2026-01-02", "score": 3, "lost": None, "massage": True, "device": False, "minutes": 5, "note": "x"}
    text = json.dumps({"diary": "restless legs", "version": 1, "nights": [old]})
    assert read(page, text)["nights"] == [
        {"night": "2026-01-02", "score": 3, "lost": None, "worst": None, "used": ["massage"], "minutes": 5, "change": "", "note": "x"}
    ]


def test_csv_goes_out_and_comes_back(page):
    entries = [{**ENTRY, "note": NASTY}, {**ENTRY, "night": "2026-11-19", "lost": None, "used": [], "note": "'=1+1", "change": "\tx"}]
    assert read(page, to_csv(page, *entries))["nights"] == entries


def test_csv_with_a_mark_and_unix_line_ends_is_read(page):
    text = to_csv(page, ENTRY).replace("\r\n", "\n")
    assert text.startswith("\ufeffnight,")
    assert read(page, text)["nights"] == [ENTRY]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_csv_cell_is_a_formula(page, start):
    text = to_csv(page, {**ENTRY, "note": f"{start}1+1", "change": f"{start}cmd"})
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), row


HEAD = "night,score,lost,worst,used,minutes,change,note\n"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "Line 1 must read: night,score"),
        ("date,weight\n2026-01-01,80\n", "not a diary from this site"),
        ('{"diary": "restless legs", "version": 2, "nights": [{"night"', "damaged or cut off"),
        ('{"steps": []}', "not a diary from this site"),
        ('{"diary": "restless legs", "version": 9, "nights": []}', "version: must be from 1 to 2: found 9"),
        ('{"diary": "restless legs", "version": 2, "nights": [3]}', "entry 1, entry: must be a list of fields: found 3"),
        ('{"diary": "restless legs", "version": 2, "nights": [{"night": "2026-01-01"}]}', "entry 1, score: must be a whole number from 0 to 10: found nothing"),
        ('{"diary": "restless legs", "version": 2, "nights": [], "trials": [{}]}', "trial 1, must have an id"),
        (HEAD + "2026-01-01,11,,,,,,\n", "line 2, score: must be a whole number from 0 to 10: found 11"),
        (HEAD + "2026-01-01,2.5,,,,,,\n", 'line 2, score: must be a whole number from 0 to 10: found "2.5"'),
        (HEAD + '2026-01-01,2,,,,,,"two\nlines"\n2026-02-30,3,,,,,,\n', 'line 4, night: must be a date such as 2026-11-20: found "2026-02-30"'),
        (HEAD + "2026-01-01,2,,,magic,,,\n", "line 2, used: must be any of massage, machine"),
        (HEAD + "2026-01-01,2,,,,,,\n2026-01-01,3,,,,,,\n", "line 3, night: 2026-01-01 is there twice, first in line 2"),
        (HEAD + "2026-01-01,2\n", "line 2: must have 8 cells: found 2"),
        (HEAD + '2026-01-01,2,,,,,,a"b\n', "line 2: has a quotation mark"),
        (HEAD + "2026-01-01,2,,,,,," + "x" * 1001 + "\n", "line 2, note: must be text of at most 1000 letters"),
        (HEAD + "2026-01-01,2,,,,,,\n" * 40_001, "must hold at most 40000 nights: found 40001"),
        (json.dumps({"diary": "restless legs", "version": 2, "nights": [3] * 40_001}), "must hold at most 40000 nights: found 40001"),
    ],
    ids=lambda value: value[:40],
)  # fmt: skip
def test_a_bad_file_names_line_and_field(page, text, fault):
    faults = read(page, text)
    assert isinstance(faults, list) and fault in faults[0]


def test_every_fault_of_a_file_is_named(page):
    faults = read(page, HEAD + "2026-13-01,x,,,,,,\n2026-01-02,4,9999,,,,,\n")
    assert [fault.split(":")[0] for fault in faults] == ["line 2, night", "line 2, score", "line 3, lost"]
