"""The diary's store: migration, two tabs, a full disk, no storage."""

from __future__ import annotations

import pytest

from tool_page import anew, bare, call, tab, until  # tab is a fixture

NIGHT = {"night": "2026-11-18", "score": 6, "lost": None, "worst": None, "used": [], "minutes": None, "change": "", "note": ""}
SAVE = "(async () => { const s = await m.openStore(); return s.change([{kind: 'nights', key: a.night, record: a, rev: 0}]); })()"
ALL = "(async () => { const s = await m.openStore(); return {nights: s.nights(), trials: s.trials(), problem: s.problem}; })()"


@pytest.fixture
def page(tab, server):
    with anew(tab, server, bare(server)) as page:
        yield page


def test_version_one_is_migrated_and_nothing_is_lost(page):
    old = [
        {"night": f"2026-11-{day:02}", "score": day % 11, "lost": 30, "massage": day % 2 == 0, "device": day % 3 == 0, "minutes": 10, "note": f"n{day}"}
        for day in range(1, 29)
    ]
    code = """(async () => {
      const database = await m.openDatabase(1);
      const transaction = database.transaction("nights", "readwrite");
      for (const night of a) transaction.objectStore("nights").put(night);
      await new Promise((resolve) => { transaction.oncomplete = resolve; });
      const kinds = [...database.objectStoreNames];
      database.close();
      return kinds;
    })()"""
    assert call(page, "store", code, old) == ["nights"]
    after = call(page, "store", ALL)
    assert after["problem"] == "" and after["trials"] == []
    for before, night in zip(old, after["nights"], strict=True):
        used = (["massage"] if before["massage"] else []) + (["machine"] if before["device"] else [])
        kept = {name: before[name] for name in ("night", "score", "lost", "minutes", "note")}
        assert night == {**kept, "used": used, "worst": None, "change": ""}


def test_what_is_saved_survives_a_reload(page):
    call(page, "store", SAVE, NIGHT)
    page.reload()
    assert call(page, "store", ALL)["nights"] == [{**NIGHT, "rev": 1}]


def test_edits_are_undone_by_what_change_returns(page):
    code = """(async () => {
      const s = await m.openStore();
      const put = (night, score) => ({kind: "nights", key: night, record: {...a, night, score}});
      const edits = [put("2026-11-01", 1), put("2026-11-02", 2)];
      const asked = JSON.stringify(edits);
      await s.change(edits);
      const same = JSON.stringify(edits) === asked;
      const undo = await s.change([{kind: "nights", key: "2026-11-01", record: null}, put("2026-11-02", 9), put("2026-11-03", 3)]);
      const changed = s.nights().map(({night, score}) => [night, score]);
      await s.change(undo);
      await s.load();
      return [same, changed, s.nights().map(({night, score}) => [night, score])];
    })()"""
    same, changed, undone = call(page, "store", code, NIGHT)
    assert same, "the caller's edits are left as they are"
    assert changed == [["2026-11-02", 9], ["2026-11-03", 3]]
    assert undone == [["2026-11-01", 1], ["2026-11-02", 2]]


def test_two_tabs_see_each_other_and_cannot_overwrite(page, server):
    with page.context.new_page() as two:
        two.goto(bare(server))
        for one in (page, two):
            one.evaluate("async () => { window.store = await (await load('store')).openStore(); }")
        change = """async ([night, score, rev]) => store.change([{kind: "nights", key: night.night, record: {...night, score}, rev}])
          .then(() => "saved", (error) => error.code)"""
        assert page.evaluate(change, [NIGHT, 4, 0]) == "saved"
        until(two, "store.nights().length === 1")
        assert two.evaluate(change, [NIGHT, 5, 1]) == "saved"
        assert page.evaluate(change, [NIGHT, 9, 1]) == "conflict"
        until(page, "store.nights()[0].score === 5")
        assert page.evaluate(change, [NIGHT, 9, 2]) == "saved"


@pytest.mark.parametrize("how", ["when writing", "when committing"])
def test_a_full_disk_loses_nothing_and_says_so(page, how):
    call(page, "store", SAVE, NIGHT)
    full = "new DOMException('full', 'QuotaExceededError')"
    page.evaluate(
        {
            "when writing": f"() => {{ IDBObjectStore.prototype.put = () => {{ throw {full}; }}; }}",
            "when committing": f"""() => {{
              const put = IDBObjectStore.prototype.put;
              IDBObjectStore.prototype.put = function (record) {{
                const request = put.call(this, record);
                Object.defineProperty(this.transaction, "error", {{value: {full}}});
                setTimeout(() => this.transaction.abort());
                return request;
              }};
            }}""",
        }[how]
    )
    code = """(async () => {
      const s = await m.openStore();
      const edits = ["2026-11-18", "2026-11-19"].map((night) => ({kind: "nights", key: night, record: {...a, night, score: 10}}));
      return s.change(edits).then(() => "saved", (error) => [error.code, error.message, s.nights().length]);
    })()"""
    code_, message, count = call(page, "store", code, NIGHT)
    assert code_ == "full" and "no room left" in message and count == 1
    page.reload()
    assert call(page, "store", ALL)["nights"] == [{**NIGHT, "rev": 1}]


@pytest.mark.parametrize("fault", ["throw new DOMException('no', 'SecurityError')", "return undefined"])
def test_without_storage_the_diary_is_kept_in_memory_and_says_so(page, fault):
    page.evaluate(f"() => {{ IDBFactory.prototype.open = () => {{ {fault}; }}; }}")
    code = """(async () => {
      const s = await m.openStore();
      await s.change([{kind: "nights", key: a.night, record: a, rev: 0}]);
      return [s.problem, s.nights()];
    })()"""
    problem, nights = call(page, "store", code, NIGHT)
    assert "private window" in problem and "Export" in problem
    assert nights == [{**NIGHT, "rev": 1}]


def test_a_diary_of_a_newer_page_is_left_alone(page):
    newer = "new Promise((resolve) => { indexedDB.open('restless-legs-diary', 99).onsuccess = ({target}) => { target.result.close(); resolve(1); }; })"
    call(page, "store", newer)
    code = """(async () => {
      const s = await m.openStore();
      const said = await s.change([{kind: 'nights', key: a.night, record: a, rev: 0}]).then(() => "saved", (error) => error.code);
      return [s.problem, said, s.nights().length];
    })()"""
    problem, said, count = call(page, "store", code, NIGHT)
    assert "It is safe, but nothing can be added to it here." in problem
    assert (said, count) == ("closed", 0), "what cannot be kept is not taken"


def test_a_diary_removed_outside_the_page_is_said(page):
    code = """(async () => {
      const s = await m.openStore();
      await new Promise((resolve) => { indexedDB.deleteDatabase("restless-legs-diary").onsuccess = resolve; });
      return s.change([{kind: "nights", key: a.night, record: a, rev: 0}]).then(() => "saved", (error) => error.message);
    })()"""
    assert call(page, "store", code, NIGHT).startswith("Your diary was changed or removed outside this page.")


def test_an_open_tab_makes_way_for_a_newer_page_and_says_so(page):
    code = """(async () => {
      const s = await m.openStore();
      await new Promise((resolve) => { indexedDB.open("restless-legs-diary", 3).onsuccess = resolve; });
      const heard = new Promise((resolve) => { s.channel.addEventListener("message", resolve); });
      new BroadcastChannel("restless-legs-diary").postMessage("changed");
      await heard;
      return s.change([{kind: "nights", key: a.night, record: a, rev: 0}]).then(() => "saved", (error) => error.code);
    })()"""
    assert call(page, "store", code, NIGHT) == "closed"
