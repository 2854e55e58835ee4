"""One build: check, render with an engine, publish, and only then replace the site from before."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Iterable

from .problem import Problem, tally
from .publish import publish
from .rules import check_site
from .rules.wording import finished_text
from .site import load_site

ENGINES = ("mkdocs", "zensical")
OUTPUT = {"mkdocs": "site", "zensical": "site.zensical"}
"""The folder each engine's build ends up in."""


def build(root: Path, engine: str = "mkdocs") -> int:
    """Build the project at ``root`` into ``site/`` (``site.zensical/`` for the other engine).

    Returns 0, or 1 after printing what must be mended; the folder of an earlier build is then untouched.
    """
    target = root / OUTPUT[engine]
    with tempfile.TemporaryDirectory(prefix=".build-", dir=root) as scratch, ThreadPoolExecutor(1) as beside:
        made = Path(scratch) / "site"
        rendering = beside.submit(render, root, engine, made)  # a process of its own: it runs while the tree is checked
        site = load_site(root)
        problems = check_site(site)
        for problem in problems:
            print(problem, flush=True)
        failed, _ = tally(problems)
        to_write = len(unwritten(problems))
        if failed or to_write:
            print(f"Nothing was built: {failed} to mend{f', {to_write} to write' if to_write else ''}.", file=sys.stderr)
            return 1
        if said := rendering.result():
            print(said, file=sys.stderr)
            return 1
        try:
            publish(made, site)
        except ValueError as fault:  # a step that found no place for its work says where, and how to mend it
            print(f"Nothing was built: {fault}", file=sys.stderr)
            return 1
        old = Path(scratch) / "old"
        if target.exists():
            target.rename(old)
        made.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    print(f"Built {target.name}/")
    return 0


def unwritten(problems: Iterable[Problem]) -> list[Problem]:
    """Return what is still to be written: a warning while one writes, and no page to publish or to promise an address for."""
    return [problem for problem in problems if problem.rule == finished_text.__name__ and problem.warning]


def render(root: Path, engine: str, made: Path) -> str:
    """Run the engine alone, from ``root`` into the folder ``made``; returns what it said when it failed, else nothing."""
    bin_folder = Path(sys.executable).parent
    if engine == "mkdocs":
        command = [bin_folder / "mkdocs", "build", "--strict", "--site-dir", made]  # with --quiet it would count no warning
        quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}  # Material's notice of its own end; see CONTRIBUTING, "Two engines"
        done = subprocess.run(command, cwd=root, env=quiet, capture_output=True, text=True)
    else:
        done = _zensical(root, bin_folder, made)
    if done.returncode == 0 and (made / "index.html").is_file():
        return ""
    said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip() and not line.startswith("INFO")]
    return "\n".join(said) or f"{engine} failed and gave no reason"


def _zensical(root: Path, bin_folder: Path, made: Path) -> subprocess.CompletedProcess:
    # Zensical takes its output folder from the configuration only.
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    config = root / f"{made.parent.name}.yml"
    config.write_text(f"{text}\nsite_dir: {made.relative_to(root).as_posix()}\n", encoding="utf-8")
    try:
        return subprocess.run(
            [bin_folder / "zensical", "build", "--clean", "--strict", "--config-file", config.name],
            cwd=root, capture_output=True, text=True,
        )  # fmt: skip
    finally:
        config.unlink()
