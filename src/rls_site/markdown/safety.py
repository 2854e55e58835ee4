"""``/// safety | part`` and ``/// safety-check``: the safety text of ``safety.yml``, never retyped."""

from __future__ import annotations

import xml.etree.ElementTree as etree

from markdown.util import AtomicString

from ..evidence.safety import CARE, SAFETY_PARTS, SENTENCES, emergency_numbers
from ..problem import nearest
from .word import Word, add, care_title

ANSWERS = (("yes", "Yes"), ("no", "No"), ("not-sure", "Not sure"))


class Safety(Word):
    """One part of the safety text."""

    NAME = "safety"
    ARGUMENT = True

    def built(self, parent: etree.Element) -> etree.Element:
        """Build the part asked for."""
        if self.argument not in SAFETY_PARTS:
            self.complain(f"'/// safety' must be one of {', '.join(SAFETY_PARTS)}: found '{self.argument}'{nearest(self.argument, SAFETY_PARTS)}")
            return add(parent, "div")
        safety = self.page.evidence.safety
        if self.argument in SENTENCES:
            return add(parent, "p", self.page.links_from_docs(safety[self.argument]), class_="safety-line")
        if self.argument == "numbers":
            return _numbers(parent, safety["numbers"])
        if self.argument == "paper":
            parent = add(parent, "div", class_="sheet")
        return self._list(parent, safety["lists"][self.argument])

    def _list(self, parent: etree.Element, part: dict) -> etree.Element:
        level = part.get("level", self.argument)
        if level in CARE:
            box = add(parent, "section", class_=f"care care--{level}")
            care_title(add(box, "p", class_="care__title"), level, part["title"], emergency_numbers(self.page.evidence.safety))
        else:
            box = add(parent, "section", class_=f"safety safety--{self.argument}")
            add(box, "p", part["title"], class_="safety__title")
        items = add(box, "ul")
        for item in part["items"]:
            add(items, "li", self.page.links_from_docs(item))
        if part.get("after"):
            add(box, "p", self.page.links_from_docs(part["after"]))
        return box


def _numbers(parent: etree.Element, numbers: list[dict]) -> etree.Element:
    table = add(parent, "table", class_="numbers")
    add(table, "caption", AtomicString("Find where you are, and call the number."))
    head = add(add(table, "thead"), "tr")
    for words in ("Where you are", "In an emergency", "For advice"):
        add(head, "th", AtomicString(words), scope="col")
    body = add(table, "tbody")
    for row in numbers:
        line = add(body, "tr")
        add(line, "th", AtomicString(row["place"]), scope="row")
        for words in (row["emergency"], row["advice"]):
            cell = add(line, "td")
            if words.isdigit():
                add(cell, "a", AtomicString(words), href=f"tel:{words}")
            else:
                cell.text = words
    return table


def _calls(parent: etree.Element, numbers: list[dict]) -> None:
    """One large link for each emergency number: who taps it on a phone is asked whether to call."""
    box = add(parent, "p", class_="calls")
    for row in numbers:
        if row["emergency"].isdigit():
            link = add(box, "a", AtomicString(f"Call {row['emergency']} "), class_="button", href=f"tel:{row['emergency']}")
            add(link, "span", AtomicString(row["place"]))


class SafetyCheck(Word):
    """The questions and outcomes of the safety check; a script asks them one by one, on paper all stand together."""

    NAME = "safety-check"

    def built(self, parent: etree.Element) -> etree.Element:
        """Build the form and the outcomes."""
        safety = self.page.evidence.safety
        check = safety["check"]
        box = add(parent, "div", class_="safety-check", data_tool="safety-check")
        form = add(box, "form")
        for number, question in enumerate(check["questions"], 1):
            field = add(form, "fieldset", class_="question", id=f"q-{question['id']}", data_yes=question["if_yes"])
            legend = add(field, "legend")
            add(legend, "span", AtomicString(f"{number}. "), class_="question__number").tail = AtomicString(question["question"])
            if question.keys() & {"picture", "help", "also"}:
                self._help(add(field, "div", class_="help"), question)
            answers = add(field, "div", class_="answers")
            for value, words in ANSWERS:
                label = add(answers, "label")
                add(label, "input", type="radio", name=question["id"], value=value).tail = AtomicString(f" {words}")
            short = check["outcomes"][question["if_yes"]]["title"]
            add(field, "p", f"Yes or not sure: **{short}**", class_="question__rule")
        outcomes = add(box, "div", class_="outcomes")
        for name in check["order"]:
            outcome = check["outcomes"][name]
            serious = name in CARE
            look = f"outcome care care--{name}" if serious else f"outcome outcome--{name}"
            part = add(outcomes, "section", class_=look, id=f"outcome-{name}", data_outcome=name)
            add(part, "h2", AtomicString(outcome["title"]), id=name, class_="care__title" if serious else "outcome__title")
            if name == "emergency":
                _calls(part, safety["numbers"])
            if name == "fine":  # without the script the advice would stand there free
                add(part, "p", AtomicString(f"No to all {len(check['questions'])} questions:"), class_="question__rule")
            items = add(part, "ul")
            for item in outcome["do"]:
                add(items, "li", self.page.links_from_docs(item))
        return box

    def _help(self, box: etree.Element, question: dict) -> None:
        if "picture" in question:
            add(box, "img", src=self.page.to(question["picture"]), alt=question["shows"])
        if "help" in question:
            add(box, "p", self.page.links_from_docs(question["help"]))
        if "also" in question:
            add(box, "p", AtomicString("Say yes as well if"))
            items = add(box, "ul")
            for item in question["also"]:
                add(items, "li", item)


WORDS = (Safety, SafetyCheck)
