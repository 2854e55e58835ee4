"""The print set: each sheet is one side of paper, in normal and large print; and what a tool page weighs."""

from __future__ import annotations

import gzip
import re
from urllib.parse import urlsplit

import pytest

from tool_page import opened, reader

PAGE = "tools/print/"
SHEETS = [
    "Bedside card", "One-page plan", "Diary sheet", "Therapist hand-out", "Device checklist", "Partner card", "Ask-the-nurse card",
]  # fmt: skip


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_each_sheet_is_one_side(browser, server, large, size):
    with opened(browser, server, PAGE) as page:
        page.wait_for_selector(".tool button")
        page.evaluate("window.print = () => {}")
        if large:
            page.get_by_label("Large print").check()
        sides = {}
        for sheet in SHEETS:
            page.get_by_role("button", name=sheet, exact=True).click()
            sides[sheet] = pages(page.pdf(format=size, prefer_css_page_size=True))
        assert sides == dict.fromkeys(SHEETS, 1)


def test_every_sheet_has_its_button_and_text(browser, server):
    with opened(browser, server, PAGE) as page:
        page.wait_for_selector(".tool button")
        assert page.locator("h2:has(~ .sheet)").all_inner_texts()[: len(SHEETS)] == SHEETS
        assert page.locator(".tool button").all_inner_texts() == SHEETS
        for sheet in page.locator(".sheet").all():
            assert len(sheet.inner_text()) > 60


def test_a_table_to_fill_in_is_whole_on_paper_and_a_sample_on_the_screen(browser, server):
    with opened(browser, server, PAGE) as page:
        rows = page.locator(".sheet tbody tr:visible")
        few = rows.count()
        page.emulate_media(media="print")
        assert (few, rows.count()) == (3, 14)
        cells = page.locator(".sheet tbody tr").first.locator("td").evaluate_all("list => list.map((node) => node.offsetWidth)")
        assert cells[1] < cells[0] < cells[2] < cells[3]


def test_paper_has_no_buttons_and_only_sheets_have_narrow_margins(browser, server):
    with opened(browser, server, PAGE) as page:
        page.wait_for_selector(".tool button")
        page.emulate_media(media="print")
        assert not page.locator(".tool").is_visible()
        names = page.locator(".article > *").evaluate_all("list => list.map((node) => [node.matches('.sheet'), getComputedStyle(node).page])")
        assert {name for sheet, name in names if sheet} == {"sheet"}
        assert names[0][1] == names[-1][1] == "auto"


def test_without_scripts_each_sheet_starts_a_side(browser, server):
    with opened(browser, server, PAGE, java_script_enabled=False) as page:
        assert page.locator("h2:has(~ .sheet)").evaluate_all("list => list.length") >= len(SHEETS)
        page.emulate_media(media="print")
        breaks = page.locator("[data-tool=print] ~ h2").evaluate_all("list => list.map(node => getComputedStyle(node).breakBefore)")
        assert set(breaks) == {"page"}


def weigh(browser, server, site_folder, path) -> dict[str, int]:
    """The scripts a page loads, with their compressed weight."""
    asked = []
    with reader(browser, server) as context:
        context.on("request", lambda request: asked.append(urlsplit(request.url).path))
        context.new_page().goto(path)
    scripts = {name for name in asked if name.endswith(".js")}
    return {name: len(gzip.compress((site_folder / name.lstrip("/")).read_bytes(), 9)) for name in scripts}


@pytest.mark.parametrize("path", ["tonight/routine/", "tonight/safety-check/", "tools/diary/", "tools/trial/", PAGE])
def test_a_tool_page_loads_less_than_twenty_kilobytes_of_its_own_scripts(browser, server, site_folder, path):
    common = weigh(browser, server, site_folder, "about/")
    own = {name: weight for name, weight in weigh(browser, server, site_folder, path).items() if name not in common}
    assert 0 < sum(own.values()) < 20480, own


def test_no_script_has_a_template_inside_a_template(root):
    """The minifier loses the spaces of the inner one."""
    for script in sorted((root / "docs" / "javascripts").glob("*.js")):
        assert not re.search(r"\$\{[^}]*`", script.read_text(encoding="utf-8")), script.name
