"""The evidence: references, studies, claims, safety text and glossary, loaded once and checked against each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..problem import Problem
from .claims import Claim, load_claims
from .records import names_of
from .references import Reference, load_references
from .safety import load_glossary, load_safety
from .studies import load_studies


@dataclass(frozen=True)
class Evidence:
    """Everything under ``docs/evidence/``, by key, with the problems found on the way."""

    references: dict[str, Reference] = field(default_factory=dict)
    studies: dict[str, dict[str, Any]] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    glossary: tuple[dict[str, Any], ...] = ()
    safety: dict[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether the files every page rests on could be read."""
        return bool(self.references and self.studies and self.claims)

    def sources_of(self, claim: Claim) -> list[Reference]:
        """The claim's references, in its own order."""
        return [self.references[key] for key in claim.sources if key in self.references]


def load_evidence(docs: Path) -> Evidence:
    """Load and cross-check the evidence of a ``docs/`` folder; a change of any file there is seen at the next call."""
    folder = docs / "evidence"
    names = ("references.bib", "studies.yml", "claims.yml", "glossary.yml", "safety.yml")
    stamps = tuple((folder / name).stat().st_mtime_ns if (folder / name).is_file() else 0 for name in names)
    return _load(folder, docs.name, stamps)


@lru_cache(maxsize=8)
def _load(folder: Path, shown: str, stamps: tuple[int, ...]) -> Evidence:
    problems: list[Problem] = []

    def say(name: str, line: int, message: str) -> None:
        problems.append(Problem(f"{shown}/evidence/{name}", line, "evidence", message))

    references = load_references(folder / "references.bib", say)
    if not references:  # all the rest leans on them: one brace that is not closed would be told two thousand times
        return Evidence(problems=tuple(problems))
    studies = load_studies(folder / "studies.yml", references, say)
    named = names_of(folder / "studies.yml", "key")
    for key, reference in references.items():
        if studies and key not in named:
            say("references.bib", reference.line, f"every source must have a record in studies.yml: '{key}' has none; add one")
    claims = load_claims(folder / "claims.yml", references, say)
    glossary = load_glossary(folder / "glossary.yml", references, say)
    safety = load_safety(folder / "safety.yml", references, say)
    return Evidence(references, studies, claims, glossary, safety, tuple(problems))
