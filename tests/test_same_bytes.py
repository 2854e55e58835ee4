"""Two builds of one commit are the same, byte for byte, wherever, whenever and by whomever they are made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from rls_site.publish.precompress import precompress

BUILD = """\
import sys
from pathlib import Path
from rls_site.build import render
from rls_site.publish import STEPS
from rls_site.publish.precompress import precompress
from rls_site.site import load_site
root = Path.cwd()
if render(root, "mkdocs", root / "site"):
    sys.exit(1)
site = load_site(root)
for step in STEPS:
    if step is not precompress:
        step(root / "site", site)
"""

ELSEWHERE = "elsewhere and deeper"
DIFFERENT = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
"""What is different in the second build, besides its folder: the tests' own runs with the machine's zone and a seed by chance."""

def copied(root: Path, folder: Path) -> None:
    """Copy what a build reads, with new times on every file, as a fresh checkout has them."""
    for name in ("docs", "overrides", "src"):
        shutil.copytree(root / name, folder / name, copy_function=shutil.copyfile, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copyfile(root / "mkdocs.yml", folder / "mkdocs.yml")
    # That a picture drawn twice is the same is told in test_share; here the drawn ones are taken along, which saves seconds.
    shutil.copytree(root / "build" / "share", folder / "build" / "share")


def files(folder: Path) -> dict[str, bytes]:
    """Every file with its bytes."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_two_builds_of_one_commit_are_byte_identical(root, site_folder, tmp_path):
    folder = tmp_path / ELSEWHERE
    copied(root, folder)
    environment = {**os.environ, **DIFFERENT, "PYTHONPATH": str(folder / "src")}
    subprocess.run([sys.executable, "-c", BUILD], cwd=folder, env=environment, check=True)
    one, two = files(site_folder), files(folder / "site")
    one = {name: data for name, data in one.items() if not name.endswith((".gz", ".br"))}
    assert {"index.html", "sw.js", "_headers", "sitemap.xml", "feed.xml", "share/home.png"} <= one.keys()
    assert sorted(one) == sorted(two)
    assert [name for name in one if one[name] != two[name]] == []


def test_smaller_copies_depend_on_the_bytes_alone(project, tmp_path):
    made = []
    for name, saved in (("one", 0), ("two", 10**9)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "index.html").write_text("<p>Rest your legs.</p>" * 99, encoding="utf-8")
        os.utime(folder / "index.html", (saved, saved))
        precompress(folder, project)
        made.append(files(folder))
    assert sorted(made[0]) == ["index.html", "index.html.br", "index.html.gz"]
    assert made[0] == made[1]
