"""Studies: one record of ``studies.yml`` for each source."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterator

from ..problem import Say, nearest
from .records import one_of, records
from .references import Reference

KINDS = {
    "hands-on-massage": "Massage by hand",
    "reflexology-acupressure": "Reflexology and acupressure",
    "foot-massager": "Foot and leg massagers",
    "compression": "Air compression",
    "vibration": "Vibration",
    "wraps-socks": "Wraps and socks",
    "nerve-stimulation": "Nerve stimulation",
    "heat-cold": "Heat and cold",
    "movement": "Exercise, stretching and yoga",
    "medicine-iron": "Medicine and iron",
    "how-it-works": "How massage may work",
    "danger-signs": "Danger signs and when to get help",
    "safety": "Harms, and who should take care",
    "how-common": "How common restless legs is",
    "how-it-is-found": "How it is found",
    "causes": "Causes and links",
    "course": "How it changes, sleep and mood",
    "pregnancy-and-age": "Pregnancy, childhood and later life",
    "placebo": "The placebo effect",
    "guideline": "Guidelines and expert groups",
    "review": "Reviews",
    "advice-page": "Advice pages",
    "rules-and-warnings": "Rules for devices, and warnings",
    "help-line": "Help lines",
    "measuring-health-pages": "How health pages are judged",
}
"""The kinds of study, with the heading readers see."""

GROUPS = {
    "adults-with-rls": "Adults with restless legs",
    "dialysis": "People on dialysis",
    "pregnancy": "Pregnant women",
    "children": "Children",
    "older-adults": "Older adults",
    "general-population": "People from the general public",
    "healthy-people": "People without restless legs",
    "not-a-study-of-people": "Not a study of people",
}
"""Who was studied, with the words readers see."""

DESIGNS = {
    "rct": "Randomised trial",
    "sham-rct": "Randomised trial",
    "crossover-rct": "Randomised trial, with turns",
    "pilot-rct": "Pilot randomised trial",
    "non-randomised": "Groups not made by chance",
    "secondary-analysis": "Second look at a trial",
    "uncontrolled": "No comparison group",
    "cohort": "People followed over time",
    "case-control": "People with and without it compared",
    "case-report": "Case report",
    "survey": "Survey",
    "lab-study": "Lab study",
    "instrument": "Rating tool",
    "meta-analysis": "Results put together",
    "systematic-review": "Systematic review",
    "review": "Review",
    "guideline": "Guideline",
    "consensus": "Agreement of experts",
    "regulation": "Regulation",
    "trial-registry": "Trial registry",
    "web-page": "Web page",
}
"""How a study was made, with the words readers see."""

STUDY_FIELDS = (
    "key", "kind", "design", "who", "who_group", "people", "arms", "dose", "comparator", "result", "figures",
    "effect", "sham", "small", "follow_up", "funding", "limits", "bottom_line",
)
STUDY_REQUIRED = ("key", "kind", "design", "who", "who_group", "result", "bottom_line")
EFFECT_FIELDS = ("label", "measure", "value", "low", "high", "unit", "timing", "comparator")
EFFECT_REQUIRED = tuple(name for name in EFFECT_FIELDS if name != "unit")


def of_kind(kind: str, studies: dict[str, dict[str, Any]], references: dict[str, Reference]) -> list[dict[str, Any]]:
    """Return the studies of a kind as pages show them: the newest first, those without a year last."""
    found = [study for study in studies.values() if study["kind"] == kind]
    return sorted(found, key=lambda study: int(references[study["key"]].fields.get("year") or 0), reverse=True)


def load_studies(file: Path, references: dict[str, Reference], say: Say) -> dict[str, dict[str, Any]]:
    """Return the studies by key, each with its fields and ``line``; faults go to ``say(name, line, message)``."""
    studies: dict[str, dict[str, Any]] = {}
    for record in records(file, STUDY_FIELDS, STUDY_REQUIRED, "key", say):
        study = record.plain()
        for name, message in _study_faults(study, references):
            say(file.name, record.keys[name], message)
        study["line"] = record.line
        studies[study["key"]] = study
    return studies


def _study_faults(study: dict[str, Any], references: dict[str, Reference]) -> Iterator[tuple[str, str]]:
    """Yield the field and what is wrong with it."""
    key = study["key"]
    if key not in references:
        yield "key", f"a study's key must stand in references.bib: '{key}' does not{nearest(key, references)}"
    for field, known in (("kind", KINDS), ("who_group", GROUPS), ("design", DESIGNS)):
        yield from one_of(field, key, study[field], known)
    if study.get("sham", "not-applicable") not in (True, False, "not-applicable"):
        yield "sham", f"sham must be true, false or not-applicable: '{key}' has '{study['sham']}'; write one of the three"
    if not isinstance(study.get("small", False), bool):
        yield "small", f"small must be true or left out: '{key}' has '{study['small']}'; fewer than 100 people in a trial is small"
    effects = study.get("effect") or []
    if not isinstance(effects, list):
        yield "effect", f"effect must be a list: '{key}' has something else; start each with '- label:'"
        return
    for effect in effects:
        unknown = [name for name in effect if name not in EFFECT_FIELDS] if isinstance(effect, dict) else ["?"]
        if unknown:
            yield "effect", f"an effect's keys must be known: '{key}' has '{unknown[0]}'{nearest(unknown[0], EFFECT_FIELDS) or '; take it out'}"
        elif missing := [name for name in EFFECT_REQUIRED if effect.get(name) in (None, "")]:
            yield "effect", f"an effect must have '{missing[0]}': '{key}' lacks it; add it as reported"
        elif not all(isinstance(effect[name], (int, float)) for name in ("value", "low", "high")):
            yield "effect", f"an effect must have numbers for value, low and high: '{key}' has something else; give them only as reported"
        elif not effect["low"] <= effect["value"] <= effect["high"]:
            yield "effect", f"an effect must lie between low and high: '{key}' has {effect['value']}; look at the signs"
