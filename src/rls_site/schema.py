"""The front matter's JSON schema, for editors that check YAML as it is typed; made from ``front_matter``'s constants."""

from __future__ import annotations

import json
from typing import Any

from .front_matter import AUDIENCES, DATES, DESCRIPTION_LENGTH, KEYS, LISTS, REQUIRED, TAGS, TITLE_LENGTH, TYPES

PATH = "docs/front-matter.schema.json"

ABOUT = {
    "title": "The page's one H1, word for word, in readers' words.",
    "description": "The answer in one sentence: what a search result shows.",
    "type": "Decides which keys and headings the page must have.",
    "audience": "Who the page is for.",
    "tags": "Topics, from the list.",
    "scope": "What the page covers, and what it does not.",
    "main_claim": "The id of the claim in docs/evidence/claims.yml that is the page's headline.",
    "script": "Tool pages only: the module in docs/javascripts.",
    "moved_from": "Old addresses of the page, such as massage/old-name/: readers are sent on from there.",
    "withdrawn": "Why the page was taken back: it stays at its address, says so, and leaves the navigation and search.",
    "authors": "Who wrote it; the first is asked when a review is due.",
    "reviewed_by": "nobody, or a person's name, a comma and their profession.",
    "written": "The day the page was first written, which never changes; make new fills it in.",
    "last_reviewed": "The day the page was last read through.",
    "next_review": "The day it is read again: at most a year on; six months with the tag safety, or under tonight/.",
    "evidence_searched": "The day somebody last looked for new studies.",
}
"""What each key is for, in one line; also the table in CONTRIBUTING.md."""


def schema() -> dict[str, Any]:
    """Return the schema as a dictionary: draft 7, the newest that checkers of front matter in editors read."""
    properties: dict[str, Any] = {}
    for key in KEYS:
        rule: dict[str, Any] = {"description": ABOUT[key]}
        if key in LISTS:
            rule |= {"type": "array", "uniqueItems": True, "items": {"type": "string"}}
        elif key in DATES:
            rule |= {"type": "string", "format": "date"}
        else:
            rule |= {"type": "string"}
        properties[key] = rule
    properties["title"] |= {"minLength": TITLE_LENGTH[0], "maxLength": TITLE_LENGTH[1]}
    properties["description"] |= {"minLength": DESCRIPTION_LENGTH[0], "maxLength": DESCRIPTION_LENGTH[1]}
    properties["type"]["enum"] = list(TYPES)
    properties["audience"]["items"]["enum"] = list(AUDIENCES)
    properties["tags"]["items"]["enum"] = list(TAGS)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Front matter of an article",
        "type": "object",
        "properties": properties,
        "required": list(REQUIRED),
        "additionalProperties": False,
        "allOf": [
            {"if": {"properties": {"type": {"const": kind}}, "required": ["type"]}, "then": {"required": list(keys)}}
            for kind, keys in TYPES.items()
            if keys
        ],
    }


def text() -> str:
    """Return the schema as it stands in its file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
