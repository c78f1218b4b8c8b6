"""Starting an entry."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from generator import scaffold
from generator.check.installed_sdk import coded_errors
from generator.cli import main
from generator.content import catalogue
from generator.content.validation import validate
from generator.content.yaml_reader import read
from generator.schemas.entry import Entry
from tests.unit.projects import UMBRELLA, SmallProject

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


PENDING = """pending:
- slug: busy_lane
  title: { ko: "막힌 차선: 하나", en: "A lane: blocked" }
  status: 529
  type: overloaded_error
  error_codes: [busy_lane]
  retry: backoff
  messages: ["The lane '<lane>' is busy: wait", "All lanes are busy"]
  source: vision
  change: { ko: 다른 차선을 쓰세요., en: Use another lane. }
checked:"""


def test_what_is_known_of_an_error_without_a_guide_is_filled_in(small: SmallProject):
    small.edit(UMBRELLA, "checked:", PENDING)
    scaffold.new(small.load(), "busy_lane")
    entry = entry_of(small, "busy_lane")
    family = small.located("busy_error").entry

    assert (entry.title.ko, entry.title.en, entry.family) == ("막힌 차선: 하나", "A lane: blocked", "busy_error")
    assert (entry.main.status, entry.main.type, entry.main.error_code) == (529, "overloaded_error", "busy_lane")
    assert (entry.name_origin, entry.exceptions) == ("official", family.exceptions)
    assert [(message.template, message.source) for message in entry.messages] == [
        ("The lane '<lane>' is busy: wait", "vision"),
        ("All lanes are busy", "vision"),
    ]
    assert entry.causes[0].change.en == "TODO Use another lane."
    verdict, of_family = entry.verdict, family.verdict
    assert (verdict.retry, verdict.fault, verdict.billed, verdict.wait) == ("backoff", of_family.fault, of_family.billed, of_family.wait)
    assert entry.snippets.weather == {"trigger": "busy_lane", "fix": "busy_lane;times=1"}


@pytest.mark.parametrize("slug", ["new_error", "busy_lane", "compaction_unavailable"])
def test_new_entry_has_only_todos_and_what_follows_from_them(small: SmallProject, slug):
    small.edit(UMBRELLA, "checked:", PENDING)
    scaffold.new(small.load(), slug)
    found = CliRunner().invoke(main, ["check", "--project", str(small.root)]).stdout
    problems = [line.rpartition(": ")[2] for line in found.splitlines() if not line.startswith("    ")]

    assert set(problems) <= {"holds a TODO", "cites no source", "`TODO` is not a source"}
    assert "checked: holds a TODO" in found


def test_what_may_be_left_out_stands_in_a_new_entry_as_comments(small: SmallProject):
    scaffold.new(small.load(), "new_error")
    lines = (small.root / "errors/new_error.yml").read_text(encoding="utf-8").splitlines()
    optional = {name for name, field in Entry.model_fields.items() if not field.is_required()}

    assert {line[2:].partition(":")[0] for line in lines if line.startswith("# ")} >= optional - {"messages"}
