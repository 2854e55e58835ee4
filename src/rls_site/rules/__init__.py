"""The rules an article keeps: one function each, yielding ``(line, message)``.

ARTICLE rules look at one article; SITE rules at the whole tree and yield whole problems. A rule's name is the name of
its function; the first line of its docstring says what must be, ``Wrong`` and ``Right`` in it show how.
"""

from __future__ import annotations

from typing import Callable, Iterator

from ..article import Article
from ..problem import Problem
from ..site import Site
from . import blocks, evidence_words, headings, images, layout, links, meta, project, questions, reading, safety, tree, wording

ArticleRule = Callable[[Article, Site], Iterator[tuple]]
SiteRule = Callable[[Site], Iterator[Problem]]

ARTICLE: tuple[ArticleRule, ...] = (
    headings.front_matter,
    meta.review_dates,
    meta.named_reviewer,
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
    blocks.safety_line,
    blocks.care_cards,
    blocks.do_and_dont,
    layout.list_spacing,
    layout.table_shape,
    layout.no_code,
    evidence_words.citations_exist,
    evidence_words.citation_place,
    evidence_words.figures_cited,
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
    tree.images_used,
    tree.unique_texts,
    tree.reading_average,
    safety.safety_text,
    evidence_words.evidence_text,
    project.settings,
    project.templates,
    project.drawings,
    project.scripts,
    project.lock,
)
"""Every rule for the whole tree."""


def check_article(article: Article, site: Site) -> list[Problem]:
    """Return every problem of one article, sorted by line; a rule may yield a third item True for a warning."""
    found = []
    for rule in ARTICLE:
        for line, message, *warning in rule(article, site):
            found.append(Problem(article.shown, line, rule.__name__, message, bool(warning and warning[0])))
    return sorted(found)


def check_site(site: Site) -> list[Problem]:
    """Return every problem of the whole tree: unreadable files, evidence, articles, and what spans several files."""
    found = list(site.unreadable) + list(site.evidence.problems)
    for article in site.articles.values():
        found += check_article(article, site)
    if site.template:
        found += check_article(site.template, site)
    for rule in SITE:
        found += rule(site)
    return sorted(set(found))
