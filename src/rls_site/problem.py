"""What is wrong with an article or a data file, and the one place that prints it."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import PurePath
from typing import Callable, Iterable, Iterator


@dataclass(frozen=True, order=True)
class Problem:
    """One fault an editor can mend.

    path: the file, as an editor would type it from the project's folder.
    line: counted from 1.
    rule: the name of the rule that found it.
    message: ``what must be: what was found; how to mend it``.
    warning: true when it does not fail a build.
    """

    path: str
    line: int
    rule: str
    message: str
    warning: bool = False

    def __str__(self) -> str:
        mark = "warning: " if self.warning else ""
        return f"{self.path}:{self.line}: {mark}{self.message}"


def line_in(fault: UnicodeDecodeError) -> int:
    """Return the line on which bytes that are not UTF-8 stand."""
    return fault.object[: fault.start].count(b"\n") + 1


Found = Iterator[tuple[int, str] | tuple[int, str, bool]]
"""What a rule for one article yields: line, message, and True where it only warns."""

FoundIn = Iterator[tuple[str, int, str] | tuple[str, int, str, bool]]
"""What a rule for the whole tree yields: the same, with the file before it."""

Say = Callable[[str, int, str], None]
"""Takes a fault found while a file is read: the file's name, line, message."""

FORMATS = ("text", "github")
"""How problems can be printed."""


def shown(problems: Iterable[Problem], form: str = "text") -> str:
    """Return problems as ``text``, or as ``github`` annotations, shown beside the lines of a pull request."""
    if form == "github":
        return "\n".join(_annotation(problem) for problem in problems)
    return "\n".join(str(problem) for problem in problems)


def _annotation(problem: Problem) -> str:
    level = "warning" if problem.warning else "error"
    message = problem.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{level} file={problem.path},line={problem.line},title={problem.rule}::{message}"


def tally(problems: Iterable[Problem]) -> tuple[int, str]:
    """Return how many problems fail a build, and the count in words: ``2 to mend, 1 to look at``."""
    warnings = [problem.warning for problem in problems]
    failed = warnings.count(False)
    return failed, f"{failed} to mend, {len(warnings) - failed} to look at"


def nearest(word: object, known: Iterable[str]) -> str:
    """Return the end of a message that names the known word closest to ``word``, whatever a file holds in its place.

    Gives ``; did you mean 'x'?`` or, with nothing close, an empty string.
    """
    found = closest(word, known)
    return f"; did you mean '{found}'?" if found else ""


def closest(word: object, known: Iterable[str]) -> str:
    """Return the known word closest to ``word``, in letters of any case, or an empty string when none is close."""
    near = [one for one in known if _alike(_name(word), _name(one)) >= ALIKE]  # a folder or an ending they share makes no two alike
    return max(near, key=lambda one: _alike(str(word).lower(), str(one).lower()), default="")


ALIKE = 0.65
"""How much two names must share, of 1, to be taken for each other."""


def _name(word: object) -> str:
    return PurePath(str(word).lower()).stem


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
