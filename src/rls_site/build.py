"""One build: check, render with an engine, publish, and only then replace the site from before."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Iterable, Iterator

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
    with tempfile.TemporaryDirectory(prefix=".build-", dir=root) as scratch, _running(root, engine, made := Path(scratch) / "site") as process:
        site = load_site(root)  # meanwhile the engine runs
        problems = check_site(site)
        for problem in problems:
            print(problem, flush=True)
        failed, _ = tally(problems)
        to_write = len(unwritten(problems))
        if failed or to_write:
            print(f"Nothing was built: {failed} to mend{f', {to_write} to write' if to_write else ''}.", file=sys.stderr)
            return 1
        if said := _said(process, engine, made):
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
    with _running(root, engine, made) as process:
        return _said(process, engine, made)


@contextmanager
def _running(root: Path, engine: str, made: Path) -> Iterator[subprocess.Popen]:
    """Start the engine, from ``root`` into the folder ``made``; at the end it is stopped, whether it is done or not wanted any more."""
    command: list = [Path(sys.executable).parent / engine, "build", "--strict"]  # with --quiet MkDocs would count no warning
    config = root / f"{made.parent.name}.yml"
    if engine == "mkdocs":
        command += ["--site-dir", made]
    else:  # Zensical takes its output folder from the configuration only.
        text = (root / "mkdocs.yml").read_text(encoding="utf-8")
        config.write_text(f"{text}\nsite_dir: {made.relative_to(root).as_posix()}\n", encoding="utf-8")
        command += ["--clean", "--config-file", config.name]
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}  # Material's notice of its own end; see CONTRIBUTING, "Two engines"
    process = subprocess.Popen(command, cwd=root, env=quiet, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()
        config.unlink(missing_ok=True)


def _said(process: subprocess.Popen, engine: str, made: Path) -> str:
    """Wait for the engine; returns what it said when it failed, else nothing."""
    out, err = process.communicate()
    if process.returncode == 0 and (made / "index.html").is_file():
        return ""
    said = [line for line in (out + err).splitlines() if line.strip() and not line.startswith("INFO")]
    return "\n".join(said) or f"{engine} failed and gave no reason"
