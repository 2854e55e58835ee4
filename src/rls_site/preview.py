"""The engine under ``rls-site serve``: MkDocs' own server with live reload, ``python -m rls_site.preview host:port``."""

from __future__ import annotations

import functools
import sys

from mkdocs.__main__ import cli
from mkdocs.commands import serve

LOOK = 0.1
"""Seconds between two looks at the files. MkDocs looks twice a second and has no setting for it: a save would wait for that."""


def main(address: str) -> None:
    """Serve the project in the current folder at ``address`` (host:port) until stopped."""
    serve.LiveReloadServer = functools.partial(serve.LiveReloadServer, polling_interval=LOOK)
    # Said outright: with click 8.3 MkDocs takes live reload for off where nothing is said.
    cli(["serve", "--quiet", "--livereload", "--dev-addr", address])


if __name__ == "__main__":
    main(sys.argv[1])
