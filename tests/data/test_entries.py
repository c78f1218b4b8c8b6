"""Every real entry: its shape, its names, its messages, compared with the installed SDKs."""

from __future__ import annotations

import builtins
import importlib
import json
import subprocess
from typing import get_args

import anthropic
import pytest
import toolchain
from anthropic.types.shared.error_type import ErrorType

from generator import check
from generator.check.coverage import compare
from generator.check.installed_sdk import coded_errors
from generator.content.project import Project
from generator.schemas import json_schemas
from generator.schemas.entry import Entry, Identity
from generator.text.message import compile_signature, fill
from tests.data.reading import ENTRIES, ROOT, assert_none, mistakes

#: Types that come with a status besides the documented one, each seen and told on its page.
OTHER_TYPES = {
    ("not_a_claude_api_response", 404, None): "an answer of a gateway has no type",
    ("not_a_claude_api_response", 403, None): "an answer of a gateway has no type",
    ("not_a_claude_api_response", 413, None): "an answer of a gateway has no type",
    ("request_too_large", 413, "invalid_request_error"): "a wording that was seen with this type",
}


def test_every_file_is_an_entry(real: Project):
    assert len(real.catalogue.located) == len(list((ROOT / "errors").iterdir())) == len(ENTRIES) > 0
    assert sorted(real.catalogue.by_slug) == ENTRIES


def test_check_finds_nothing_wrong(real: Project):
    assert [str(problem) for problem in check.run(real)] == []


def test_schemas_are_what_the_models_say():
    assert json_schemas.stale(ROOT) == []


def test_every_entry_is_valid_in_an_editor():
    wrong = [f"{slug}: {mistake}" for slug in ENTRIES for mistake in mistakes(f"errors/{slug}.yml", "entry.schema.json")]

    assert_none(wrong)


def test_editor_knows_the_schema_of_every_entry():
    first = {slug: (ROOT / f"errors/{slug}.yml").read_text(encoding="utf-8").splitlines()[0] for slug in ENTRIES}

    assert_none((slug, line) for slug, line in first.items() if line != "# yaml-language-server: $schema=../schema/entry.schema.json")


def test_every_message_is_recognised_by_its_own_template(real: Project):
    messages = [(entry.slug, message) for entry in real.catalogue.entries for message in entry.messages]

    assert_none(
        (slug, message.template)
        for slug, message in messages
        if not compile_signature(message.template).recognises(fill(message.template, message.fill))
    )


def identities(real: Project) -> list[tuple[Entry, Identity]]:
    return [(entry, identity) for entry in real.catalogue.entries for identity in entry.identities]


def test_every_error_code_is_one_of_the_sdk_with_that_status(real: Project):
    known = {code: error.status for code, error in coded_errors().items()}
    codes = [(entry.slug, identity.error_code, identity.status) for entry, identity in identities(real) if identity.error_code is not None]

    assert codes
    assert_none((slug, code, status) for slug, code, status in codes if code not in known or known[code] != status)


def test_class_of_every_error_code_is_named(real: Project):
    wrong = []
    for entry, identity in identities(real):
        if identity.error_code is not None and entry.main == identity:
            known = coded_errors()[identity.error_code]
            wrong += [(entry.slug, name) for name in (known.class_name, known.base_name) if name not in entry.exceptions.python]

    assert_none(wrong)


def test_every_type_is_that_of_the_status(real: Project):
    wrong = []
    for entry, identity in identities(real):
        fact = real.facts.grouped.get(f"statuses.{identity.status}.type")
        told = (entry.slug, identity.status, identity.type)
        if fact is not None and told not in OTHER_TYPES and identity.type != fact.value:
            wrong.append(told)

    assert_none(wrong)


def test_types_besides_the_documented_ones_are_still_needed(real: Project):
    for slug, status, kind in OTHER_TYPES:
        assert (status, kind) in {(identity.status, identity.type) for identity in real.catalogue.by_slug[slug].entry.identities}


def test_every_type_is_one_of_the_sdk_or_of_the_documentation(real: Project):
    documented = {fact.value for path, fact in real.facts.grouped.items() if path.startswith("statuses.")}
    used = {identity.type for entry in real.catalogue.entries for identity in entry.identities if identity.type is not None}

    assert used - set(get_args(ErrorType)) - documented == set()


def test_documented_types_are_those_of_the_sdk_but_for_the_one_of_the_edge(real: Project):
    documented = {fact.value for path, fact in real.facts.grouped.items() if path.startswith("statuses.")}

    assert documented - set(get_args(ErrorType)) == {"request_too_large"}


def test_python_classes_are_exceptions_that_exist(real: Project):
    wrong = []
    for entry in real.catalogue.entries:
        for name in entry.exceptions.python:
            module, _, attribute = name.rpartition(".")
            places = [importlib.import_module(module)] if module else [anthropic, anthropic.types, builtins]
            found = next((getattr(place, attribute) for place in places if hasattr(place, attribute)), None)
            if not (isinstance(found, type) and issubclass(found, Exception)):
                wrong.append((entry.slug, name))

    assert_none(wrong)


@pytest.mark.node
def test_typescript_classes_are_exceptions_that_exist(real: Project):
    toolchain.install_node_packages()
    names = sorted({name for entry in real.catalogue.entries for name in entry.exceptions.typescript})
    program = """
      import * as sdk from "@anthropic-ai/sdk";
      const found = (name) => sdk[name] ?? sdk.default[name];
      const names = JSON.parse(process.argv[1]);
      console.log(JSON.stringify(names.filter((name) => !(found(name)?.prototype instanceof Error))));
    """
    command = [toolchain.node(), "--input-type=module", "--eval", program, json.dumps(names)]
    result = subprocess.run(command, cwd=toolchain.SNIPPETS, capture_output=True, text=True, check=True)

    assert names
    assert json.loads(result.stdout) == []


def test_every_code_of_the_sdk_has_a_page_or_a_reason(real: Project):
    found = compare(real)

    assert [error.error_code for error in found.missing] == []
    assert [str(problem) for problem in found.problems] == []
    assert found.total == len(coded_errors())


def test_entry_was_checked_after_its_sources_were_read(real: Project):
    early = [entry.slug for entry in real.catalogue.entries for source in entry.sources.values() if source.read > entry.checked]

    assert early == []
