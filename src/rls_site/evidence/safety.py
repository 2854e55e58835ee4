"""The safety text and the glossary: one home for each sentence and each meaning."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from ..article import OWN
from ..problem import Say, nearest
from .records import UNSAFE, look_back, records, yaml_of
from .references import Reference

SENTENCES = ("line", "crisis")
"""The parts that are a few sentences: before a rub, and in despair."""

SAFETY_PARTS = (*SENTENCES, "numbers", "paper", "drowsy", "pregnancy", "stop", "must-not", "ask-first", "devices", "emergency", "urgent")
"""The parts of the safety text a page can show."""

CARE = {"emergency": "Emergency advice: ", "urgent": "Urgent advice: ", "ask": "Advice: "}
"""The levels of a care card, with the words that stand for its colour."""

GLOSSARY_FIELDS = ("term", "also", "meaning", "keys")


def emergency_numbers(safety: dict[str, Any]) -> list[str]:
    """Return the numbers to call in an emergency, as they stand; none where the safety text cannot be read."""
    rows = safety.get("numbers")
    found = [row.get("emergency") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return [number for number in found if isinstance(number, str) and number.isdigit()]


def load_safety(file: Path, references: dict[str, Reference], say: Say) -> dict[str, Any]:
    """Return ``safety.yml`` as it stands, empty where it cannot be read; faults go to ``say(name, line, message)``."""
    loaded = yaml_of(file, say)
    if loaded is None:
        return {}
    safety = loaded.plain()
    if not isinstance(safety, dict):
        say(file.name, 1, f"must be 'key: value' lines: found something else; {look_back(file)}")
        return {}
    for name in (*SENTENCES, "call", "numbers", "lists", "check"):
        if not safety.get(name):
            say(file.name, 1, f"the safety text must have '{name}': it is missing; {look_back(file)}")
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
        if match := UNSAFE.search(line):
            say(file.name, number, f"must be plain text: found '{match.group(0)[:40]}'; use words")
        for match in re.finditer(r"@([\w-]+)", "" if line.startswith("#") else line):
            if match.group(1) not in references and match.group(1) != OWN:
                say(file.name, number, f"citations must stand in references.bib: '{match.group(1)}' does not{nearest(match.group(1), references)}")
    return safety


def load_glossary(file: Path, references: dict[str, Reference], say: Say) -> tuple[dict[str, Any], ...]:
    """Return the terms of ``glossary.yml`` in order; faults go to ``say(name, line, message)``."""
    glossary: list[dict[str, Any]] = []
    leads: dict[str, str] = {}
    for record in records(file, GLOSSARY_FIELDS, ("term", "meaning"), "term", say):
        entry = record.plain()
        for key in entry.get("keys") or ():
            if key not in references:
                say(file.name, record.keys["keys"], f"keys must stand in references.bib: '{key}' does not{nearest(key, references)}")
        if not str(entry["meaning"]).rstrip().endswith((".", "?")):
            say(file.name, record.keys["meaning"], f"a meaning must be whole sentences: '{entry['term']}' ends with {str(entry['meaning'])[-30:]!r}; end it with a full stop")
        for form in (entry["term"], *(entry.get("also") or ())):
            if (other := leads.setdefault(str(form).lower(), entry["term"])) != entry["term"]:
                say(file.name, record.keys["also"] if "also" in record.keys else record.line, f"a word must lead to one term: '{form}' of '{entry['term']}' leads to '{other}' already; take it out of one")
        glossary.append(entry)
    return tuple(glossary)
