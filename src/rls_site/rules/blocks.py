"""Rules on the blocks of the vocabulary."""

from __future__ import annotations

import re

from ..article import BLOCK, BLOCK_END, LIST_ITEM, Article, seconds
from ..evidence.references import HALVES
from ..evidence.safety import CARE, SAFETY_PARTS
from ..evidence.studies import KINDS
from ..problem import Found, nearest
from ..site import Site

BLOCKS = {
    "evidence": True, "care": True, "do": False, "dont": False, "steps": None, "also-called": False, "short-version": False,
    "safety": True, "safety-check": False, "doors": False, "studies": True, "forest-plot": False, "claims": False,
    "references": True, "glossary": False, "sheet": True, "tool": True, "caption": False,
}  # fmt: skip
"""Every word of the vocabulary, and pymdownx's caption: whether something stands after ``|`` (None: it may)."""

FILLED = ("evidence", "safety", "safety-check", "studies", "forest-plot", "claims", "references", "glossary", "sheet")
"""The words that are filled from the evidence, or from another page."""

NEEDS_SHORT_VERSION = ("condition", "treatment", "how-to", "device", "situation")
NEEDS_SAFETY_LINE = ("treatment", "how-to", "device", "situation")
INSTRUCTS = re.compile(r"\b(?:massage|massaging|massager|rub|rubbing|knead|stroke|squeeze|vibrat\w+)\b", re.IGNORECASE)


def known_blocks(article: Article, site: Site) -> Found:
    """Every block is a word of the vocabulary, is closed, and names something that exists.

    Wrong: ``/// evidance | massage-helps-on-dialysis``
    Right: ``/// evidence | massage-helps-on-dialysis``
    """
    known = {
        "evidence": (site.evidence.claims, "a claim of docs/evidence/claims.yml"),
        "care": (CARE, f"one of {', '.join(CARE)}"),
        "safety": (SAFETY_PARTS, f"one of {', '.join(SAFETY_PARTS)}"),
        "studies": (KINDS, "a kind of study"),
        "references": (HALVES, f"one of {', '.join(HALVES)}"),
    }
    for block in article.blocks:
        name, argument = block.name, block.argument
        if name not in BLOCKS:
            yield block.line, f"a block must be a word of the vocabulary: found '{name}'{nearest(name, BLOCKS)}"
            continue
        if not block.end:
            after = next((other.line for other in article.blocks if other.line > block.line and other.name != "caption"), 0)
            where = f"on line {block.line + 1}, right under it" if name in FILLED else f"above line {after}" if after else "after the block"
            yield block.line, f"a block must end with a line '///': '{name}' has none; add it {where}"
        if argument and BLOCKS[name] is False:
            yield block.line, f"'/// {name}' must stand alone: found '| {argument}' after it; take that out"
        elif not argument and BLOCKS[name] and name not in known:
            yield block.line, f"'/// {name}' must have a name after '|': found none; add it"
        elif name in known and argument not in known[name][0]:
            names, words = known[name]
            cure = nearest(argument, names) or ("; choose one that stands there" if argument else "; add its name after |")
            yield block.line, f"'/// {name}' must name {words}: found '{argument}'{cure}"
        if name in FILLED and block.end and (inside := block.body.strip()):
            yield block.line, f"'/// {name}' must be empty: found {inside[:40]!r}, which readers would take for a part of it; move it below the '///'"
        if name == "sheet" and argument:
            path, _, anchor = argument.partition("#")
            target = site.articles.get(path)
            if path not in site.paths:
                yield block.line, f"'/// sheet' must name an article: found '{path}'{nearest(path, site.articles)}"
            elif target and target.withdrawn:
                yield block.line, f"'/// sheet' must not print a page that was taken back: '{path}' was; take the block out"
            elif target and anchor and anchor not in {heading.anchor for heading in target.headings}:
                yield block.line, f"'/// sheet' must name a heading's id: '{path}' has no '#{anchor}'; look at its headings"
    yield from _in_order(article)


