"""The engine under ``rls-site serve``: MkDocs' own server with live reload, ``python -m rls_site.preview host:port``."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import Callable

from mkdocs.__main__ import cli
from mkdocs.commands import serve
from mkdocs.livereload import LiveReloadServer

from .strict_yaml import YamlFault, load

LOOK = 0.05
"""Seconds between two looks at the files, and without a further change before a build. MkDocs waits up to 0.6 and has no setting for it."""


class PromptServer(LiveReloadServer):
    """MkDocs' server, looking at the files every LOOK seconds."""

    def __init__(self, builder: Callable[[], None], **options) -> None:
        """Take what MkDocs' server takes."""
        super().__init__(builder=lambda: builder() if can_build(Path.cwd()) else None, polling_interval=LOOK, **options)
        self.build_delay = LOOK


def can_build(root: Path) -> bool:
    """Whether MkDocs could read the settings and every article of the project in ``root``; if not, the last pages stay, and `rls-site serve` tells why."""
    try:
        load((root / "mkdocs.yml").read_text(encoding="utf-8"))
        for file in (root / "docs").rglob("*.md"):
            file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError, YamlFault):
        return False
    return True


def main(address: str) -> None:
    """Serve the project in the current folder at ``address`` (host:port) until stopped."""
    serve.LiveReloadServer = PromptServer
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that MkDocs takes its folder away
    # Said outright: with click 8.3 MkDocs takes live reload for off where nothing is said.
    try:
        cli(["serve", "--quiet", "--livereload", "--dev-addr", address])
    except (OSError, OverflowError) as fault:
        sys.exit(f"rls-site: the address must be free: found {address}, which cannot be had ({fault}); stop what runs there, or choose another: make serve ADDRESS=127.0.0.1:8001")


if __name__ == "__main__":
    main(sys.argv[1])
