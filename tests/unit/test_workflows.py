"""CI runs every test, with actions that cannot change under it and no right that it does not need."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from tests.unit.projects import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


def read(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / ".github/workflows" / name).read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_actions_are_pinned_by_commit_and_say_their_version(file):
    used = re.findall(r"uses: (.*)", file.read_text(encoding="utf-8"))

    assert used
    assert [line for line in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_a_job_has_only_the_rights_that_it_names(file):
    workflow = read(file.name)

    assert workflow["permissions"] == {}
    assert all("permissions" in job for job in workflow["jobs"].values())


def test_ci_runs_every_folder_of_tests_in_one_of_its_parts():
    folders = {f"tests/{file.relative_to(ROOT / 'tests').parts[0]}" for file in (ROOT / "tests").rglob("test_*.py")} - {"tests/fixtures"}

    parts = read("ci.yml")["jobs"]["test"]["strategy"]["matrix"]["part"]

    assert sorted(" ".join(part["tests"] for part in parts).split()) == sorted(folders)


def test_site_is_published_only_when_all_tests_passed():
    jobs = read("ci.yml")["jobs"]

    assert set(jobs["publish"]["needs"]) == {"test", "site"}
    assert jobs["test"]["needs"] == "gate"
    assert [name for name, job in jobs.items() if "write" in job["permissions"].values()] == ["publish"]
