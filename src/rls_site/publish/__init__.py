"""The last steps, on the built folder: in order, each a function of the folder and the site."""

from __future__ import annotations

from pathlib import Path

from ..site import Site
from .assets import hash_names, minify_pages, minify_scripts
from .edit_links import edit_links
from .feeds import feeds
from .leftovers import leftovers
from .nginx import nginx_headers
from .offline import manifest, mark_build, service_worker
from .precompress import precompress
from .redirects import redirects
from .related import related
from .search import search_index
from .security_policy import security_policy
from .share import share
from .structured_data import structured_data
from .styles import inline_styles, preload_modules
from .twins import twins

STEPS = (
    leftovers,
    edit_links,
    redirects,
    related,
    structured_data,
    share,
    twins,
    feeds,
    search_index,
    inline_styles,
    preload_modules,
    minify_scripts,
    manifest,
    hash_names,
    minify_pages,
    mark_build,
    security_policy,
    nginx_headers,
    service_worker,
    precompress,
)
"""What is done to a build, in order."""


def publish(folder: Path, site: Site) -> None:
    """Run every step on ``folder``, an engine's build of ``site``; raises ValueError where a step finds no place for its work."""
    for step in STEPS:
        step(folder, site)
