"""What runs on the host: workflows, forms, the list of what is installed."""

from __future__ import annotations

import importlib.resources
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

BIN = Path(sys.executable).parent


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess:
    """Run a tool of the environment without a network to ask."""
    closed = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "all_proxy": "http://127.0.0.1:9"}
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120, env={**os.environ, **closed})


def workflows(root: Path) -> list[Path]:
    """Every workflow file."""
    return sorted((root / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize(
    ("schema", "pattern"),
    [
        ("github-workflows", ".github/workflows/*.yml"),
        ("github-issue-forms", ".github/ISSUE_TEMPLATE/*.yml"),
        ("github-issue-config", ".github/ISSUE_TEMPLATE/config.yml"),
    ],
)
def test_files_for_the_host_keep_their_schema(schema, pattern, root, jsonschema):
    vendored = importlib.resources.files("check_jsonschema.builtin_schemas.vendor") / f"{schema}.json"
    validator = jsonschema.validators.validator_for(made := json.loads(vendored.read_text(encoding="utf-8")))(made)
    files = [file for file in sorted(root.glob(pattern)) if schema != "github-issue-forms" or file.name != "config.yml"]
    assert files
    for file in files:
        # YAML 1.2, as the host reads it: in 1.1 the key "on" is the word true.
        faults = validator.iter_errors(YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8")))
        assert [f"{file.name}: {fault.message}" for fault in faults] == []


def test_zizmor_finds_no_weakness(root):
    done = run(BIN / "zizmor", "--offline", "--no-progress", ".github/workflows", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr


def test_actions_are_pinned_and_permissions_start_empty(root):
    for file in workflows(root):
        text = file.read_text(encoding="utf-8")
        assert re.search(r"^permissions: \{\}$", text, re.MULTILINE), file.name
        for line in re.findall(r"uses: (.+)", text):
            assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), f"{file.name}: {line}"


def test_workflows_call_commands_that_exist(root):
    """Every ``make`` target and ``rls-site`` command in a workflow is one of ours."""
    targets = set(re.findall(r"^([\w.$()/-]+):", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    help_text = run(BIN / "rls-site", "--help", cwd=root).stdout
    for file in workflows(root):
        text = file.read_text(encoding="utf-8")
        for target in re.findall(r"\bmake ([\w./-]+)", text):
            assert target in targets or target.replace(".venv", "$(VENV)") in targets, target
        for command in re.findall(r"rls-site (\w+)", text):
            assert command in help_text, command


def test_bill_of_materials_is_made_from_the_lock_without_a_network(root, tmp_path):
    file = tmp_path / "sbom.json"
    command = ("requirements", "--no-validate", "--pyproject", "pyproject.toml", "--output-reproducible", "-o", file, "requirements.txt")
    done = run(BIN / "cyclonedx-py", *command, cwd=root)
    assert done.returncode == 0, done.stderr
    listed = {part["name"]: part["version"] for part in json.loads(file.read_text())["components"]}
    locked = dict(re.findall(r"^([\w.-]+)==([^ ;]+)", (root / "requirements.txt").read_text(), re.MULTILINE))
    assert set(listed) == set(locked)
    assert all(part.get("purl") for part in json.loads(file.read_text())["components"])
