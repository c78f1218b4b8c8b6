"""Starting an entry."""

from __future__ import annotations

import pytest

from generator import scaffold
from generator.check.installed_sdk import coded_errors
from generator.content import catalogue
from generator.content.validation import validate
from generator.content.yaml_reader import read
from generator.schemas.entry import Entry
from tests.unit.projects import SmallProject

NAMES = ["errors/{0}.yml", "snippets/{0}/trigger.py", "snippets/{0}/fix.py", "snippets/{0}/trigger.ts", "snippets/{0}/fix.ts"]


def entry_of(small: SmallProject, slug: str) -> Entry:
    """Return the new entry with the only line that a machine cannot read mended."""
    small.edit(f"errors/{slug}.yml", "checked: TODO", "checked: 2026-11-21")
    entry, problems = validate(read(small.root / f"errors/{slug}.yml", "x.yml"), Entry)
    assert problems == []
    assert entry is not None
    return entry


def test_entry_and_four_snippets_are_written(small: SmallProject):
    written = scaffold.new(small.load(), "new_error")

    assert [file.relative_to(small.root).as_posix() for file in written] == [name.format("new_error") for name in NAMES]
    assert all(file.is_file() for file in written)


def test_new_entry_has_the_right_shape_and_its_slug(small: SmallProject):
    scaffold.new(small.load(), "new_error")
    entry = entry_of(small, "new_error")

    assert (entry.slug, entry.name_origin, entry.family) == ("new_error", "ours", None)


def test_every_text_of_a_new_entry_is_still_to_be_written(small: SmallProject):
    scaffold.new(small.load(), "new_error")
    texts = list(catalogue.texts_in(entry_of(small, "new_error")))
    todo = {(p.line, p.field) for p in small.problems() if p.path == "errors/new_error.yml" and p.message == "holds a TODO"}

    assert {field for _, field in todo} >= {
        f"{'.'.join(map(str, place))}.{language}" for place, _ in texts if len(place) < 3 for language in ("ko", "en")
    }
    assert len(todo) > 2 * len(texts)


def test_check_rejects_a_new_entry_at_once(small: SmallProject):
    scaffold.new(small.load(), "new_error")

    assert any(problem.path == "errors/new_error.yml" for problem in small.problems())


def test_stub_of_a_snippet_is_still_to_be_written(small: SmallProject):
    scaffold.new(small.load(), "new_error")
    entry_of(small, "new_error")

    assert {problem.path for problem in small.problems() if problem.path.startswith("snippets/")} == {
        name.format("new_error") for name in NAMES[1:]
    }


def test_code_of_the_sdk_fills_in_what_the_sdk_knows(small: SmallProject):
    scaffold.new(small.load(), "compaction_unavailable")
    entry = entry_of(small, "compaction_unavailable")

    assert (entry.main.status, entry.main.type, entry.main.error_code) == (529, "overloaded_error", "compaction_unavailable")
    assert entry.name_origin == "official"
    assert entry.exceptions.python == ("CompactionUnavailableError", "OverloadedError")
    assert "# The SDK says: " in (small.root / "errors/compaction_unavailable.yml").read_text(encoding="utf-8")


def test_family_is_the_umbrella_page_of_the_type_where_there_is_one(small: SmallProject):
    scaffold.new(small.load(), "overloaded_error")
    entry_of(small, "overloaded_error")
    scaffold.new(small.load(), "compaction_unavailable")

    assert entry_of(small, "compaction_unavailable").family == "overloaded_error"


def test_every_code_of_the_sdk_can_be_started(small: SmallProject):
    project = small.load()
    for slug in coded_errors():
        scaffold.new(project, slug)

        assert entry_of(small, slug).main.error_code == slug


@pytest.mark.parametrize("slug", ["", "New", "new-error", "new error", "../new", "a/b", "2new", "new_", "배치", "x" * 65, "x" * 300])
def test_malformed_slug_is_refused_and_nothing_is_written(small: SmallProject, slug):
    with pytest.raises(scaffold.ScaffoldError, match="is not a slug"):
        scaffold.new(small.load(), slug)
    assert {file.name for file in (small.root / "errors").iterdir()} == {"busy_error.yml", "busy_region.yml", "stuck_image.yml"}


@pytest.mark.parametrize("existing", NAMES)
def test_nothing_is_overwritten(small: SmallProject, existing):
    path = existing.format("new_error")
    small.write(path, "mine")

    with pytest.raises(scaffold.ScaffoldError, match="exists; nothing was written"):
        scaffold.new(small.load(), "new_error")
    assert (small.root / path).read_text(encoding="utf-8") == "mine"
    assert sum((small.root / name.format("new_error")).exists() for name in NAMES) == 1


def test_folder_that_is_no_project_is_refused(small: SmallProject):
    small.remove("templates/scaffold")

    with pytest.raises(scaffold.ScaffoldError, match="templates/scaffold"):
        scaffold.new(small.load(), "new_error")
    assert not (small.root / "errors/new_error.yml").exists()
