"""The rules an article keeps: one function each, yielding ``line, message``, and ``True`` where it only warns.

ARTICLE rules look at one article; SITE rules at the whole tree, and yield the file before the line. A rule's name is the
name of its function; the first line of its docstring says what must be, ``Wrong`` and ``Right`` in it show how.
"""

from __future__ import annotations

from typing import Callable, Iterable, Iterator

from ..article import Article
from ..problem import Found, FoundIn, Problem
from ..site import TEMPLATE, Site
from . import addresses, blocks, evidence_words, headings, images, layout, links, meta, project, questions, reading, safety, search_words, tree, wording

ArticleRule = Callable[[Article, Site], Found]
SiteRule = Callable[[Site], FoundIn]

ARTICLE: tuple[ArticleRule, ...] = (
    headings.front_matter,
    meta.review_dates,
    meta.named_reviewer,
    meta.named_authors,
    meta.claim_shown,
    meta.no_repeats,
    meta.known_script,
    headings.one_heading,
    headings.heading_order,
    headings.heading_marks,
    headings.duplicate_headings,
    headings.required_headings,
    blocks.known_blocks,
    blocks.short_version,
    blocks.steps_have_times,
    blocks.routine_guards,
    blocks.safety_line,
    blocks.care_cards,
    blocks.do_and_dont,
    layout.list_spacing,
    layout.table_shape,
    layout.no_tabs,
    layout.no_code,
    layout.closed_bold,
    evidence_words.citations_exist,
    evidence_words.citation_place,
    evidence_words.figures_cited,
    evidence_words.figures_possible,
    evidence_words.certainty_words,
    reading.reading_grade,
    wording.people_first,
    wording.no_brands,
    wording.no_promises,
    wording.no_testimonials,
    wording.safe_hands,
    wording.phone_numbers,
    wording.plain_characters,
    wording.plain_style,
    wording.finished_text,
    images.image_text,
    links.relative_links,
    links.link_form,
    links.link_words,
    links.undefined_references,
    links.raw_html,
    questions.question_answers,
)
"""Every rule for one article, in the order problems are listed for one line."""

SITE: tuple[SiteRule, ...] = (
    tree.one_address,
    tree.file_names,
    tree.known_files,
    tree.in_navigation,
    tree.old_addresses,
    addresses.kept_addresses,
    tree.images_used,
    tree.unique_texts,
    tree.reading_average,
    tree.named_pages,
    tree.dated_changes,
    search_words.search_words,
    safety.safety_text,
    evidence_words.evidence_text,
    project.settings,
    project.templates,
    project.drawings,
    project.scripts,
    project.lock,
)
"""Every rule for the whole tree."""


def check_article(article: Article, site: Site, rules: Iterable[ArticleRule] = ARTICLE) -> list[Problem]:
    """Return every problem of one article, sorted by line."""
    return sorted(
        Problem(article.shown, line, rule.__name__, message, *warning) for rule in rules for line, message, *warning in rule(article, site)
    )


def found_by(rule: SiteRule, site: Site) -> Iterator[Problem]:
    """Yield what one rule for the whole tree finds."""
    for path, line, message, *warning in rule(site):
        yield Problem(path, line, rule.__name__, message, *warning)


def check_ground(site: Site) -> list[Problem]:
    """Return what is wrong with the settings or the evidence: every page rests on them, and would be named for their slips."""
    if site.settings and site.evidence.whole and not site.evidence.problems:
        return []
    return sorted({*site.evidence.problems, *found_by(project.settings, site)})


def check_site(site: Site) -> list[Problem]:
    """Return what is wrong with the ground every page rests on, alone; else every problem of the tree."""
    if ground := check_ground(site):
        return ground
    found = _check_tree(site)
    for article in (*site.articles.values(), *filter(None, [site.template])):
        found += check_article(article, site)
    return sorted(set(found))


def _check_tree(site: Site) -> list[Problem]:
    return [*site.unreadable, *(problem for rule in SITE for problem in found_by(rule, site))]


def check_file(path: str, site: Site) -> list[Problem]:
    """Return the problems of one file, by its path from ``docs/``: an article's own, or what the whole check says of any other."""
    if ground := check_ground(site):
        return ground
    if article := site.template if path == TEMPLATE else site.articles.get(path):
        return check_article(article, site)
    unreadable = [problem for problem in site.unreadable if problem.path == f"docs/{path}"]
    return unreadable or sorted({problem for problem in _check_tree(site) if problem.path == f"docs/{path}"})
