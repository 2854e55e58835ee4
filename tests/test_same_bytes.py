"""Two builds of one commit are the same, byte for byte, wherever, whenever and by whomever they are made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

BUILD = """\
import sys
from pathlib import Path
from rls_site.build import render
from rls_site.publish import publish
root = Path.cwd()
sys.exit(render(root, "mkdocs", root / "site") or publish(root, root / "site"))
"""

ELSEWHERE = "elsewhere and deeper"
DIFFERENT = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
"""What is different in the second build, besides its folder: the tests' own runs with the machine's zone and a seed by chance."""

REDRAWN = 10
"""Every so many share pictures are drawn anew in the second build; the others come from the project's cache."""


def copied(root: Path, folder: Path) -> None:
    """Copy what a build reads, with new times on every file, as a fresh checkout has them."""
    for name in ("docs", "overrides", "src"):
        shutil.copytree(root / name, folder / name, copy_function=shutil.copyfile, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copyfile(root / "mkdocs.yml", folder / "mkdocs.yml")


def files(folder: Path) -> dict[str, bytes]:
    """Every file with its bytes."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_two_builds_of_one_commit_are_byte_identical(root, site_folder, tmp_path):
    folder = tmp_path / ELSEWHERE
    copied(root, folder)
    (folder / "build" / "share").mkdir(parents=True)
    for position, picture in enumerate(sorted((root / "build" / "share").glob("*.png"))):
        if position % REDRAWN:
            shutil.copyfile(picture, folder / "build" / "share" / picture.name)
    environment = {**os.environ, **DIFFERENT, "PYTHONPATH": str(folder / "src")}
    subprocess.run([sys.executable, "-c", BUILD], cwd=folder, env=environment, check=True)
    one, two = files(site_folder), files(folder / "site")
    assert {"index.html", "sw.js", "_headers", "sitemap.xml", "feed.xml", "index.html.br", "share/home.png"} <= one.keys()
    assert sorted(one) == sorted(two)
    assert [name for name in one if one[name] != two[name]] == []
