"""The house keeps its own order: floors import downward, everything public says what it is."""

from __future__ import annotations

import ast
import functools
import subprocess
import sys
from pathlib import Path

import pytest

import rls_site

SOURCE = Path(rls_site.__file__).parent
FLOORS = (
    ("problem", "strict_yaml"),
    ("article", "front_matter", "evidence"),
    ("site",),
    ("markdown", "rules", "draft"),
    ("publish",),
    ("addresses", "build", "due", "fix", "new", "preview", "schema", "serve", "handbook"),
    ("__main__",),
)
"""The floors from the ground up; the modules of one floor may know each other, but markdown and rules may not."""

LEVEL = {name: level for level, names in enumerate(FLOORS) for name in names}
MODULES = sorted(file.relative_to(SOURCE) for file in SOURCE.rglob("*.py") if file.name != "__init__.py" or file.parent != SOURCE)


@functools.cache
def tree_of(path: Path) -> ast.Module:
    """A module of ours, read once."""
    return ast.parse((SOURCE / path).read_text(encoding="utf-8"))


def imported(path: Path) -> set[str]:
    """The modules and packages of ours, directly under the package, that a file imports."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and node.level == len(path.parts):
            found |= {node.module.split(".")[0]} if node.module else {name.name for name in node.names}
        if isinstance(node, ast.ImportFrom) and not node.level and (node.module or "").startswith("rls_site."):
            found.add(node.module.split(".")[1])
    return found


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_floors_import_downward_only(path):
    own = path.parts[0].removesuffix(".py")
    for other in imported(path):
        assert LEVEL[other] <= LEVEL[own], f"{path} imports {other}, which stands above it"
        assert {own, other} != {"markdown", "rules"}, f"{path} imports {other}: the two do not know each other"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_everything_public_says_what_it_is(path):
    tree = tree_of(path)
    assert ast.get_docstring(tree), f"{path} has no docstring"
    for node in [*tree.body, *(inner for outer in tree.body if isinstance(outer, ast.ClassDef) and not outer.name.startswith("_") for inner in outer.body)]:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{path}:{node.lineno}: {node.name} has no docstring"


def test_ruff_finds_nothing(root):
    """Its rules stand in ``pyproject.toml``; ``ruff check --fix`` mends most of what it finds."""
    ruff = Path(sys.executable).with_name("ruff")
    done = subprocess.run([ruff, "check", "--no-cache", "--output-format=concise"], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
