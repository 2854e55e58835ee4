"""The print set: each sheet is one side of paper, in normal and large print; and what a tool page weighs."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from tool_page import anew, tab  # tab is a fixture

PAGE = "tools/print/"
SHEETS = [
    "Bedside card", "One-page plan", "Diary sheet", "Therapist hand-out", "Device checklist", "Partner card", "Ask-the-nurse card",
]  # fmt: skip


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.fixture
def page(tab, server):
    with anew(tab, server, PAGE) as page:
        page.wait_for_selector(".tool button")
        yield page


PRESS = """(sheet) => {
  [...document.querySelectorAll(".tool button")].find((button) => button.textContent === sheet).click();
  return [...document.querySelectorAll("h1, h2")].filter((node) => node.checkVisibility()).map((node) => node.firstChild.textContent.trim());
}"""
"""Presses a sheet's button, also where it is hidden, and returns the headings that are then to be seen."""


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_each_sheet_is_one_side(page, large):
    page.evaluate("window.print = () => {}")
    if large:
        page.get_by_label("Large print").check()
    page.emulate_media(media="print")
    sides = {}
    for size in ("A4", "Letter"):
        for sheet in SHEETS:
            assert page.evaluate(PRESS, sheet) == [sheet], "the sheet is printed, and nothing else"
            sides[size, sheet] = pages(page.pdf(format=size, prefer_css_page_size=True))
    assert sides == dict.fromkeys(sides, 1)


def test_every_sheet_has_its_button_and_text_and_a_table_is_whole_on_paper_only(page):
    assert page.locator("h2:has(~ .sheet)").all_inner_texts()[: len(SHEETS)] == SHEETS
    assert page.locator(".tool button").all_inner_texts() == SHEETS
    assert all(len(text) > 60 for text in page.locator(".sheet").all_inner_texts())
    rows = page.locator(".sheet tbody tr:visible")
    few = rows.count()
    page.emulate_media(media="print")
    assert (few, rows.count()) == (3, 14), "three rows show what it asks"
    cells = page.locator(".sheet tbody tr").first.locator("td").evaluate_all("list => list.map((node) => node.offsetWidth)")
    assert cells[1] < cells[0] < cells[2] < cells[3]
    assert not page.locator(".tool").is_visible(), "paper has no buttons"
    names = page.locator(".article > *").evaluate_all("list => list.map((node) => [node.matches('.sheet'), getComputedStyle(node).page])")
    assert {name for sheet, name in names if sheet} == {"sheet"}, "only sheets have narrow margins"
    assert names[0][1] == names[-1][1] == "auto"


def test_without_scripts_each_sheet_starts_a_side(tab, server):
    with anew(tab, server, PAGE, without_scripts=True) as page:
        assert page.locator("h2:has(~ .sheet)").count() >= len(SHEETS)
        page.emulate_media(media="print")
        breaks = page.locator("[data-tool=print] ~ h2").evaluate_all("list => list.map(node => getComputedStyle(node).breakBefore)")
        assert set(breaks) == {"page"}


def scripts_of(page: Path) -> set[Path]:
    """The modules a built page asks for, at once or later, with all that they import."""
    asked = [(page.parent / way).resolve() for way in re.findall(r"""<script[^>]+src=["']?([^\s"'>]+\.js)""", page.read_text(encoding="utf-8"))]
    for script in asked:
        imports = re.findall(r"""\b(?:from|import)\s*\(?["'](\./[\w.-]+\.js)["']""", script.read_text(encoding="utf-8"))
        asked += {(script.parent / name).resolve() for name in imports} - set(asked)
    return set(asked)


@pytest.mark.parametrize("path", ["tonight/routine/", "tonight/safety-check/", "tools/diary/", "tools/trial/", PAGE])
def test_a_tool_page_loads_less_than_twenty_kilobytes_of_its_own_scripts(site_folder, path):
    common = scripts_of(site_folder / "about/index.html")
    own = scripts_of(site_folder / path / "index.html") - common
    assert len(common) > 2 and f"{path.split('/')[-2]}.js" in {script.name for script in own}
    assert sum(len(gzip.compress(script.read_bytes(), 9)) for script in own) < 20480, own


def test_no_script_has_a_template_inside_a_template(root):
    """The minifier loses the spaces of the inner one."""
    for script in sorted((root / "docs" / "javascripts").glob("*.js")):
        assert not re.search(r"\$\{[^}]*`", script.read_text(encoding="utf-8")), script.name
