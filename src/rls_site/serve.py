"""``rls-site serve``: the site while it is written, and in the terminal what is wrong with each article as it is saved."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Callable

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from .problem import Problem, tally
from .rules import check_file, check_site
from .site import load_site

QUIET = 0.3
"""Seconds without a further change before a saved file is looked at: editors write a file in several steps."""

WATCHED = (".md", ".bib", ".yml", ".svg", ".html")


class _Saved(FileSystemEventHandler):
    def __init__(self, seen: queue.Queue) -> None:
        self.seen = seen

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note every file written, moved or deleted; reading one is no event."""
        if event.event_type in ("created", "modified", "moved", "deleted") and not event.is_directory:
            for path in (event.src_path, getattr(event, "dest_path", "")):
                if path and Path(os.fsdecode(path)).suffix in WATCHED:
                    self.seen.put(Path(os.fsdecode(path)))


def problems_of(root: Path, files: set[Path]) -> tuple[str, list[Problem]]:
    """Return what was checked, in words, and its problems: one saved article, or everything when more than that changed."""
    site = load_site(root)
    file = next(iter(files))
    if len(files) == 1 and file.suffix == ".md" and file.is_file() and file.is_relative_to(site.docs):
        path = file.relative_to(site.docs).as_posix()
        return f"docs/{path}", check_file(path, site)
    return "everything", check_site(site)


def watch(root: Path, going: Callable[[], bool], say: Callable[[str], None] = print) -> None:
    """Tell what is wrong with each file saved, while ``going()`` is true."""
    seen: queue.Queue[Path] = queue.Queue()
    observer = Observer()
    for name in ("docs", "overrides"):
        if (root / name).is_dir():
            observer.schedule(_Saved(seen), str(root / name), recursive=True)
    observer.schedule(_Saved(seen), str(root), recursive=False)
    observer.start()
    try:
        while going():
            files = _settled(seen)
            if not files:
                continue
            try:
                what, problems = problems_of(root, files)
            except FileNotFoundError:  # taken away during the check: that asks for another one
                continue
            for problem in problems:
                say(str(problem))
            say(f"{time.strftime('%H:%M:%S')} {what}: {tally(problems)[1]}")
    finally:
        observer.stop()
        observer.join()


def _settled(seen: queue.Queue) -> set[Path]:
    """Return the files changed since the last call, once no further change comes for QUIET seconds."""
    files: set[Path] = set()
    while True:
        try:
            files.add(seen.get(timeout=QUIET))
        except queue.Empty:
            return {file for file in files if not file.name.startswith(".")}


def serve(root: Path, address: str) -> int:
    """Serve the site at ``address`` (host:port) with live reload until stopped; returns the exit status."""
    problems = check_site(load_site(root))
    for problem in problems:
        print(problem)
    print(f"everything: {tally(problems)[1]}")
    print(f"Open http://{address}/", flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # stopped from outside, it takes the engine with it
    engine = subprocess.Popen([sys.executable, "-m", "rls_site.preview", address], cwd=root)
    try:
        watch(root, lambda: engine.poll() is None, lambda line: print(line, flush=True))
    except KeyboardInterrupt:
        return 0
    finally:
        engine.terminate()
        engine.wait()
    return engine.returncode
