"""Faults in the built site: the test that is to catch each fails, and names the page."""

from __future__ import annotations

import inspect
import re
import shutil
from pathlib import Path

import pytest
import test_built_site
from lxml import html as parser

from rls_site.strict_yaml import load

FAULTS = load((Path(__file__).parent / "built.yml").read_text(encoding="utf-8")).plain()


@pytest.fixture(scope="module")
def copy(site_folder, tmp_path_factory) -> Path:
    """A copy of the built site; each fault is put right again before the next."""
    folder = tmp_path_factory.mktemp("built-faults") / "site"
    shutil.copytree(site_folder, folder)
    return folder


def _pages(folder: Path) -> dict:
    """Every page by its address from the root."""
    return {
        file.relative_to(folder).as_posix().removesuffix("index.html"): parser.document_fromstring(file.read_bytes().decode("utf-8"))
        for file in sorted(folder.rglob("*.html"))
    }


@pytest.fixture(scope="module")
def pages(copy) -> dict:
    """The pages before any fault."""
    return _pages(copy)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["fault"])
def test_fault_is_caught(fault, copy, pages, project):
    test = getattr(test_built_site, fault["caught_by"])
    file = copy / fault["file"]
    before = file.read_text(encoding="utf-8")
    assert re.search(fault["find"], before), f"the fault has no place: {fault['find']!r} is not in {fault['file']}"
    file.write_text(re.sub(fault["find"], lambda match: fault["put"], before, count=1), encoding="utf-8")
    address = fault["file"].removesuffix("index.html")
    given = {
        "pages": {**pages, address: parser.document_fromstring(file.read_bytes().decode("utf-8"))},
        "site_folder": copy, "project": project,
    }  # fmt: skip
    try:
        with pytest.raises(AssertionError) as caught:
            test(**{name: given[name] for name in inspect.signature(test).parameters})
    finally:
        file.write_text(before, encoding="utf-8")
    assert fault["says"] in str(caught.value)
    test(**{name: {**given, "pages": pages}[name] for name in inspect.signature(test).parameters})
