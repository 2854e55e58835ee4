"""Rules on words: people first, no brands, no promises, plain style."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Iterator

from ..article import CODE, HARD_SPACE, HEADING, IMAGE, Article, Sentence, pieces, plain_text
from ..problem import Found
from ..site import Site

LABELS = re.compile(r"\b(suffer(?:s|er|ers|ing)?(?: from| with)?|victims?|afflicted|the elderly|pensioners?)\b", re.IGNORECASE)
"""Words that make a person of an illness."""

BRANDS = re.compile(
    r"\b(theragun|therabody|hypervolt|hyperice|normatec|renpho|jsb|hf ?72|relaxis|restiffic|tomac|ntx ?100|nidra|mmf ?07"
    r"|medisana|beurer|philips|omron|compex|slendertone|bob (?:and|&) brad|noctrix|medi-?rub|dr\.? ?scholl'?s|homedics|naipo|shiatsu ?mate|osim|oto ?bodycare|revitive|circulation booster|voltaren|deep heat|tiger balm|biofreeze|triggerpoint|amazon|ebay)\b",
    re.IGNORECASE,
)
"""Names of things that are sold, and of shops."""

PROMISES = re.compile(
    r"\b((?:clinically|scientifically)[ -]proven|proven to (?:work|help|ease|cure)|guarantee[ds]?|miracle|cures? (?:your |the )?(?:restless|rls)|(?:stops?|ends?) (?:your )?(?:restless legs|rls)[^.]* for good"
    r"|replaces? (?:your|the|all|any) (?:medicines?|medication|tablets?|pills?)|works wonders|always (?:works|helps)|(?:is|are) (?:a|the) cure\b|will cure\b|100% safe|(?:completely|perfectly|totally)[ -]safe|no side effects|instant relief|toxins? (?:are )?flush|boosts? circulation"
    r"|will (?:stop|end|fix) (?:your |the )?(?:restless legs|rls)|(?:gets?|be) rid of (?:your |the )?(?:restless legs|rls)"
    r"|(?:an?|the|one) (?:\w+ )?cure for|cured (?:my |your |the |her |his |their )?(?:restless|rls|legs)|(?:massag\w+|massage|rub\w*|roll\w*|compression) (?:is|are) proven|the best (?:treatment|cure|remedy)|no longer needs? (?:\w+ ){0,2}(?:medicines?|medication|tablets?|pills?))\b",
    re.IGNORECASE,
)
"""More than is known. NEGATED spares it: a sentence that says no, or tells what others claim."""

FALSE_HELP = re.compile(
    r"\b(?:alcohol|wine|whisky|brandy|nightcap|beer)\b[^.]*\b(?:helps?|eases?|relax(?:es)?|calms?)\b"
    r"|\b(?:poor|bad) circulation (?:causes?|is (?:why|the cause))|\btight muscles? causes?\b"
    r"|\b(?:AASM|AAN|NICE|guidelines?) (?:recommends?|rejects?|endorses?|backs?) (?:\w+ )?massage"
    r"|\bmassage\b[^.]*\b(?:releases?|boosts?|raises?)\b[^.]*\b(?:endorphins?|dopamine|serotonin)\b",
    re.IGNORECASE,
)
"""Stories readers meet elsewhere that the evidence does not bear out."""

NEGATED = re.compile(r"\b(?:not|no|nor|nothing|never|nobody|none|cannot|can't|isn't|claims?|says?|said|told|heard|promis\w+|myth|wrong|call\w*)\b|\?", re.IGNORECASE)
"""What spares a promise or a story: a no, a question, or words that put it into the mouths of others."""

FALSE_COMFORT = re.compile(
    r"\b(?:(?:no|not|n't) need to (?:ask|see|tell|call) (?:your|a|the) (?:doctor|midwife|nurse)|(?<!not )(?<!never )wait (?:until|till|for) (?:the )?morning"
    r"|(?:chest pain|(?:short(?:ness)?|out) of breath|numbness|swelling|weakness)\b[^.,;]{0,40}\b(?:is|are) (?:\w+ )?(?:normal|harmless|fine|nothing to worry)"
    r"|(?<!not )(?<!never )give (?:your|the|a|any) (?:\w+ )?(?:baby|toddler|child|son|daughter|teenager)s? (?:\w+ ){0,2}(?:melatonin|iron|magnesium|medicines?|antihistamines?|gabapentin|ropinirole|tablets?)"
    r"|(?:is|are) safe (?:in|during) pregnancy|(?<!not )(?<!never )press (?:\w+ )?until it hurts|(?<!not )(?<!never )(?:in|use) boiling water)\b",
    re.IGNORECASE,
)
"""What keeps a reader from help, or hurts: spared where it is asked, or where SOFTENED says who decides."""

SOFTENED = re.compile(r"\?|\b(?:whether|if it|unless|nobody|which|what|not known|do not know|we found no|only (?:if|after|when|with)|told)\b", re.IGNORECASE)

DRUGS = r"(?:medicine|medication|tablet|drug|pill|ropinirole|pramipexole|rotigotine|levodopa|gabapentin|pregabalin|opioid|antidepressant)s?"
"""What must not be stopped alone."""

STOP_MEDICINE = re.compile(
    rf"(?<!not )(?<!never )\b(?:stop|quit|skip|halve|reduce|lower|leave out|throw away|wean (?:yourself )?off|drop|cut(?: down(?: on)?)?|swap|replace|come off|give up|do without) (?:taking )?(?:(?:your|the|a|any|all) )?(?:dose of )?(?:\w+ )?{DRUGS}\b(?! (?:and|or) (?:phone|screen)| for a book)",
    re.IGNORECASE,
)
"""An order to stop a medicine or take less of it. SAFE_NEAR spares it."""

CHANGE_DOSE = re.compile(
    r"(?<!not )(?<!never )\b(?:halve|double|skip) (?:your|the|a|this|one|tonight's) (?:next )?dose\b|(?<!not )(?<!never )\btake (?:an? )?(?:extra|second|double) "
    rf"{DRUGS}\b|\b(?:do not|don't|never) take (?:your|tonight's) (?:\w+ )?{DRUGS} (?:tonight|today|this|for a|any more)|(?<!not )(?<!never )\b(?:reduce|lower|raise|increase|change|cut) (?:your|the) dose (?:yourself|on your own|alone)\b"
    rf"|(?<!not )(?<!never )\b(?:stop|end|cut|leave|skip|shorten) (?:your |the |a )?dialysis\b(?! (?:nurse|team|unit|chair))|(?<!not )(?<!never )\bthrow (?:your|the) {DRUGS} away\b|(?<!not )(?<!never )\btake iron\b[^.]*\b(?:without (?:an? |any )?(?:blood )?test|no test)\b",
    re.IGNORECASE,
)
"""An order to take more, less or none of a dose, or iron without a test: a "not" before it spares it, and nothing else."""

TAKE_IRON = re.compile(
    r"(?<!not )(?<!never )\b(?:take|try|start|use|buy|get|swallow|add) (?:an? |some |more |extra |your |daily |low-dose |over-the-counter |\d+ ?(?:mg|milligrams) |of |(?:elemental|ferrous) )*iron\b(?! (?:tests?|test(?:ed|ing)|numbers?|levels?|checked|studies|panel|infusion))"
    r"|\biron (?:tablets?|pills?|supplements?|drops?|syrup) (?:at home|every|each|daily|will|are worth|is worth|should)\b",
    re.IGNORECASE,
)
"""An order to take iron; a test, a level or an infusion is none. SAFE_NEAR spares it."""

TESTIMONIALS = re.compile(
    r"^#+ (?!no\b).*\btestimonials?\b|\b(?:success stor(?:y|ies)|(?:happy|satisfied) (?:customers?|readers?|users?)|(?:five|5|4\.\d)[- ]stars?|swears by(?! nothing))\b|\b(?-i:[A-Z][a-z]+), (?:aged )?\d\d,? (?:says|said|writes|told)\b"
    r"|[\"“][^\"”]*\b(?:I|my|me)\b[^\"”]*[\"”][,.]? ?(?:[—–-] ?|\()?(?:(?:says?|said|writes?|wrote|reports?) )?(?-i:[A-Z])\w+(?: (?-i:[A-Z])\w*\.?)?(?:,| from | aged |\)|\.(?=\s|$)|$)",
    re.IGNORECASE,
)
"""One happy voice: it shows nothing, and nobody here gave us one."""

SAFE_NEAR = re.compile(r"\b(?:do not|don't|never|not|without|before you|unless|nor|only (?:if|after|with|when)|when you|want to|how to|ask|test|doctor|should you|told to|should i|can i|may i|can massage)\b", re.IGNORECASE)
"""What spares both: a no, a condition, a question, or somebody to ask."""

ODD = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff\\ufffd\\ue000-\\uf8ff\\ufb00-\\ufb06]|\u00e2\u20ac.|\u00c3[\\u0080-\\u00bf]|\u00c2(?=[\\s\\u00a0-\\u00bf])")
"""Characters nobody sees, that turn text round, letters that are glued together, or what comes from saving UTF-8 twice."""

PHONE = re.compile(r"\b(?:call|ring|dial|phone) \[?(?!999|112|911|000|111|988)\d{3}\b|\+\d[\d ()-]{6,}\d|\b0\d{2,4}[ -]?\d{3}[ -]?\d{3,4}\b|\b1-\d{3}-\d{3}-\d{4}\b|\(\d{3}\) ?\d{3}-\d{4}")
"""A number as phones write it; the emergency numbers are short, and pass."""

RUB = (
    r"(?:massage(?! guns?\b)|rub|roll(?! (?:up|down|over|onto)\b| (?:the|your|a) (?:sleeves?|trousers|towel))|press(?! (?:\w+ ){1,3}(?:button|bell|key|switch))"
    r"|knead|stroke|squeeze|vibrate|use (?:a|the|your) (?:\w+ )?(?:massager|gun|roller|ball|machine|pump|boots?))"
)
"""An order to rub, press or use a machine, and not to press a button or roll up a sleeve."""

SIGN = r"(?:swollen|swell|swells|swelling|hot(?! (?:bath|shower|drink|water|day))|numb|red(?! button)|clot)"
"""A sign of a clot, or a leg that does not feel."""

RISKY = re.compile(
    rf"\b{RUB}\b[^.]{{0,120}}\b{SIGN}\b[^.]{{0,120}}\b(?:leg|calf|calves|foot|feet|thigh)"
    r"|\b(?:massage|rub|knead|squeeze)\b[^.]{0,120}\b(?:leg|calf|foot|thigh)[^.]{0,120}\b(?:clot|swollen|hot to touch)\b"
    rf"|\b{RUB}\b[^.]{{0,120}}\b(?:fistula|graft|(?<!around )(?<!beside )varicose veins?|over a bulging vein)\b"
    r"|\b(?:massag(?:e|ing)|rub(?:bing)?|knead(?:ing)?|squeez(?:e|ing))\b[^.]{0,120}\beven (?:if|when|though)\b[^.]{0,120}\b(?:swollen|hot|red|numb|sore|clot)\b"
    r"|\b(?:put|lay|place|hold|rest|use)\b[^.]{0,60}\b(?:hot|heat(?:ed)?|warm)\b[^.]{0,60}\bnumb\b",
    re.IGNORECASE,
)
"""Rubbing near such a sign, over a fistula or vein, or heat on what is numb. CAREFUL spares it, or FORBIDS where EVEN_IF stands."""

RISK = "nobody may be told to rub a leg that may hold a clot, or to rub or heat a numb one"
"""What must be, where RISKY, ORDERED or ROW is found."""

ORDERED = re.compile(
    rf"\b(?:if|when|where)\b[^.,:;]{{0,80}}\b{SIGN}\b(?! (?:is|has) gone)[^.,:;]{{0,80}}[,:]? (?:(?:you|can|may|should|then|just|gently) )*{RUB}\b"
    rf"|\b{RUB}\b[^.,;]{{0,80}}\b(?:if|when|where|once)\b[^.,;]{{0,60}}\b{SIGN}\b"
    rf"|^(?!.*\?).*\b(?:safe|fine|all right|good) to {RUB}\b[^.]{{0,40}}\b{SIGN}\b[^.]{{0,40}}\b(?:leg|calf|foot|feet|thigh)"
    r"|\b(?:massaging|rubbing|kneading|squeezing|heating|warming)\b[^.]{0,30}\b(?:swollen|hot|numb|red)\b[^.]{0,30}\b(?:leg|calf|foot|feet|thigh)\b[^.]{0,20}\b(?:helps?|eases?|brings?|works?|is (?:fine|safe|good))\b"
    r"|\b(?:heat|warm) (?:a|the|your) numb\b",
    re.IGNORECASE,
)
"""An order with an "if", which makes worse here what it excuses elsewhere; a plain "safe to", and praise of the same."""

ROW = re.compile(rf"\b(?:{SIGN}\b.*\b(?:leg|calf|foot|thigh)|(?:leg|calf|foot|thigh)\b.*\b{SIGN})\b.*\b{RUB}\b", re.IGNORECASE)
"""A sign in one cell of a table, and an order in a later one."""

CAREFUL = re.compile(
    r"\b(?:not|never|no|nobody|nothing|none|without|stop|unless|if|(?:keep|stay)(?:ing)? (?:away|off)|before(?! (?:you )?(?:bed|sleep|go(?:ing)? to (?:bed|sleep)))|cannot|who|should|safe|avoid|they|look|leave)\b|\?", re.IGNORECASE
)
"""What spares RISKY: a no, an if, a question, or words of care."""

EVEN_IF = re.compile(r"\beven (?:if|when|though)\b", re.IGNORECASE)
"""Takes the excuse from an if."""

FORBIDS = re.compile(r"\b(?:(?<!if )not|never|no|nor|neither|nobody|nothing|stop|cannot|leave|avoid|ask [^.]*\bbefore|only (?:if|when|after)|(?:keep|stay)(?:ing)? (?:away|off))\b", re.IGNORECASE)
"""What alone spares ORDERED, ROW and an even-if: a plain no, or somebody to ask before."""

MERGE = re.compile(r"^(?:<{7}(?: |$)|={7}\s*$|>{7}(?: |$))")
"""What git leaves where two people changed one line."""

UNWRITTEN = "Write here:"
"""What ``rls-site new`` leaves where a writer is to write."""

STYLE = (
    (re.compile(r"!(?=[\"”’')]*(?:\s|$))"), "no exclamation mark", "end with a full stop"),
    (re.compile(r"\s&\s"), "'and' in words", "write 'and'"),
    (re.compile(r"~~|^- \[[ x]\]", re.IGNORECASE), "no words struck through and no boxes", "take the marks out"),
    (re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b"), "dates in words", "write them as 3 April 2020: elsewhere the month comes first"),
    (re.compile(r"\bclick\b", re.IGNORECASE), "words that fit any device", "write 'choose' or 'press'"),
    (re.compile(r"\b(?:lorem ipsum|coming soon|TODO|FIXME|TB[DC]|(?-i:TK|XX+))\b|\?\?|\[(?:insert|add|cite|citation|source|number|date|name|check)\b[^\]]*\]", re.IGNORECASE), "finished text", "write it or take it out"),
    (re.compile(r"^\s*(?:[\u2022\u25aa\u25e6\u25cf\u00b7\u2013\u2014](?=\s)|o\t)"), "a list's mark as '- '", "begin the item with '- '"),
    (re.compile(r"(?<!\])\[\d[\d, \u2013-]*\](?!:)|\[[A-Z]{1,3}\d+\]|(?<=[a-z]{2})[.,]?[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+"), "no mark of another program", "cite with [@key], or take it out"),
)
"""What no text holds: pattern, what must be, how to mend it."""

US_SPELLING = re.compile(r"\b(?:colors?|colored|centers?|fibers?|behaviors?|gray|anemi[ac]|edema|hemodialysis|hemoglobin|odors?|favorites?|tumors?|diarrhea|estrogen|pediatric\w*)\b")
"""Words whose British spelling is another; names begin with a capital, and what people also say is spelled as they do."""


QUOTE = re.compile("[\"“]")
TEXTS = ("title", "description", "scope", "withdrawn")
"""Keys of front matter that readers see as words."""

UNREAD = re.compile(rf"\]\([^)]*\)|{CODE.pattern}|\[@[^\]]*\]")
"""Addresses, code and citations: what a reader does not read as words."""


@lru_cache(maxsize=4)
def _lines(article: Article) -> tuple[tuple[int, str], ...]:
    return tuple(_read_lines(article))


def _read_lines(article: Article) -> Iterator[tuple[int, str]]:
    for number, line in article.lines:
        line = UNREAD.sub("", line) if "[" in line or "`" in line else line
        yield number, re.sub(r"(?<!\w)_+|_+(?!\w)", "", line)  # marks of emphasis, which are letters to a pattern
    for key in TEXTS:
        yield article.line_of(key), str(article.meta.get(key) or "")


@lru_cache(maxsize=4)
def _said(article: Article) -> tuple[Sentence, ...]:
    return tuple(_read_sentences(article))


def _read_sentences(article: Article) -> Iterator[Sentence]:
    """Yield all that is read, a sentence at a time: an article's own sentences, headings, cells, images' texts, front matter.

    Of those that are no sentence of the article's own, ``raw`` is the whole line: a cell is answered by the one beside it.
    """
    yield from article.sentences
    for number, line in article.lines:
        if line.lstrip().startswith("|"):
            parts, place = re.split(r"(?<!\\)\|", line.strip().strip("|")), "table"
        elif HEADING.match(line):
            parts, place = [line.lstrip("# ")], "heading"
        else:
            parts, place = [match.group(1) for match in IMAGE.finditer(line)], "image"
        for part in parts:
            yield from (Sentence(number, line, plain_text(raw), place) for raw in pieces(part.strip()))
    for block in article.blocks:
        if block.name == "steps" and block.argument:
            yield Sentence(block.line, block.argument, plain_text(block.argument), "title")
    for key in TEXTS:
        yield from (Sentence(article.line_of(key), raw, raw, "front matter") for raw in pieces(str(article.meta.get(key) or "")))


def people_first(article: Article, site: Site) -> Found:
    """People have restless legs; they are never sufferers or victims.

    Wrong: ``RLS sufferers``
    Right: ``people with RLS``
    """
    for number, line in _lines(article):
        if match := LABELS.search(line):
            yield number, f"people come first, as in 'people with RLS': found '{match.group(0)}'; reword it"


def no_brands(article: Article, site: Site) -> Found:
    """No brand or product name stands in a page; titles of sources may hold one.

    Wrong: the name of a massage gun's maker
    Right: ``a massage gun``
    """
    for number, line in _lines(article):
        if match := BRANDS.search(line):
            yield number, f"a page must name kinds of device, not brands: found '{match.group(0)}'; say what kind it is"


def no_promises(article: Article, site: Site) -> Found:
    """Nothing is promised, no one is told to stop a medicine or to take iron untested.

    Wrong: ``Massage is clinically proven.``
    Right: ``Massage may help some people for a while.``
    """
    for sentence in _said(article):
        told = sentence.block == "table" and QUOTE.match(sentence.text)  # what is said elsewhere, answered in the row
        # "No side effects" is a promise, and its own "no" takes none of it back.
        if (match := PROMISES.search(sentence.text)) and not told and not NEGATED.search(PROMISES.sub("", sentence.text)):
            yield sentence.line, f"a page must not promise: found '{match.group(0)}'; say what was found, and how sure we are"
        if (match := STOP_MEDICINE.search(sentence.text)) and not SAFE_NEAR.search(sentence.text):
            yield sentence.line, f"nobody may be told to stop a medicine: found '{match.group(0)}'; say 'do not stop a medicine on your own'"
        if (match := CHANGE_DOSE.search(sentence.text)) and not re.search(r"\b(?:not|never)\b", sentence.text[: match.start()]) and not sentence.text.endswith("?"):
            yield sentence.line, f"nobody may be told to change a dose, or to take iron untested: found '{match.group(0)}'; say 'do not', and whom to ask"
        if (match := FALSE_HELP.search(sentence.text)) and not NEGATED.search(plain_text(sentence.raw)) and not QUOTE.match(sentence.text):
            yield sentence.line, f"a page must not tell what the evidence does not: found '{match.group(0)[:60]}'; say what was found, and how sure we are"
        if (match := FALSE_COMFORT.search(sentence.text)) and not told and not SOFTENED.search(sentence.text):
            yield sentence.line, f"nobody may be kept from help or told to hurt themselves: found '{match.group(0)}'; say whom to ask, or when to get help"
        if (match := TAKE_IRON.search(sentence.text)) and not SAFE_NEAR.search(sentence.text):
            yield sentence.line, f"nobody may be told to take iron untested: found '{match.group(0)}'; say 'after a blood test'"


def no_testimonials(article: Article, site: Site) -> Found:
    """No single voice praises a treatment: what one person tells is no evidence, and none is made up.

    Wrong: ``"It changed my nights," says Anna, 52.``
    Right: ``One woman felt better after two sessions [@russell2007massage].``
    """
    for number, line in _lines(article):
        for match in TESTIMONIALS.finditer(line):
            if NEGATED.search(re.split(r"(?<=[.?!]) ", line[: match.start()])[-1]):
                continue
            yield number, f"a page must not praise in one person's voice: found '{match.group(0)[:50]}'; say what studies found, with their source"


def plain_characters(article: Article, site: Site) -> Found:
    """Text holds letters and marks people can see, saved once as UTF-8.

    Wrong: ``donâ€™t``, or a character that turns the line round
    Right: ``don't``
    """
    for number, line in article.lines:
        if match := HARD_SPACE.match(line):
            place = f" after '{match['mark'].strip()}'" if match["mark"] else ""
            yield number, f"a line must begin with ordinary spaces: found a hard one{place}; type the space again, or run: rls-site check --fix"
        if match := ODD.search(line):
            yield number, _unseen(line, match)
    for key, item in article.front.value.items():
        if isinstance(item.value, str) and (match := ODD.search(item.value)):
            yield article.line_of(key), _unseen(item.value, match)


def _unseen(text: str, match: re.Match) -> str:
    around = f" between {text[: match.start()][-12:]!r} and {text[match.end() :][:12]!r}"
    return f"text must hold characters people can see: found {match.group(0)!a}{around}; delete what stands there, and type it again"


def phone_numbers(article: Article, site: Site) -> Found:
    """Phone numbers come from the safety text, where they are checked.

    Wrong: ``Call 0800 123 4567.``
    Right: ``/// safety | numbers``
    """
    for number, line in _lines(article):
        if match := PHONE.search(line):
            yield number, f"phone numbers must come from the safety text: found '{match.group(0).strip()}'; write '/// safety | numbers'"


def safe_hands(article: Article, site: Site) -> Found:
    """Nobody is told to massage a swollen, hot or numb leg, or to heat a numb one.

    Wrong: ``Massage the swollen calf for ten minutes.``
    Right: ``Do not massage a swollen calf. It may hold a clot.``
    """
    for sentence in _said(article):
        ordered = ORDERED.search(sentence.text)
        match = ordered or RISKY.search(sentence.text)
        careful = FORBIDS if ordered or EVEN_IF.search(sentence.text) else CAREFUL
        if match and sentence.block not in ("dont", "care") and not careful.search(sentence.text):
            yield sentence.line, f"{RISK}: found '{match.group(0)[:60]}'; say 'do not', and show '/// safety | urgent'"
    for number, line in article.lines:
        row = plain_text(line.replace("|", " ")) if line.lstrip().startswith("|") else ""
        if (match := ROW.search(row)) and not FORBIDS.search(row):
            yield number, f"{RISK}: found '{match.group(0)[:60]}'; say 'do not', and show '/// safety | urgent'"


def finished_text(article: Article, site: Site) -> Found:
    """Nothing is left to write or to merge, and a paragraph ends with a full stop; a new article's "Write here:" lines warn until they are gone, and are not built.

    Wrong: ``Write here: what the trials found.``
    Right: ``Two small trials found less crawling [@park2020foot].``
    """
    for number, line in article.lines:
        if MERGE.match(line):
            yield number, f"two versions must be merged: found '{line.strip()[:30]}'; keep one, and take the three marks out"
    for number, line in _lines(article):
        if UNWRITTEN in line:
            found = line[line.index(UNWRITTEN) :].strip()
            yield number, f"text must be finished: found '{found[:50]}'; write it, or take the line out", True
    yield from _unended(article)


ENDED = re.compile(r"[.?!:_][\"”’')*]*(?:\]\([^)]*\))?(?: ?\[@[^\]]*\])?$")
"""How a paragraph ends: with a full stop or a question, perhaps of a link's words or before a citation; with a colon, or a line to fill in."""

