"""What the papers and the editor's settings name is there."""

from __future__ import annotations

import json
import re

import fields
import pytest

from generator.schemas import json_schemas
from generator.schemas.entry import Entry
from tests.unit.projects import ROOT

PAPERS = ("README.md", "README.ko.md", "CONTRIBUTING.md", "SECURITY.md", "docs/architecture.md", "docs/benchmarks.md", "docs/fields.md")
#: What a command makes, or what an author would write.
MADE = ("site/", "build/", ".venv", "errors/file_expired.yml", "snippets/file_expired/", "snippets/_<")

LINK = re.compile(r"\]\((?!https?:|#|guide:|page:)([^)#]+)")
CODE = re.compile(r"`([\w.-]+/[^`\s]*)`")


def named(paper: str) -> set[str]:
    """Return the paths that a paper names, from the root of the project."""
    text = (ROOT / paper).read_text(encoding="utf-8")
    folder = (ROOT / paper).parent
    links = {(folder / link).resolve().relative_to(ROOT).as_posix() for link in LINK.findall(text)}
    folders = {path.name for path in ROOT.iterdir()}
    return links | {path for path in CODE.findall(text) if path.split("/")[0] in folders and not path.startswith(MADE)}


def exists(path: str) -> bool:
    """Return whether a path, which may hold `*` and `{ko,en}`, names something."""
    return any(ROOT.glob(re.sub(r"\{.*?\}|<.*?>", "*", path)))


@pytest.mark.parametrize("paper", PAPERS)
def test_every_file_that_a_paper_names_is_there(paper):
    assert sorted(path for path in named(paper) if not exists(path)) == []


def test_papers_name_files():
    assert len(named("docs/architecture.md")) > 30
    assert not exists("generator/nothing.py")


def test_list_of_fields_is_what_the_schemas_say():
    assert fields.TARGET.read_text(encoding="utf-8") == fields.page(), "write it anew: make fields"


def test_every_field_of_an_entry_is_in_the_list_with_its_words():
    for name, field in json.loads(json_schemas.text_of(Entry))["properties"].items():
        row = next(line for line in fields.page().splitlines() if line.startswith(f"| `{name}`"))

        assert " ".join(field.get("description", "").split()) in row


def test_editor_knows_the_schema_of_every_file_that_an_author_writes():
    settings = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    published = {"error.schema.json", "errors.schema.json"}

    assert {f"schema/{name}" for name in json_schemas.schemas().keys() - published} == set(settings)
    patterns = [pattern for value in settings.values() for pattern in ([value] if isinstance(value, str) else value)]
    assert [pattern for pattern in patterns if not any(ROOT.glob(pattern))] == []
