"""Rules on what front matter says, beyond its form: reviews, reviewers, repeats, scripts."""

from __future__ import annotations

import datetime
import re

from ..article import Article
from ..front_matter import DUE_SOON, LISTS, YEAR, longest, when
from ..problem import Found, nearest
from ..site import Site

STALE = 730
"""Days after which a search for new studies counts as old."""

CHECKED = re.compile(
    r"\b(?:(?:checked|reviewed|approved|read through|written) by (?:an? |our |the |two )?(?:\w+ )?(?:doctors?|clinicians?|nurses?|specialists?|physiotherapists?|neurologists?)"
    r"|(?:doctors?|clinicians?|nurses?|specialists?|neurologists?) (?:has|have) (?:checked|reviewed|approved) (?:this|these|our|the|all|every))\b",
    re.IGNORECASE,
)
UNCHECKED = re.compile(r"\b(?:no|not|nobody|none|never|until|if|unless|yet)\b|\?", re.IGNORECASE)


def review_dates(article: Article, site: Site) -> Found:
    """A page is reviewed once a year, one with the tag safety or under ``tonight/`` every six months; it warns 60 days before, and while overdue.

    Wrong: ``next_review: 2031-01-01``
    Right: ``next_review:`` a year after ``last_reviewed:``
    """
    last, following = article.meta.get("last_reviewed"), article.meta.get("next_review")
    if type(last) is not datetime.date or type(following) is not datetime.date:
        return
    line = article.line_of("next_review")
    most = longest(article.path, article.meta.get("tags"))
    if (following - last).days > most:
        why = "" if most == YEAR else ", with the tag safety or under tonight/"
        latest = last + datetime.timedelta(days=most)
        yield line, f"'next_review' must be within {most} days of 'last_reviewed'{why}: found {following}; write {latest} or earlier"
    days = (following - site.today).days
    if days < 0:
        yield line, f"a page must be reviewed by its date: it was due on {following}; read it again, then set the dates anew", True
    elif days <= DUE_SOON:
        yield line, f"a review comes due on {following}: {when(days)}; plan it (make due lists them all)", True
    searched = article.meta.get("evidence_searched")
    if type(searched) is datetime.date and (last - searched).days > STALE:
        yield article.line_of("evidence_searched"), f"new studies must be looked for every two years: found {searched}; look again, then set the date", True


def named_reviewer(article: Article, site: Site) -> Found:
    """Who reviewed a page is a named person with their profession, or nobody.

    Wrong: ``reviewed_by: a doctor``
    Right: ``reviewed_by: nobody``, or a name, a comma and what they are
    """
    value = article.meta.get("reviewed_by")
    if isinstance(value, str) and value and value != "nobody" and ("," not in value or value.lower().startswith("nobody")):
        cure = "write nobody in small letters" if value.lower() == "nobody" else "say who it was"
        yield (
            article.line_of("reviewed_by"),
            f"'reviewed_by' must be 'nobody', or a person's name, a comma and their profession: found '{value}'; {cure}",
        )
    name = value.partition(",")[0].strip() if isinstance(value, str) else ""
    if name and name in (article.meta.get("authors") or ()):
        yield article.line_of("reviewed_by"), f"'reviewed_by' must not be who wrote the page: found '{name}'; name a second person, or write nobody"
    if value != "nobody":
        return
    for sentence in article.sentences:
        if (match := CHECKED.search(sentence.text)) and not UNCHECKED.search(sentence.text):
            yield sentence.line, f"a page that nobody reviewed must not say somebody did: found '{match.group(0)}'; take it out, or name them in 'reviewed_by'"


def named_authors(article: Article, site: Site) -> Found:
    """Each author is a name; letters that belong to one stand in quotes with it.

    Wrong: ``authors: [Anna Blake, RN]``
    Right: ``authors: ["Anna Blake, RN"]``
    """
    for name in article.meta.get("authors") or ():
        if isinstance(name, str) and (re.fullmatch(r"(?:[A-Z]{2,}|PhD|M[DS]c?|BSc|Dr)\.?", name) or re.search("[“”„«»]", name)):
            yield article.line_of("authors"), f"an author must be a name: found '{name}'; write the name and its letters in straight quotes, such as [\"Anna Blake, RN\"]"


def claim_shown(article: Article, site: Site) -> Found:
    """The claim a page is about is shown on it: what a shared picture says of the page, the page says too.

    Wrong: ``main_claim: massage-helps-on-dialysis`` without its card
    Right: the same, and ``/// evidence | massage-helps-on-dialysis``
    """
    claim = article.meta.get("main_claim")
    if isinstance(claim, str) and claim in site.evidence.claims and claim not in {block.argument for block in article.blocks if block.name == "evidence"}:
        yield article.line_of("main_claim"), f"'main_claim' must be shown on the page: found no '/// evidence | {claim}'; add it, or name the claim that is shown"


def no_repeats(article: Article, site: Site) -> Found:
    """A list in front matter names each thing once.

    Wrong: ``tags: [sleep, sleep]``
    Right: ``tags: [sleep]``
    """
    for key in LISTS:
        items = article.meta.get(key)
        if not isinstance(items, list):
            continue
        words = [str(item) for item in items]
        for word in sorted({word for word in words if words.count(word) > 1}):
            yield article.line_of(key), f"'{key}' must name each entry once: found '{word}' {words.count(word)} times; keep one"


def known_script(article: Article, site: Site) -> Found:
    """A tool's script is a module in ``docs/javascripts``.

    Wrong: ``script: dairy``
    Right: ``script: diary``
    """
    name = article.meta.get("script")
    if not isinstance(name, str) or not name:
        return
    known = {file.stem for file in (site.docs / "javascripts").glob("*.js")}
    if name not in known:
        yield article.line_of("script"), f"'script' must name a module of docs/javascripts: found '{name}'{nearest(name, known) or '; add it there'}"
