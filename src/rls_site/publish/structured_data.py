"""What each page is, for machines: schema.org's words as JSON-LD in the page's head, from the front matter and the text.

Only what a reader can see on the page is said. ``reviewedBy`` stands only where a named person has checked it.
"""

from __future__ import annotations

import json
import posixpath
from pathlib import Path
from typing import Any

from ..article import IMAGE, Article, plain_text, seconds
from ..evidence.references import Reference
from ..evidence.usage import usage
from ..front_matter import AUDIENCES
from ..site import EDITORS, SITE_NAME, Site
from .pages import add_to_body, page_of
from .sections import paragraphs, sections
from .share import picture_address

LANGUAGE = "en-GB"

PAGE_TYPES = {
    "questions": ["MedicalWebPage", "FAQPage"],
    "about": ["AboutPage"],
    "landing": ["MedicalWebPage", "CollectionPage"],
    "tool": ["WebPage"],
}
"""The schema.org types of a page, by its own type; MedicalWebPage where none is named."""

THERAPIES = {
    "manual-massage": "Massage",
    "reflexology-acupressure": "Reflexology and acupressure",
    "leg-massager": "Leg and foot massagers",
    "compression": "Air compression",
    "vibration": "Vibration",
    "nerve-stimulation": "Nerve stimulation",
    "wraps-stockings": "Wraps and compression socks",
    "heat-cold": "Heat and cold",
    "movement": "Exercise, stretching and yoga",
    "iron": "Iron",
}
"""Topics that are treatments, with their names."""

MEDICAL = ("condition", "treatment", "how-to", "device", "situation", "questions", "landing", "evidence")
"""Page types that are about the condition."""


def structured_data(folder: Path, site: Site) -> None:
    """Put the description of each article at the end of its page: readers' text comes first, and what both say is sent once."""
    cited = _cited(site)
    for article in site.articles.values():
        data = {"@context": "https://schema.org", "@graph": describe(article, site, cited.get(article.path, []))}
        # "<" written as an escape: no text can end the script early.
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        add_to_body(page_of(folder, article), f'<script type="application/ld+json">{text}</script>')


def describe(article: Article, site: Site, cited: list[Reference]) -> list[dict[str, Any]]:
    """Return the graph of one page; ``cited`` are the references it rests on."""
    base = site.url
    url = base + article.address
    meta = article.meta
    publisher = {"@type": "Organization", "@id": f"{base}#publisher", "name": SITE_NAME, "url": base}
    page: dict[str, Any] = {
        "@type": PAGE_TYPES.get(article.type, ["MedicalWebPage"]),
        "@id": f"{url}#page",
        "url": url,
        "name": meta["title"],
        "description": meta["description"],
        "inLanguage": LANGUAGE,
        "isPartOf": {"@id": f"{base}#website"},
        "lastReviewed": str(meta["last_reviewed"]),
        "author": [_author(name, base) for name in meta["authors"]],
        "publisher": publisher if not article.address else {"@id": publisher["@id"]},
        "image": f"{base}{picture_address(article)}",
    }
    if meta["audience"] != ["everyone"]:  # that says nothing
        page["audience"] = [{"@type": "Audience", "audienceType": AUDIENCES[who]} for who in meta["audience"]]
    if meta["reviewed_by"] != "nobody":
        name, _, profession = meta["reviewed_by"].partition(",")
        page["reviewedBy"] = {"@type": "Person", "name": name.strip(), "jobTitle": profession.strip()}
    if article.type in MEDICAL:
        page["about"] = [condition(site)]
    if article.type in ("treatment", "device"):
        page["about"] += [{"@type": "MedicalTherapy", "name": THERAPIES[tag]} for tag in meta["tags"] if tag in THERAPIES]
    if cited:
        page["citation"] = [citation(reference) for reference in cited]
    if article.address:
        page["breadcrumb"] = breadcrumb(article, site, base)
    graph = [page]
    if article.withdrawn:
        return graph  # what was taken back is no answer and no instruction
    if found := questions(article, site, url):
        page["mainEntity"] = found
        if "FAQPage" not in page["@type"]:
            page["@type"] = [*page["@type"], "FAQPage"]
    graph += how_tos(article, url, site)
    if not article.address:
        graph.append(website(base, publisher, meta["description"]))
    return graph


