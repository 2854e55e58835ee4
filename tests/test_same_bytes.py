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

PLACES = {
    "a": {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    "b/elsewhere and deeper": {"TZ": "Pacific/Pago_Pago", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"},
}
"""A folder for each build, and what is different there: the first zone is a day ahead of the second."""

REDRAWN = 10
"""Every so many share pictures are drawn anew in the second folder; the others come from the project's cache."""


def copied(root: Path, folder: Path) -> None:
    """Copy what a build reads, with new times on every file, as a fresh checkout has them."""
    for name in ("docs", "overrides", "src"):
        shutil.copytree(root / name, folder / name, copy_function=shutil.copyfile, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copyfile(root / "mkdocs.yml", folder / "mkdocs.yml")


def files(folder: Path) -> dict[str, bytes]:
    """Every file with its bytes."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_two_builds_of_one_commit_are_byte_identical(root, tmp_path):
    running = []
    for number, (name, differences) in enumerate(PLACES.items()):
        folder = tmp_path / name
        copied(root, folder)
        (folder / ".cache" / "share").mkdir(parents=True)
        for position, picture in enumerate(sorted((root / ".cache" / "share").glob("*.png"))):
            if not number or position % REDRAWN:
                shutil.copyfile(picture, folder / ".cache" / "share" / picture.name)
        environment = {**os.environ, **differences, "SOURCE_DATE_EPOCH": "1763596800", "PYTHONPATH": str(folder / "src")}
        running.append(subprocess.Popen([sys.executable, "-c", BUILD], cwd=folder, env=environment))
    assert [build.wait() for build in running] == [0, 0]
    one, two = (files(tmp_path / name / "site") for name in PLACES)
    assert {"index.html", "sw.js", "_headers", "sitemap.xml", "feed.xml", "index.html.br", "share/home.png"} <= one.keys()
    assert sorted(one) == sorted(two)
    assert [name for name in one if one[name] != two[name]] == []
