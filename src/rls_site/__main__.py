"""The command line: ``rls-site check``, ``new``, ``due``, ``serve``, ``build``, ``docs`` and ``addresses``."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from .addresses import add
from .build import ENGINES, build, unwritten
from .due import due
from .due import shown as shown_due
from .fix import fixes
from .front_matter import DUE_SOON, TYPES
from .handbook import write
from .new import Refused, new, path_of
from .problem import FORMATS, Problem, nearest, shown, tally
from .rules import check_file, check_site
from .serve import serve
from .site import load_site


def check(root: Path, files: list[str]) -> list[Problem]:
    """Return the problems of the named files, or of the whole tree when none is named.

    Raises FileNotFoundError for a name that is no file under ``docs/``.
    """
    site = load_site(root)
    paths = [_under(site.docs, name).as_posix() for name in files]
    return sorted({problem for path in paths for problem in check_file(path, site)}) if paths else check_site(site)


def _under(docs: Path, name: str) -> Path:
    docs = docs.resolve()
    file = next((file for file in (Path(name).resolve(), (docs / name).resolve()) if file.is_file()), docs)
    if not file.is_file() or not file.is_relative_to(docs):
        raise FileNotFoundError(f"no such file under docs/: {name}")
    return file.relative_to(docs)


def _check(root: Path, options: argparse.Namespace) -> int:
    try:
        if options.fix:
            _fix(root, options.files)
        problems = check(root, options.files)
    except FileNotFoundError as fault:
        print(f"rls-site: {fault}", file=sys.stderr)
        return 2
    return _told(problems, options.format)


def _told(problems: list[Problem], form: str = FORMATS[0]) -> int:
    """Print problems and their number; returns the exit status."""
    if problems:
        print(shown(problems, form))
    failed, count = tally(problems)
    print(count, file=sys.stderr)
    return 1 if failed else 0


def _fix(root: Path, files: list[str]) -> None:
    for place, name in enumerate(files):
        path = _under(root / "docs", name)
        if path.suffix != ".md":
            raise FileNotFoundError(f"--fix mends articles only: {name}")
        files[place] = str(root / "docs" / path)
    changes = fixes(root, [Path(name).resolve() for name in files])
    if diff := changes.diff():
        print(diff, file=sys.stderr)
    changes.apply()
    for old, new_name in changes.names.items():
        files[:] = [str(new_name) if Path(name).resolve() == old else name for name in files]


def _new(root: Path, options: argparse.Namespace) -> int:
    site = load_site(root)
    try:
        path_of(site, options.name)  # a name that cannot be used is refused before anything is asked
        kind = options.type or ""
        while not options.type and kind not in TYPES:
            if kind:
                print(f"'{kind}' is no type{nearest(kind, TYPES)}")
            kind = input(f"Type ({', '.join(TYPES)}): ").strip().lower().replace(" ", "-")
        title = options.title or input("Title, in readers' words (the question the page answers): ").strip()
        file, line = new(site, options.name, kind, title)
    except (EOFError, KeyboardInterrupt):
        print("\nrls-site: nothing was made: give --type and --title, or answer the two questions", file=sys.stderr)
        return 2
    except Refused as reason:
        print(f"rls-site: nothing was made: {reason}", file=sys.stderr)
        return 1
    path = file.relative_to(root).as_posix()
    print(f"Made {path}, and its line {line} in mkdocs.yml.")
    print(f"Next: replace every 'Write here:' in {path}; make serve shows the page and what is still wrong as you save. Give its line in mkdocs.yml a shorter name, and at the end run make addresses.")
    return 0


def _serve(root: Path, options: argparse.Namespace) -> int:
    return serve(root, options.address)


def _build(root: Path, options: argparse.Namespace) -> int:
    return build(root, options.engine)


def _due(root: Path, options: argparse.Namespace) -> int:
    site = load_site(root)
    pages = due(site, options.days)
    print(shown_due(pages, site.today, options.days))
    return 1 if pages and options.strict else 0


def _docs(root: Path, options: argparse.Namespace) -> int:
    try:
        for path in write(root):
            print(f"Wrote {path}")
    except ValueError as fault:
        print(f"rls-site: {fault}", file=sys.stderr)
        return 1
    return 0


def _addresses(root: Path, options: argparse.Namespace) -> int:
    site = load_site(root)
    found = check_site(site)
    if problems := [problem for problem in found if not problem.warning] + unwritten(found):  # what is written into the list stays there for ever
        _told(problems)
        return 1
    for address in add(site):
        print(f"Added /{address}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="rls-site", description="Checks and publishes the site's articles.")
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", help="tell what is wrong, by file and line")
    checking.add_argument("files", nargs="*", metavar="FILE", help="files under docs/; all when none is named")
    checking.add_argument("--fix", action="store_true", help="first mend what is mechanical, and show the difference")
    checking.add_argument("--format", choices=FORMATS, default=FORMATS[0], help="how problems are printed")
    making = commands.add_parser("new", help="start an article, with its line in the navigation")
    making.add_argument("name", metavar="SECTION/NAME")
    making.add_argument("--type", metavar="TYPE", help=f"one of {', '.join(TYPES)}; asked for when left out")
    making.add_argument("--title", help="the page's title and H1; asked for when left out")
    owing = commands.add_parser("due", help="list the reviews that come due, by owner")
    owing.add_argument("--days", type=int, default=DUE_SOON, help=f"how far ahead to look ({DUE_SOON})")
    owing.add_argument("--strict", action="store_true", help="fail when the list is not empty")
    serving = commands.add_parser("serve", help="show the site while you write, and its problems as you save")
    serving.add_argument("--address", default="127.0.0.1:8000", metavar="HOST:PORT")
    building = commands.add_parser("build", help="check, build and publish into site/")
    building.add_argument("--engine", choices=ENGINES, default=ENGINES[0])
    writing = commands.add_parser("docs", help="write what is generated for editors: schema, lists of rules and faults")
    keeping = commands.add_parser("addresses", help="add new addresses to the list of all ever published")
    for command, run in ((checking, _check), (making, _new), (owing, _due), (serving, _serve), (building, _build), (writing, _docs), (keeping, _addresses)):
        command.set_defaults(run=run)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 when all is well, 1 when something must be mended, 2 for a wrong call."""
    options = _parser().parse_args(arguments)
    root = Path.cwd()
    if not (root / "mkdocs.yml").is_file():
        print("rls-site: run this from the project's folder, where mkdocs.yml is", file=sys.stderr)
        return 2
    try:
        status = options.run(root, options)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads along, as head does, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


if __name__ == "__main__":
    sys.exit(main())