def _author(name: str, base: str) -> dict[str, str]:
    ours = name == EDITORS
    return {"@type": "Organization" if ours else "Person", "name": name} | ({"url": f"{base}about/"} if ours else {})


def condition(site: Site) -> dict[str, Any]:
    """Return restless legs as a MedicalCondition, with the other names the glossary gives."""
    entry = next((entry for entry in site.evidence.glossary if entry["term"] == "restless legs syndrome"), {})
    return {"@type": "MedicalCondition", "name": "Restless legs syndrome", "alternateName": ["Restless legs", *(entry.get("also") or ())]}


def citation(reference: Reference) -> str:
    """Return one source as text: its address, or its title. Names and years stand in the page's list of sources."""
    return reference.link[0] or reference.title


def breadcrumb(article: Article, site: Site, base: str) -> dict[str, Any]:
    """Return the way from the home page: its section's first page, where there is one, and the page itself."""
    way = [("Home", base)]
    landing = site.articles.get(posixpath.join(posixpath.dirname(article.path), "index.md"))
    for step in (landing, article):
        if step is not None and (step.meta["title"], base + step.address) not in way:
            way.append((step.meta["title"], base + step.address))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": {"@id": address}} for number, (name, address) in enumerate(way, 1)
        ],
    }


def questions(article: Article, site: Site, url: str) -> list[dict[str, Any]]:
    """Return the questions of a page of questions with their answers, certainty included; nothing for other pages."""
    if not article.path.startswith("questions/"):
        return []
    return [
        {
            "@type": "Question",
            "name": heading.text,
            "url": f"{url}#{heading.anchor}",
            "acceptedAnswer": {"@type": "Answer", "text": paragraphs(text), "url": f"{url}#{heading.anchor}"},
        }
        for heading, text in sections(article, site)
        if heading and heading.text.endswith("?")
    ]


def how_tos(article: Article, url: str, site: Site) -> list[dict[str, Any]]:
    """Return one HowTo for each block of timed steps; the safety line goes with it, as the steps may be shown without their page."""
    line = plain_text(site.evidence.safety["line"])
    found = []
    for number, block in enumerate((block for block in article.blocks if block.name == "steps"), 1):
        steps = _items(block.body)
        total = sum(seconds(step) or 0 for step in steps)
        found.append(
            {
                "@type": "HowTo",
                "@id": f"{url}#how-to-{number}",
                "name": f"{article.meta['title']}: {block.argument}" if block.argument else article.meta["title"],
                "description": f"{article.meta['description']} {line}",
                "inLanguage": LANGUAGE,
                "totalTime": _duration(total),
                "step": [
                    {"@type": "HowToStep", "position": position, "text": plain_text(step)} for position, step in enumerate(steps, 1)
                ],
            }
        )
    return found


def website(base: str, publisher: dict[str, Any], description: str) -> dict[str, Any]:
    """Return the whole site, with the address that opens its search."""
    return {
        "@type": "WebSite",
        "@id": f"{base}#website",
        "url": base,
        "name": SITE_NAME,
        "description": description,
        "inLanguage": LANGUAGE,
        "publisher": {"@id": publisher["@id"]},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{base}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def _cited(site: Site) -> dict[str, list[Reference]]:
    cited: dict[str, list[Reference]] = {}
    for key, paths in usage(site.articles.values(), site.evidence).items():
        for path in paths:
            if key in site.evidence.references:
                cited.setdefault(path, []).append(site.evidence.references[key])
    return {path: sorted(found, key=lambda reference: reference.key) for path, found in cited.items()}


def _items(body: str) -> list[str]:
    items: list[str] = []
    for line in body.split("\n"):
        first, _, rest = line.partition(". ")
        if first.isdigit():
            items.append(rest.strip())
        elif items and line.strip() and not IMAGE.fullmatch(line.strip()):
            items[-1] += f" {line.strip()}"
    return items


def _duration(total: int) -> str:
    minutes, rest = divmod(total, 60)
    return f"PT{f'{minutes}M' if minutes else ''}{f'{rest}S' if rest or not minutes else ''}"
