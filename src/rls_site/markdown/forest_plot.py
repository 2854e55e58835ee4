"""``/// forest-plot``: effects as reported, drawn at build time, with the same figures, in whole points, in a table."""

from __future__ import annotations

import math
import re
import textwrap
import xml.etree.ElementTree as etree

from markdown.util import AtomicString

from .tables import stack
from .word import Word, add

WIDTH, EDGE, TOP, TICK = 360, 14, 40, 6
LINE, BAR, LETTERS = 18, 34, 36
"""Heights of a line of a label and of its bar, and how many letters a line holds: drawn for a phone, where it is 1 to 1."""
PLACEBO, PLACEBO_KEY = -6.6, "silva2017placebo"
"""The change on placebo in drug trials (points of 40), drawn for scale: silva2017placebo, 6.58."""


class ForestPlot(Word):
    """Every effect in points from ``studies.yml``."""

    NAME = "forest-plot"

    def built(self, parent: etree.Element) -> etree.Element:
        """Build the drawing and its table."""
        evidence = self.page.evidence
        rows = [
            (study, effect, evidence.references[key])
            for key, study in evidence.studies.items()
            for effect in study.get("effect") or ()
            if effect.get("unit") == "points"
        ]
        box = add(parent, "figure", class_="forest-plot")
        box.append(_drawing(rows))
        caption = add(box, "figcaption")
        add(
            caption,
            "p",
            "Difference in points between the groups, with the range it may lie in; 0 is no difference, and left of it is "
            "better. A filled square was tested against a sham, a hollow one was not; a smaller square is a small trial. "
            f"The dashed line, drawn where there was no sham, marks {-PLACEBO:g} points: how far a dummy treatment alone moves the score in drug trials "
            f"[@{PLACEBO_KEY}]. How to use it: look for a filled square whose whole line is left of 0, and ask your doctor "
            "about that one. Do not pay much yet for one with a hollow square.",
        )
        _table(parent, rows)
        return box


def _drawing(rows) -> etree.Element:
    labels = [textwrap.wrap(re.sub(r" (?=[^()]*\)$)", "\N{NO-BREAK SPACE}", _label(study, effect)), LETTERS) for study, effect, _ in rows]
    height = TOP + sum(LINE * len(lines) + BAR for lines in labels) + 30
    # The axis holds every range, zero and the placebo, from tick to tick.
    left = math.floor(min([PLACEBO, *(effect["low"] for _, effect, _ in rows)]) / TICK) * TICK
    right = math.ceil(max([0, *(effect["high"] for _, effect, _ in rows)]) / TICK) * TICK
    svg = etree.Element("svg", {"viewBox": f"0 0 {WIDTH} {height}", "role": "img", "aria-labelledby": "plot-title", "aria-describedby": "plot-desc"})

    def at(points: float) -> float:
        return round(EDGE + (points - left) / (right - left) * (WIDTH - 2 * EDGE), 1)

    def draw(tag: str, text: str = "", **attributes) -> etree.Element:
        names = {name.rstrip("_").replace("_", "-"): str(value) for name, value in attributes.items()}
        element = etree.SubElement(svg, tag, names)
        element.text = AtomicString(text)
        return element

    draw("title", "Effects as reported, in points", id="plot-title")
    spoken = "; ".join(f"{_label(s, e)}: {_figures(e)}" for s, e, _ in rows)
    draw("desc", f"{spoken}. The same figures stand in the table after the drawing.", id="plot-desc")
    for points in range(left, right + 1, TICK):
        draw("text", f"{points:+d}".replace("+0", "0").replace("-", "−"), x=at(points), y=height - 8, class_="plot__tick")
    draw("text", "0", x=at(0), y=TOP - 20, class_="plot__tick")
    draw("text", "dummy", x=at(PLACEBO), y=TOP - 20, class_="plot__tick")
    draw("text", "← better", x=EDGE, y=TOP - 20, class_="plot__way")
    draw("text", "worse →", x=WIDTH - EDGE, y=TOP - 20, class_="plot__way plot__way--worse")
    # The line of no difference and the axis run through; the words over them have an edge in the colour of the page.
    draw("line", x1=at(PLACEBO), x2=at(PLACEBO), y1=TOP - 14, y2=height - 26, class_="plot__guide")
    draw("line", x1=at(0), x2=at(0), y1=TOP - 14, y2=height - 26, class_="plot__zero")
    draw("line", x1=EDGE, x2=WIDTH - EDGE, y1=height - 26, y2=height - 26, class_="plot__zero")
    y = TOP
    for (study, effect, _), lines in zip(rows, labels):
        for line in lines:
            draw("text", line, x=EDGE, y=y + 12, class_="plot__label")
            y += LINE
        sham = study.get("sham") is True
        if not sham:
            draw("line", x1=at(PLACEBO), x2=at(PLACEBO), y1=y, y2=y + BAR - 10, class_="plot__placebo")
        y += 8
        draw("line", x1=at(effect["low"]), x2=at(effect["high"]), y1=y, y2=y, class_="plot__range")
        size = 5 if study.get("small") else 7
        draw(
            "rect", x=at(effect["value"]) - size, y=y - size, width=2 * size, height=2 * size,
            class_="plot__sham" if sham else "plot__open",
        )
        y += BAR - 8
    return svg


def _label(study: dict, effect: dict) -> str:
    marks = ["against a sham" if study.get("sham") is True else "no sham"]
    if study.get("small"):
        marks.append("small")
    return f"{effect['label']} ({', '.join(marks)})"


def _figures(effect: dict) -> str:
    # In whole points and with a word for the side, as readers count; the exact figures stand on the study's card.
    value, low, high = (round(effect[name]) for name in ("value", "low", "high"))
    if low * high < 0:
        around = f"{_points(low)} to {_points(high)}"
    else:
        near, far = sorted((low, high), key=abs)
        around = f"{abs(near)} to {_points(far)}"
    return f"{_points(value)} ({around})"


def _points(value: int) -> str:
    return f"{abs(value)}\N{NO-BREAK SPACE}{'better' if value < 0 else 'worse'}" if value else "0"


def _table(parent: etree.Element, rows) -> None:
    table = add(parent, "table")
    head = add(add(table, "thead"), "tr")
    # The result comes second and the source under the name: three columns fit a phone without moving sideways.
    for words in ("What was tested", "Points better or worse", "Compared with"):
        add(head, "th", AtomicString(words), scope="col")
    body = add(table, "tbody")
    for study, effect, reference in rows:
        line = add(body, "tr")
        name = add(line, "th", AtomicString(_label(study, effect)), scope="row")
        add(name, "br")
        add(name, "a", AtomicString(reference.short), href=f"#{study['key']}")
        add(line, "td", AtomicString(_figures(effect)))
        add(line, "td", AtomicString(f"{effect['comparator']}, {effect['timing']}"))
    stack(table)


WORDS = (ForestPlot,)
