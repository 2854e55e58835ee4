"""Faults in the built site: the test that is to catch each fails, and names the page."""

from __future__ import annotations

import inspect
import os
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
    """A second name for each file of the built site; a page with a fault is a file of its own, put right again before the next."""
    folder = tmp_path_factory.mktemp("built-faults") / "site"
    shutil.copytree(site_folder, folder, copy_function=os.link)
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


@pytest.fixture(scope="module")
def passed() -> set:
    """The tests seen to pass on the pages before any fault: once each is enough."""
    return set()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["fault"])
def test_fault_is_caught(fault, copy, site_folder, pages, passed, project):
    test = getattr(test_built_site, fault["caught_by"])
    file = copy / fault["file"]
    before = file.read_text(encoding="utf-8")
    assert re.search(fault["find"], before), f"the fault has no place: {fault['find']!r} is not in {fault['file']}"
    file.unlink()  # its bytes are those of the site the other tests read
    file.write_text(re.sub(fault["find"], lambda match: fault["put"], before, count=1), encoding="utf-8")
    address = fault["file"].removesuffix("index.html")
    given = {
        "pages": {**pages, address: parser.document_fromstring(file.read_bytes().decode("utf-8"))},
        "site_folder": copy, "project": project,
    }
    try:
        with pytest.raises(AssertionError) as caught:
            test(**{name: given[name] for name in inspect.signature(test).parameters})
    finally:
        file.unlink()
        os.link(site_folder / fault["file"], file)
    assert fault["says"] in str(caught.value)
    if test not in passed:
        test(**{name: {**given, "pages": pages}[name] for name in inspect.signature(test).parameters})
        passed.add(test)
