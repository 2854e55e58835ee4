"""The rule on the shared safety text: whole, linked, and each answer of the check leading to an outcome."""

from __future__ import annotations

import re
from typing import Iterable

from ..evidence.records import lined
from ..evidence.safety import CARE, SAFETY_PARTS, SENTENCES
from ..problem import Found, FoundIn, nearest
from ..site import Site
from ..strict_yaml import Lined, YamlFault
from .links import wrong_number

PATH = "docs/evidence/safety.yml"
SAFETY_LINK = re.compile(r"\[([^\]]*)\]\(([^)#\s]+)(?:#[\w-]+)?\)")

DIALLED = ("999", "112", "911", "000")
"""The emergency numbers every page's foot names; a slip in one is not to go unseen."""


MUST_SAY = {
    "line": ("do not rub", "get help today", "(tonight/safety-check.md)"),
    "call": ("Call", *DIALLED),
    "crisis": ("Call", *DIALLED, "988"),
    "lists/emergency/title": ("Call", *DIALLED, "now"),
    "lists/urgent/title": ("help today", "do not rub"),
    "lists/emergency/items": ("short of breath", "chest pain", "cough up blood", "cold, pale", "cannot move it", "weak or numb", "speech slurs", "pee or poo", "between the legs", "ending your life"),
    "lists/urgent/items": ("one leg is newly swollen", "swollen veins", "both legs are newly swollen", "numb, weak, cold or pale over days", "dark brown", "hangs down", "blood thinner", "infected", "numb foot"),
    "lists/urgent/after": ("at night too", "Do not wait for the morning"),
    "lists/must-not/title": ("Do not massage",),
    "lists/must-not/items": ("may have, a blood clot", "newly swollen, warm, sore or a new colour", "broken bone", "broken skin", "fistula, graft or line", "hard or sore", "rub neither leg"),
    "lists/ask-first/items": (
        "are pregnant", "ever had a clot", "four hours", "operation", "blood thinner", "low platelets", "cancer", "arteries", "heart failure", "swelling", "numb feet", "brittle bones",
        "dialysis", "cannot say what hurts",
    ),
    "lists/devices/items": ("narrowed leg arteries", "pacemaker", "epilepsy", "no heat on numb skin", "on a child", "blood thinner", "before you sleep"),
    "lists/drowsy/items": ("cannot be woken", "breathes slowly", "blue at the lips"),
    "lists/drowsy/after": ("do not stop it on your own",),
    "lists/pregnancy/items": ("suddenly swell", "headache", "trouble seeing", "bleed", "baby moves less", "harming yourself"),
    "lists/stop/items": ("short of breath", "chest pain", "weak, numb, cold, pale"),
    "lists/drowsy/title": ("Call", *DIALLED),
    "lists/drowsy/level": ("emergency",),
    "lists/pregnancy/title": ("Call your maternity unit", "at once"),
    "lists/stop/title": ("Stop", *DIALLED, "now"),
    "lists/stop/level": ("emergency",),
    "check/outcomes/emergency/title": ("Call", *DIALLED),
    "check/outcomes/urgent/title": ("Do not massage", "today"),
    "check/outcomes/ask/title": ("Ask first",),
}
"""What parts of the safety text say whatever else changes, by their place in the file: a slip could turn them round."""

LEADS = {"lungs": "emergency", "sudden": "emergency", "one-leg": "urgent", "new-loss": "urgent", "clot": "ask", "pregnant-ill": "ask", "blood-heart": "ask"}
"""Questions of the safety check that must stand, and where a yes leads."""


def safety_text(site: Site) -> FoundIn:
    """The safety text has every part pages and the safety check ask for, and its links lead to articles.

    Wrong: ``lists:`` without ``urgent:``
    Right: ``urgent:`` with a ``title:`` and ``items:``
    """
    try:
        text = (site.root / PATH).read_text(encoding="utf-8")
        whole = lined(text)
    except (OSError, UnicodeDecodeError, YamlFault):
        return  # the evidence says so
    if isinstance(whole.value, dict):
        for line, message in _parts(whole, site):
            yield PATH, line, message
    for number, line in enumerate(text.split("\n"), 1):
        for words, target in SAFETY_LINK.findall(line):
            if message := wrong_number(words, target):
                yield PATH, number, message
            elif "://" not in target and not target.startswith("tel:") and target not in site.paths:
                yield PATH, number, f"a link must lead to an article, written from docs/: found '{target}'{nearest(target, site.articles)}"


def _parts(whole: Lined, site: Site) -> Found:
    yield from _fields(whole, "the safety text", *({*SENTENCES, "call"} & whole.value.keys()))
    if lists := whole.value.get("lists"):
        yield from _lists(lists)
    yield from _numbers(whole)
    yield from _meaning(whole)
    check = whole.value.get("check")
    if check and isinstance(check.value, dict):
        yield from _check(check, site)


def _meaning(whole: Lined) -> Found:
    for place, words in MUST_SAY.items():
        part: Lined | None = whole
        for name in place.split("/"):
            part = part.value.get(name) if part and isinstance(part.value, dict) else None
        text = " ".join(str(item.plain()) for item in part.value) if part and isinstance(part.value, list) else part.value if part else ""
        for word in words if text and isinstance(text, str) else ():
            if word not in text:
                yield part.line, f"'{place}' must say '{word}': found {text[:50]!r}; restore it, or, if the advice has changed, MUST_SAY in src/rls_site/rules/safety.py too"
    check = whole.value.get("check")
    questions = _items(check.value.get("questions")) if check and isinstance(check.value, dict) else []
    leads = {str(row.value["id"].plain()): row.value["if_yes"] for row in questions if isinstance(row.value, dict) and {"id", "if_yes"} <= row.value.keys()}
    known = [str(name.plain()) for name in _items(check.value.get("order"))] if questions else []
    for name, outcome in LEADS.items() if questions else ():
        if name not in leads:
            yield check.value["questions"].line, f"the safety check must have the question '{name}': it is missing; restore it"
        elif outcome != (found := str(leads[name].plain())) and found in known:
            yield leads[name].line, f"a yes to '{name}' must lead to '{outcome}': found '{found}'; restore it"