def _in_order(article: Article) -> Found:
    """Each block ends before the next begins, but a caption, which may stand in another."""
    lost = {block.line for block in article.blocks if not block.end}  # told already, and what stands after them is in order
    opened: list[int] = []
    before = ""
    for number, line in article.lines:
        if line.startswith("////"):
            yield number, f"a block must begin and end with three slashes: found {line.strip()[:40]!r}; take the others out"
        if re.match(r"^\s*//+\s*[^\s/]", line) and not BLOCK.match(line):
            yield number, f"a block must start '/// name' or '/// name | argument': found {line.rstrip()[:40]!r}; {'take out the spaces before it' if BLOCK.match(line.strip()) else 'mend the line'}"
            if not opened:
                lost.add(number)
                opened.append(number)  # its '///' is meant for it
        elif line.strip() == "//":
            yield number, "a block must end with three slashes: found '//'; add one"
        elif match := BLOCK.match(line):
            if opened and opened[-1] in lost:
                opened.pop()
            if opened and match.group(1) != "caption":
                yield number, f"a block must end before the next begins: found '{match.group(1)}' inside the one of line {opened[-1]}; add '///' above it"
            opened.append(number)
        elif BLOCK_END.match(line):
            if not opened:
                yield number, "'///' must end a block: found one with no block before it; take it out"
            del opened[-1:]
        elif BLOCK.match(before) and line.startswith("    ") and line.strip():
            yield number, f"a block must have no options: found {line.strip()[:40]!r}; take the line out"
        before = line


def short_version(article: Article, site: Site) -> Found:
    """The short version stands first, two to five lines; its first is the main message, and shown larger.

    Wrong: a paragraph between the H1 and ``/// short-version``
    Right: the H1, then ``/// short-version``
    """
    blocks = [block for block in article.blocks if block.name == "short-version"]
    for extra in blocks[1:]:
        yield extra.line, "the short version must stand once: found a second; merge them"
    if not blocks:
        if article.type in NEEDS_SHORT_VERSION:
            yield article.body_line, "the short version must stand under the H1: found none; add '/// short-version' with two to five lines"
        return
    first = blocks[0]
    for number, line in article.lines:
        if number >= first.line:
            break
        if line.strip() and not line.startswith("# "):
            yield number, f"the short version must come right after the H1: found {line.strip()[:40]!r} before it; move it down"
            break
    items = [line for line in first.body.split("\n") if LIST_ITEM.match(line)]
    if not 2 <= len(items) <= 5:
        yield first.line, f"the short version must have two to five lines: found {len(items)}; one idea a line, each starting '- '"


NUMBERS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split(), 1)
} | {"twenty": 20, "thirty": 30, "forty": 40, "sixty": 60}
"""Numbers in words, as titles of steps have them."""

NUMBER = re.compile(rf"\b(?:\d+|{'|'.join(NUMBERS)})\b", re.IGNORECASE)
MINUTES = re.compile(rf"({NUMBER.pattern})(?:[ -](?!{NUMBER.pattern})[a-z]+)?[ -]minutes?\b", re.IGNORECASE)


def promised_minutes(title: str) -> int | None:
    """Return the minutes that a title of steps names, ``Ten light minutes`` or ``the first 5 minutes``; None where it names none, or another number before it."""
    match = MINUTES.search(title)
    if not match or NUMBER.search(title[: match.start()]):
        return None
    return NUMBERS.get(match[1].lower()) or int(match[1])


def steps_have_times(article: Article, site: Site) -> Found:
    """Each timed step begins with its time in bold, and the times add up to the minutes the title names.

    Wrong: ``1. Stroke the calf for a minute.``
    Right: ``1. **1 minute.** Stroke the calf.``
    """
    for block in article.blocks:
        if block.name != "steps":
            continue
        count = total = 0
        for offset, line in enumerate(block.body.split("\n"), 1):
            item = re.match(r"^\d+\.\s+(.*)$", line)
            if item:
                count += 1
                time = seconds(item.group(1))
                total += time or 0
                if time is None:
                    yield block.line + offset, f"a step must begin with its time in bold: found {item.group(1)[:30]!r}; write '**1 minute.** …'"
        if not count:
            yield block.line, "'/// steps' must hold a numbered list: found none; write '1. **1 minute.** …'"
        elif (minutes := promised_minutes(block.argument)) not in (None, round(total / 60)):
            yield block.line, f"steps must take the time their title names, {minutes} minutes: they add up to {total / 60:.3g}; mend the title or a step"


FIRST_MINUTES = re.compile(r": the first 5 minutes$")
GUARDS = ((0, "Look at both legs", "begin"), (-1, "If they are worse, stop", "end"))
"""Which step of the guided routine says what, in every way to sit or lie: who never looked must not be led on."""