NO_PARAGRAPH = re.compile(r"#|///|\||!\[|\s*[-*+] |\s*\d+[.)] |\s*[\u2022\u25cf]| {4}|>|```|~~~|[-=]{3}|<|\[[^\]]+\]:")
"""What begins a line that is no sentence: headings, lists, tables, and what other rules turn down."""


def _unended(article: Article) -> Found:
    listed = {number for block in article.blocks if block.name in ("also-called", "care") for number in range(block.line, (block.end or block.line) + 1)}
    first = last = ""
    at = 0
    for number, line in [*article.lines, (0, "")]:
        if line.strip() and not line.startswith("///"):
            first, last, at = first or line, line.strip(), number
            continue
        if first and at not in listed and not NO_PARAGRAPH.match(first) and not NO_PARAGRAPH.match(last) and UNWRITTEN not in last and not ENDED.search(last):
            yield at, f"a paragraph must end with a full stop: found '{last[-40:]}'; finish the sentence"
        first = ""


def plain_style(article: Article, site: Site) -> Found:
    """No exclamation marks, no ampersands, no unfinished words.

    Wrong: ``Relax & sleep!``
    Right: ``Relax and sleep.``
    """
    for number, line in _lines(article):
        for pattern, must, cure in STYLE:
            if match := pattern.search(line):
                yield number, f"text must have {must}: found '{match.group(0).strip()}'; {cure}"
    theirs = {number for block in article.blocks if block.name == "also-called" for number in range(block.line, (block.end or block.line) + 1)}
    for number, line in _lines(article):
        if number not in theirs and (match := US_SPELLING.search(line)):
            yield number, f"text must have British spelling: found '{match.group(0)}'; write it as in 'colour', 'centre' or 'anaemia'"