def _lists(lists: Lined) -> Found:
    for name in SAFETY_PARTS:
        if name in (*SENTENCES, "numbers"):
            continue
        yield from _has(lists, name, "title", "items", *(["level"] if name in ("drowsy", "pregnancy", "stop") else []))  # the others' colour is their name
        part = lists.value.get(name) if isinstance(lists.value, dict) else None
        level = part.value.get("level") if part and isinstance(part.value, dict) else None
        if level and str(level.plain()) not in CARE:
            yield level.line, f"level must be one of {', '.join(CARE)}: found '{level.plain()}'{nearest(str(level.plain()), CARE)}"


def _numbers(whole: Lined) -> Found:
    numbers = whole.value.get("numbers")
    if numbers and not isinstance(numbers.value, list):
        yield numbers.line, "'numbers' must be a list of places: found something else; restore it"
        return
    dialled = set()
    for row in _items(numbers):
        yield from _fields(row, "a row of numbers", "place")
        for field in ("emergency", "advice"):
            number = row.value.get(field) if isinstance(row.value, dict) else None
            if number is not None and isinstance(number.value, (int, float)):
                yield number.line, f"a phone number must be text: found {number.value}; put it in quotes, or 000 becomes 0"
                continue
            yield from _fields(row, "a row of numbers", field)
            if number is not None and field == "emergency":
                dialled.add(str(number.value))
    for number in DIALLED:
        if number not in dialled:
            yield whole.keys.get("numbers", 1), f"the numbers must hold '{number}' as an emergency number: it is missing; restore it"


def _check(check: Lined, site: Site) -> Found:
    for name, kind in (("order", list), ("questions", list), ("outcomes", dict)):
        part = check.value.get(name)
        if part is None or not part.value:
            yield check.keys.get(name, check.line), f"'check' must have '{name}': it is missing; restore it"
        elif not isinstance(part.value, kind):
            yield part.line, f"'check' must have {'a list' if kind is list else 'its parts by name'} in '{name}': found something else; restore it"
    outcomes = check.value.get("outcomes")
    known = outcomes.value if outcomes and isinstance(outcomes.value, dict) else {}
    for name in known:
        yield from _has(outcomes, name, "title", "do")
        if DIALLED[0] not in str(known[name].plain()):
            yield known[name].line, f"every outcome must say when to call '{DIALLED[0]}': '{name}' does not; restore its line"
    for name in _items(check.value.get("order")):
        if str(name.plain()) not in known:
            yield name.line, f"'order' must name outcomes: found '{name.plain()}'{nearest(name.plain(), known)}"
    order = [str(name.plain()) for name in _items(check.value.get("order"))]
    if known and order and (sorted(order) != sorted(known) or order[0] != "emergency" or order[-1] != "fine"):
        yield check.value["order"].line, f"'order' must name every outcome once, emergency first and fine last: found {', '.join(order)}; the check would lead to the wrong one"
    yield from _questions(_items(check.value.get("questions")), known, site)


def _questions(questions: list[Lined], outcomes: Iterable[str], site: Site) -> Found:
    ids: set[str] = set()
    for question in questions:
        fields = question.value if isinstance(question.value, dict) else {}
        if own := fields.get("id"):
            if str(own.plain()) in ids:
                yield own.line, f"a question's id must be unique: '{own.plain()}' stands again; give the newer one another"
            ids.add(str(own.plain()))
        yield from _fields(question, "a question", "id", "question", *(name for name in ("help", "also") if name in fields))
        if picture := fields.get("picture"):
            yield from _fields(question, "a question with a picture", "shows")
            if picture.plain() not in site.images:
                yield picture.line, f"a question's picture must be a file, written from docs/: found '{picture.plain()}'{nearest(str(picture.plain()), site.images) or '; add the file'}"
        leads = fields.get("if_yes")
        if not leads:
            yield question.line, "a question must have 'if_yes': it is missing; restore it"
        elif str(leads.plain()) not in outcomes:
            yield leads.line, f"'if_yes' must name an outcome: found '{leads.plain()}'{nearest(leads.plain(), outcomes)}"


def _items(item: Lined | None) -> list[Lined]:
    return item.value if item and isinstance(item.value, list) else []


def _has(parent: Lined, name: str, *fields: str) -> Found:
    part = parent.value.get(name) if isinstance(parent.value, dict) else None
    if part is None:
        yield parent.line, f"the safety text must have '{name}': it is missing; restore it"
    else:
        yield from _fields(part, f"'{name}'", *fields, *({"after"} & part.value.keys() if isinstance(part.value, dict) else ()))


LISTS = ("items", "do", "also")
"""Fields that hold a list of texts; every other field that is asked for holds a text."""


def _fields(part: Lined, words: str, *fields: str) -> Found:
    for field in fields:
        found = part.value.get(field) if isinstance(part.value, dict) else None
        if found is None or found.value in (None, "", []):
            yield part.line, f"{words} must have '{field}': it is missing; restore it"
        elif field in LISTS and not isinstance(found.value, list):
            yield found.line, f"{words} must have a list in '{field}': found something else; begin each line with '- '"
        else:
            for text in found.value if field in LISTS else [found]:
                if not isinstance(text.value, str):
                    yield text.line, f"{words} must have text in '{field}': found something else; put the whole line in quotes"