def routine_guards(article: Article, site: Site) -> Found:
    """The first minutes of the guided routine begin with a look at both legs, and end with when to stop.

    Wrong: ``1. **30 seconds.** Sit with your feet flat.``
    Right: ``1. **30 seconds.** Sit with your feet flat. Look at both legs. If one is newly bigger …``
    """
    for block in article.blocks:
        steps = re.findall(r"^\d+\..*$", block.body, re.MULTILINE)
        if block.name != "steps" or not FIRST_MINUTES.search(block.argument) or not steps:
            continue
        for place, words, where in GUARDS:
            if words not in steps[place]:
                line = block.line + 1 + block.body.split("\n").index(steps[place])
                yield line, f"the first minutes of the routine must {where} with '{words}': found {steps[place][:50]!r}; put it back"


def safety_line(article: Article, site: Site) -> Found:
    """A page that tells someone to massage, or to use a device, shows the safety line before its instructions.

    The page of the safety check itself does not: the line would lead to where the reader is.

    Wrong: ``/// steps`` on a page without ``/// safety | line``
    Right: ``/// safety | line`` above ``/// steps``
    """
    parts = [block.line for block in article.blocks if block.name == "safety" and block.argument == "line"]
    steps = [block for block in article.blocks if block.name == "steps"]
    needs = article.type in NEEDS_SAFETY_LINE or (
        article.type in ("tool", "questions") and INSTRUCTS.search(article.body)
    ) or steps
    if not needs or any(block.name == "safety-check" for block in article.blocks):
        return
    if not parts:
        yield article.body_line, "a page that tells someone to massage or use a device must show the safety line: found none; add '/// safety | line' under the short version"
    elif steps and parts[0] > steps[0].line:
        yield parts[0], f"the safety line must come before the first steps: the steps start on line {steps[0].line}; move it up"


URGENCY = {
    "emergency": (re.compile(r"^\W*(?:Call|Ring|Phone)\b.*\b(?:999|112|911|000|ambulance|emergency|at once)\b", re.IGNORECASE), "say to call an emergency number, or whom at once"),
    "urgent": (re.compile(r"^(?!.*\bno need\b).*\btoday\b", re.IGNORECASE), "say 'today'"),
    "ask": (
        re.compile(
            r"^(?!.*\b(?:today|at once|immediately|ambulance|hospital|999|112|911|000)\b|.*\bnow (?:if|when)\b)"
            r".*\b(?:doctor|nurse|pharmacist|GP|midwife|team|physio\w*|clinic|unit)\b", re.IGNORECASE,
        ),
        "say whom to ask, and name no hurry",
    ),
}
"""What the title of each care card says: its colour and its words tell one thing."""


def care_cards(article: Article, site: Site) -> Found:
    """A care card has a title and a list; what follows it starts with a heading or another block.

    Wrong: ``///`` of a care card, then a plain paragraph
    Right: ``///`` of a care card, then ``## What to do next``
    """
    lines = dict(article.lines)
    for block in article.blocks:
        card = block.name == "care" or (block.name == "safety" and block.argument in ("emergency", "urgent"))
        if not card or not block.end:
            continue
        if block.name == "care":
            body = [line for line in block.body.split("\n") if line.strip()]
            if not body or LIST_ITEM.match(body[0]):
                yield block.line, "a care card must begin with its title, such as 'Get medical help today if': found none; add it"
            elif block.argument in URGENCY and not URGENCY[block.argument][0].search(body[0]):
                yield block.line, f"the title of a care card '{block.argument}' must {URGENCY[block.argument][1]}: found {body[0].strip()[:50]!r}; reword it, or choose another card"
            if not any(LIST_ITEM.match(line) for line in body):
                yield block.line, "a care card must hold a list: found none; write each sign on a line starting '- '"
        after = next((n for n in range(block.end + 1, max(lines, default=0) + 1) if lines.get(n, "").strip()), None)
        if after and not lines[after].startswith(("#", "///")):
            yield after, f"text after a care card must start with its own heading: found {lines[after].strip()[:40]!r}; add '## …' before it"


def do_and_dont(article: Article, site: Site) -> Found:
    """Do and do-not lists have at most six items, and each "dont" item says "do not".

    Wrong: ``- press on a sore calf`` in ``/// dont``
    Right: ``- do not press on a sore calf``
    """
    for block in article.blocks:
        if block.name not in ("do", "dont"):
            continue
        items = [
            (block.line + offset, match.group(1))
            for offset, line in enumerate(block.body.split("\n"), 1)
            if (match := LIST_ITEM.match(line))
        ]
        if not 1 <= len(items) <= 6:
            yield block.line, f"a '{block.name}' list must have one to six items: found {len(items)}; split or shorten it"
        for number, text in items:
            if block.name == "dont" and not text.lower().startswith("do not "):
                yield number, f"an item of a 'dont' list must begin 'do not': found {text[:30]!r}; add the words"
