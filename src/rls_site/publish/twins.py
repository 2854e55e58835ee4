"""A Markdown twin of each article, at ``ADDRESS/index.md``: what an assistant or a script reads instead of the page.

Each claim stands with its certainty and sources, citations are numbered and listed, shared safety text is filled in,
and every link is whole.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from ..article import BLOCK, BLOCK_END, CITATION, OWN, Article, address_of, split_keys
from ..evidence.claims import VERDICT_WORDS, Claim, by_group, certainty_words
from ..evidence.safety import CARE, SENTENCES
from ..evidence.studies import GROUPS, of_kind
from ..front_matter import AUDIENCES
from ..markdown.lists import ALSO, TITLES
from ..markdown.sheet import for_paper, section
from ..site import CLAIMS, HOME, Site
from .pages import add_to_head, page_of

IMAGE_OR_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")


class Twin:
    """One article on its way to plain Markdown; sources get their numbers in reading order."""

    def __init__(self, article: Article, site: Site) -> None:
        self.article = article
        self.site = site
        self.base = site.url
        self.numbers: dict[str, int] = {}

    def text(self) -> str:
        """Return the whole twin."""
        meta = self.article.meta
        body = self.blocks(self.article.body, self.article.path)
        head = [
            f"> {meta['description']}",
            "",
            f"- Address: {self.base}{self.article.address}",
            f"- For: {', '.join(AUDIENCES[who] for who in meta['audience'])}",
            f"- Written by: {', '.join(meta['authors'])}",
            f"- Checked by: {'no clinician has checked this page' if meta['reviewed_by'] == 'nobody' else meta['reviewed_by']}",
            *([f"- First written: {meta['written']}."] if "written" in meta else []),
            f"- Last reviewed: {meta['last_reviewed']}. Evidence searched to: {meta['evidence_searched']}.",
            "- If you quote this, quote the certainty with it. This is general information, not medical advice.",
        ]
        if claim := self.site.evidence.claims.get(meta.get("main_claim", "")):
            head.insert(1, f">\n> On “{claim.claim.rstrip('.')}”: {VERDICT_WORDS[claim.verdict].lower()}. {' '.join(certainty_words(claim.certainty))}")
        if self.article.withdrawn:
            head[:0] = [f"> **We have taken this page back.** {self.article.withdrawn}", ">"]
        title, _, rest = body.strip().partition("\n")
        whole = "\n".join([title, "", *head, "", rest.strip("\n")])
        if self.numbers:
            whole += "\n\n## Sources\n\n" + "\n".join(f"{number}. {self.source(key)}" for key, number in self.numbers.items())
        return re.sub(r"\n{3,}", "\n\n", whole).strip() + "\n"

    def source(self, key: str) -> str:
        """Return one reference in a line."""
        reference = self.site.evidence.references[key]
        parts = [reference.byline, reference.title.rstrip("."), reference.where, reference.year]
        return ". ".join(part.rstrip(".") for part in parts if part) + f". {reference.link[0]}"

    def cite(self, keys: list[str]) -> str:
        """Return ``[1, 2]`` for keys, numbering those that are new, and ``[our own]`` where none says it; unknown keys are left out."""
        known = [str(self.numbers.setdefault(key, len(self.numbers) + 1)) for key in keys if key in self.site.evidence.references]
        if OWN in keys:
            known.append("our own")
        return f"[{', '.join(known)}]" if known else ""

    def inline(self, line: str, path: str) -> str:
        """Return a line with citations numbered, links whole, pictures as words, and no attribute lists."""
        line = CITATION.sub(lambda match: self.cite(split_keys(match.group(1))), line)
        line = re.sub(r"\s*\{\s*[#.:][^}]*\}\s*$", "", line)

        def whole(match: re.Match) -> str:
            mark, words, target = match.groups()
            if mark:
                return f"(Picture: {words})"
            name, _, anchor = target.partition("#")
            if re.match(r"[a-z]+:", target):
                return match.group(0)
            to = posixpath.normpath(posixpath.join(posixpath.dirname(path), name)) if name else path
            address = address_of(to) if to.endswith(".md") else to
            return f"[{words}]({self.base}{address}{'#' + anchor if anchor else ''})"

        return IMAGE_OR_LINK.sub(whole, line)

    def blocks(self, body: str, path: str) -> str:
        """Return Markdown of the article at ``path`` with every block of the vocabulary written out."""
        out: list[str] = []
        opened: list[str] = []
        for line in body.split("\n"):
            if block := BLOCK.match(line):
                name, argument = block.group(1), block.group(2) or ""
                opened.append(name)
                out += ["", *self.opening(name, argument, path), *([] if name == "care" else [""])]  # a card goes on as one quotation
            elif BLOCK_END.match(line):
                if opened:
                    opened.pop()
                out.append("")
            elif opened and opened[-1] == "also-called":
                out.append(f"{ALSO}{line.strip()}" if line.strip() else "")
            elif opened and opened[-1] == "care":
                out.append(f"> {self.inline(line, path)}".rstrip())
            else:
                out.append(self.inline(line, path))
        return "\n".join(out)

    def opening(self, name: str, argument: str, path: str) -> list[str]:
        """Return the lines a block begins with; for one filled from the evidence, all of it."""
        evidence = self.site.evidence
        if name in TITLES:
            return [f"**{argument or TITLES[name]}**"]
        if name == "care":
            return [f"> **{CARE.get(argument, '').strip()}**", ">"]
        if name == "evidence" and argument in evidence.claims:
            return self.claim(evidence.claims[argument])
        if name == "claims":
            lines = []
            for title, group in by_group(evidence.claims).items():
                lines += ["", f"## {title}"]
                lines += [line for claim in group for line in ("", f"### {claim.claim.rstrip('.')}", "", *self.claim(claim))]
            return lines
        if name == "safety":
            return self.safety(argument)
        if name == "safety-check":
            return self.safety_check()
        if name == "sheet":
            target, _, anchor = argument.partition("#")
            other = self.site.articles.get(target)
            text = section(other, anchor) if other else None
            return [self.blocks("\n\n".join(for_paper(text, target, self.article.path)), target)] if text else []
        if name == "studies":
            return [
                f"- {study['bottom_line']} Who: {study['who']} ({GROUPS[study['who_group']].lower()}). {self.cite([study['key']])}"
                for study in of_kind(argument, evidence.studies, evidence.references)
            ]
        if name == "references":
            half = (key for key, reference in evidence.references.items() if reference.half == argument)
            return [f"- {line}" for line in sorted((self.source(key) for key in half), key=str.lower)]
        if name == "glossary":
            return [
                f"- **{entry['term']}**{' (also: ' + ', '.join(entry['also']) + ')' if entry.get('also') else ''}: "
                f"{entry['meaning']} {self.cite(list(entry.get('keys') or ()))}".rstrip()
                for entry in sorted(evidence.glossary, key=lambda entry: entry["term"].lower())
            ]
        if name == "forest-plot":
            return self.effects()
        return []

    def claim(self, claim: Claim) -> list[str]:
        """Return a claim as a quotation: verdict, finding, certainty, who was studied, sources, address."""
        sources = claim.nothing_found or f"Sources: {self.cite(list(claim.sources))}."
        return [
            f"> Claim: {claim.claim} Verdict: {VERDICT_WORDS[claim.verdict].lower()}.",
            ">",
            f"> {self.inline(claim.finding, CLAIMS)}",
            ">",
            f"> **{' '.join(certainty_words(claim.certainty))}** Who was studied: {claim.who_was_studied}. {sources}",
            f"> {self.base}{address_of(CLAIMS)}#{claim.id}",
        ]

    def safety(self, argument: str) -> list[str]:
        """Return one part of the shared safety text; its links start from ``docs/``."""
        safety = self.site.evidence.safety
        if argument in SENTENCES:
            return [self.inline(safety[argument], HOME)]
        if argument == "numbers":
            return [f"- {entry['place']}: in an emergency {entry['emergency']}; for advice {entry['advice']}" for entry in safety["numbers"]]
        part = safety["lists"].get(argument)
        if not part:
            return []
        items = [f"- {self.inline(item, HOME)}" for item in part["items"]]
        after = ["", self.inline(part["after"], HOME)] if part.get("after") else []
        return [f"**{self.inline(part['title'], HOME)}**", "", *items, *after]

    def safety_check(self) -> list[str]:
        """Return the questions of the safety check, each with what a yes leads to, then the outcomes, the most serious first."""
        check = self.site.evidence.safety["check"]
        lines = ["“Not sure” counts as yes. The most serious yes decides."]
        for number, question in enumerate(check["questions"], 1):
            help_line = f" {question['help']}" if question.get("help") else ""
            also = f" Say yes as well if {'; '.join(question['also'])}." if question.get("also") else ""
            lines += ["", f"{number}. {question['question']}{help_line}{also} Yes or not sure: **{check['outcomes'][question['if_yes']]['title']}**."]
        for name in check["order"]:
            outcome = check["outcomes"][name]
            when = "No to every question" if name == "fine" else "What to do"
            lines += ["", f"**{outcome['title']}.** {when}:", "", *(f"- {self.inline(item, HOME)}" for item in outcome["do"])]
        return lines

    def effects(self) -> list[str]:
        """Return the drawn results as a list, as reported."""
        return [
            f"- {effect['label']}: {effect['measure']} {effect['value']} (from {effect['low']} to {effect['high']})"
            f" {effect.get('unit') or ''} {self.cite([study['key']])}".replace("  ", " ")
            for study in self.site.evidence.studies.values()
            for effect in study.get("effect") or ()
        ]


def twins(folder: Path, site: Site) -> None:
    """Write each article's twin, and name it in the page's head."""
    for article in site.articles.values():
        (folder / article.address / "index.md").write_text(Twin(article, site).text(), encoding="utf-8")
        add_to_head(page_of(folder, article), '<link rel="alternate" type="text/markdown" href="index.md">')
