"""How long a build takes, and how it grows: the real site and copies of it, beside stock Material on the same text.

Each size is the real articles plus copies of them in a section of their own, so that every copy has its own address.
Times compare only within a run. Run it with ``.venv/bin/python bench/build.py`` on a quiet machine.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rls_site.build import render
from rls_site.publish import publish
from rls_site.site import load_site

ROOT = Path(__file__).resolve().parent.parent
SIZES = (75, 300, 1000)
SECTION = 40
"""Pages in a section of copies."""

TREE = ("docs", "overrides", "mkdocs.yml")


def copy_tree(target: Path, size: int) -> int:
    """Copy the project to ``target`` and add copies of its articles up to ``size`` pages; returns the number of pages."""
    target.mkdir()
    for name in TREE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name)
        elif source.is_file():
            shutil.copy(source, target / name)
    articles = load_site(ROOT).articles
    plain = [article for path, article in articles.items() if article.type in ("condition", "treatment", "device", "situation")]
    lines = []
    for number in range(max(0, size - len(articles))):
        article = plain[number % len(plain)]
        text = (ROOT / "docs" / article.path).read_text(encoding="utf-8")
        title = article.meta["title"]
        text = text.replace(f"title: {title}", f"title: {title} {number}").replace(f"\n# {title}\n", f"\n# {title} {number}\n")
        name = f"copies/{Path(article.path).parent.name}-{Path(article.path).stem}-{number}.md"
        here = Path(article.path).parent.as_posix()
        text = re.sub(r"\]\((?!\.\./|#|https?:)([\w-]+\.md)", rf"](../{here}/\1", text)
        (target / "docs" / name).parent.mkdir(exist_ok=True)
        (target / "docs" / name).write_text(text, encoding="utf-8")
        if number % SECTION == 0:
            lines.append(f"  - Copies {number // SECTION}:")
        lines.append(f"      - Copy {number}: {name}")
    config = (target / "mkdocs.yml").read_text(encoding="utf-8")
    if lines:
        config = config.rstrip() + "\n" + "\n".join(lines) + "\n"
    (target / "mkdocs.yml").write_text(config, encoding="utf-8")
    return max(size, len(articles))


def ours(tree: Path) -> tuple[float, float]:
    """Render and publish; returns the seconds of each. Share pictures come from the cache, as in every build but the first."""
    start = time.perf_counter()
    if said := render(tree, "mkdocs", tree / "site"):
        sys.exit(said)
    middle = time.perf_counter()
    publish(tree / "site", load_site(tree))
    return middle - start, time.perf_counter() - middle


def stock(tree: Path, work: Path) -> float:
    """Build the same articles with stock Material, from their Markdown twins: headings, lists, tables, links, sources; returns the seconds."""
    docs = work / "docs"
    for file in sorted((tree / "site").rglob("index.md")):
        target = docs / file.relative_to(tree / "site")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    (work / "mkdocs.yml").write_text(
        "site_name: Stock\ntheme:\n  name: material\n  font: false\nplugins: [search]\nmarkdown_extensions: [tables]\n", encoding="utf-8"
    )
    start = time.perf_counter()
    subprocess.run([Path(sys.executable).parent / "mkdocs", "build", "-q", "-d", work / "site"], cwd=work, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Print one line a size."""
    print(f"{'pages':>6} {'engine s':>9} {'publish s':>10} {'ms a page':>10} {'stock ms a page':>16} {'engine/stock':>13} {'all/stock':>10}")
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        for size in SIZES:
            tree = Path(scratch) / f"tree-{size}"
            pages = copy_tree(tree, size)
            ours(tree)  # draws the share pictures, once
            shutil.rmtree(tree / "site")
            engine, after = ours(tree)
            other = stock(tree, Path(scratch) / f"stock-{size}")
            each, stock_each = 1000 * (engine + after) / pages, 1000 * other / pages
            print(
                f"{pages:6d} {engine:9.1f} {after:10.1f} {each:10.1f} {stock_each:16.1f} {engine / other:13.2f} {each / stock_each:10.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
