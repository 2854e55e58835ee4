"""What is wrong with an article or a data file, and the one place that prints it."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Iterable


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


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the end of a message that names the known word closest to ``word``.

    Gives ``; did you mean 'x'?`` or, with nothing close, an empty string.
    """
    found = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean '{found[0]}'?" if found else ""
