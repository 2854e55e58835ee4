"""The command line: ``rls-site check [FILES]``, ``rls-site build`` and ``rls-site publish FOLDER``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .build import ENGINES, build
from .problem import Problem
from .publish import publish
from .rules import check_article, check_site
from .site import load_site


def check(root: Path, files: list[str]) -> list[Problem]:
    """Return the problems of the named articles, or of the whole tree when none is named.

    Raises FileNotFoundError for a name that is not an article.
    """
    site = load_site(root)
    if not files:
        return check_site(site)
    found: list[Problem] = []
    for name in files:
        file = Path(name).resolve()
        path = file.relative_to(site.docs.resolve()).as_posix() if file.is_relative_to(site.docs.resolve()) else name
        found += [problem for problem in site.unreadable if problem.path == f"docs/{path}"]
        article = site.template if path == "_template.md" else site.articles.get(path)
        if article:
            found += check_article(article, site)
        elif not file.is_file():
            raise FileNotFoundError(name)
    return sorted(set(found))


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 when all is well, 1 when something must be mended, 2 for a wrong call."""
    parser = argparse.ArgumentParser(prog="rls-site", description="Checks and publishes the site's articles.")
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", help="tell what is wrong, by file and line")
    checking.add_argument("files", nargs="*", metavar="FILE", help="articles under docs/; all when none is named")
    publishing = commands.add_parser("publish", help="the last steps on a built folder")
    publishing.add_argument("folder", type=Path)
    building = commands.add_parser("build", help="check, build and publish into site/")
    building.add_argument("--engine", choices=ENGINES, default=ENGINES[0])
    options = parser.parse_args(arguments)
    root = Path.cwd()
    if not (root / "mkdocs.yml").is_file():
        print("rls-site: run this from the project's folder, where mkdocs.yml is", file=sys.stderr)
        return 2
    if options.command == "check":
        try:
            problems = check(root, options.files)
        except FileNotFoundError as fault:
            print(f"rls-site: no such article: {fault}", file=sys.stderr)
            return 2
        for problem in problems:
            print(problem)
        failed = [problem for problem in problems if not problem.warning]
        print(f"{len(failed)} to mend, {len(problems) - len(failed)} to look at", file=sys.stderr)
        return 1 if failed else 0
    if options.command == "build":
        return build(root, options.engine)
    publish(root, options.folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
