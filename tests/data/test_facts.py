"""Facts compared with the installed SDKs and the lock files, and their sources with who uses them."""

from __future__ import annotations

import json
import re
from importlib import metadata
from typing import Any, get_args

import pytest
import toolchain
from anthropic import _constants
from anthropic.resources.messages.messages import DEPRECATED_MODELS
from anthropic.types.model import Model

from generator.check.installed_sdk import coded_errors
from generator.content.facts import Facts, written
from generator.content.project import Project
from generator.content.proof import sdk_versions
from generator.schemas.facts import FACT_FILES, Sourced
from generator.text import inline
from tests.data.reading import ROOT, assert_none, mistakes

#: Sources that were read for guides that are to come. One that is used may stay here; a new one may not.
FOR_LATER = {
    "batches_retrieve",
    "beta_headers",
    "claude_on_amazon_bedrock_legacy",
    "data_residency",
    "developersdigest_bedrock",
    "errors_august",
    "errors_de",
    "fast_mode",
    "refusals_and_fallback",
    "release_notes_id",
    "skill_error_codes",
    "tool_search_tool",
    "versioning",
    "web_search_tool",
}


@pytest.fixture(scope="session")
def facts(real: Project) -> Facts:
    return real.facts


def value(facts: Facts, path: str) -> Any:
    return facts.grouped[path].value


def test_every_file_is_valid_in_an_editor():
    wrong = [f"{stem}: {mistake}" for stem in sorted(FACT_FILES) for mistake in mistakes(f"facts/{stem}.yml", f"{stem}.schema.json")]

    assert_none(wrong)


def test_editor_knows_the_schema_of_every_file():
    first = {stem: (ROOT / f"facts/{stem}.yml").read_text(encoding="utf-8").splitlines()[0] for stem in FACT_FILES}

    assert_none((stem, line) for stem, line in first.items() if line != f"# yaml-language-server: $schema=../schema/{stem}.schema.json")


def test_facts_have_no_problem(facts: Facts):
    assert facts.problems == ()
    assert len(facts.grouped) > 100


def test_versions_are_those_of_the_lock_files_and_of_what_is_installed(facts: Facts):
    locked = sdk_versions(ROOT)
    package = json.loads((ROOT / "snippets/package-lock.json").read_text(encoding="utf-8"))["packages"]["node_modules/@anthropic-ai/sdk"]

    assert value(facts, "sdk.python_version") == locked["anthropic"] == metadata.version("anthropic")
    assert value(facts, "sdk.typescript_version") == locked["@anthropic-ai/sdk"] == package["version"]


@pytest.mark.parametrize(
    ("path", "constant"),
    [
        ("sdk.api_version.current", _constants.ANTHROPIC_API_VERSION),
        ("sdk.defaults.max_retries", _constants.DEFAULT_MAX_RETRIES),
        ("sdk.defaults.timeout", (_constants.DEFAULT_TIMEOUT.read or 0) / 60),
        ("sdk.defaults.connect_timeout", _constants.DEFAULT_TIMEOUT.connect),
        ("sdk.defaults.max_connections", _constants.DEFAULT_CONNECTION_LIMITS.max_connections),
        ("sdk.defaults.max_keepalive_connections", _constants.DEFAULT_CONNECTION_LIMITS.max_keepalive_connections),
        ("sdk.backoff.initial_delay", _constants.INITIAL_RETRY_DELAY),
        ("sdk.backoff.max_delay", _constants.MAX_RETRY_DELAY),
        ("sdk.non_streaming.max_tokens_opus_4", _constants.MODEL_NONSTREAMING_TOKENS["claude-opus-4-0"]),
    ],
)
def test_fact_is_the_constant_of_the_python_sdk(facts: Facts, path: str, constant: object):
    assert value(facts, path) == constant


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("sdk.defaults.max_retries", r"'maxRetries', options\.maxRetries \?\? (\d+)\)"),
        ("sdk.backoff.initial_delay", r"initialRetryDelay = ([\d.]+);"),
        ("sdk.backoff.max_delay", r"maxRetryDelay = ([\d.]+);"),
        ("sdk.defaults.timeout", r"DEFAULT_TIMEOUT = 600000; // (\d+) minutes"),
    ],
)
@pytest.mark.node
def test_fact_is_the_constant_of_the_typescript_sdk(facts: Facts, path: str, pattern: str):
    toolchain.install_node_packages()
    code = (ROOT / "snippets/node_modules/@anthropic-ai/sdk/client.js").read_text(encoding="utf-8")

    assert value(facts, path) == float(re.findall(pattern, code)[0])


def test_number_of_codes_is_that_of_the_sdk(facts: Facts):
    assert value(facts, "sdk.error_codes.count") == len(coded_errors())


def test_longest_answer_without_streaming_follows_from_the_figures_of_the_sdk(facts: Facts):
    assumed, tokens = value(facts, "sdk.non_streaming.time_assumed"), value(facts, "sdk.non_streaming.output_tokens_assumed")
    longest = value(facts, "sdk.non_streaming.max_time")

    assert value(facts, "sdk.non_streaming.max_tokens") == int(longest * tokens / assumed)


def test_every_model_of_the_sdk_has_a_record(facts: Facts):
    names = {name for part in get_args(Model) for name in get_args(part)}

    assert len(names) > 10
    assert names - facts.models.models.keys() == set()


def test_models_that_the_sdk_warns_of_are_deprecated_or_retired_here(facts: Facts):
    current = [name for name in DEPRECATED_MODELS if not facts.is_retired(name)]
    old = [name for name in current if name in facts.models.models and facts.models.models[name].status != "deprecated"]

    assert old == []


def test_no_model_is_both_current_and_retired(facts: Facts):
    assert [name for name in facts.models.models if facts.is_retired(name)] == []


def test_every_price_belongs_to_a_model(facts: Facts):
    assert facts.prices.models.keys() <= facts.models.models.keys()


def test_pattern_of_custom_id_agrees_with_its_lengths(facts: Facts):
    pattern = re.compile(str(value(facts, "limits.batch.custom_id_pattern")))
    shortest, longest = value(facts, "limits.batch.custom_id_min_length"), value(facts, "limits.batch.custom_id_max_length")

    assert pattern.fullmatch("a" * shortest)
    assert pattern.fullmatch("Aa0_-".ljust(longest, "x"))
    for wrong in ("a" * (shortest - 1), "a" * (longest + 1), "a.b", "a b", "a/b", "한글"):
        assert not pattern.fullmatch(wrong)


@pytest.mark.parametrize(
    ("path", "same"),
    [
        ("limits.request.messages_max_size", "max_request_size"),
        ("limits.batch.max_size", "max_batch_size"),
        ("limits.images.max_size", "max_image_size"),
    ],
)
def test_limit_that_stands_in_two_files_is_the_same(facts: Facts, path: str, same: str):
    assert facts.written(path) == written(facts.platforms["claude_api"].facts[same])


def test_every_source_is_cited_or_used(real: Project, facts: Facts):
    used = {message.source for entry in real.catalogue.entries for message in entry.messages}
    for located in real.catalogue.located:
        for _, text in located.texts():
            used |= {*inline.citations(text.ko), *inline.citations(text.en)}
    for page in real.handbook.located:
        for _, text in page.texts():
            used |= {*inline.citations(text.ko), *inline.citations(text.en)}
    used |= {source for record in records(facts) for source in record.source_ids}
    used |= {source for term in facts.glossary.terms for source in term.source_ids}

    assert sorted(facts.sources.keys() - used - FOR_LATER) == []


def records(facts: Facts) -> list[Sourced]:
    platforms = [fact for platform in facts.platforms.values() for fact in platform.facts.values()]
    groups = (facts.grouped, facts.models.models, facts.prices.models, facts.prices.multipliers)
    return [*facts.models.retired, *platforms, *(record for group in groups for record in group.values())]


def test_sources_kept_for_later_are_sources(facts: Facts):
    assert FOR_LATER - facts.sources.keys() == set()


def test_no_fact_is_younger_than_its_sources(facts: Facts):
    newest = {source_id: source.read for source_id, source in facts.sources.items()}

    assert [record for record in records(facts) if record.checked > max(newest[source] for source in record.source_ids)] == []


def test_glossary_explains_its_terms_and_says_which_are_official(facts: Facts):
    terms = facts.glossary.terms

    assert len([term for term in terms if term.meaning]) >= 60
    assert {term.official for term in terms} == {True, False}
    # What lies in no page of the documentation is not official.
    assert all(facts.sources[source].kind == "docs" for term in terms for source in term.source_ids)


def test_glossary_uses_its_own_words(facts: Facts):
    avoided = facts.glossary.avoided

    assert {"에러", "파라미터", "타임아웃", "클로드", "과금", "참고하세요", "십시오"} <= avoided.keys()
    for term in facts.glossary.terms:
        assert [word for word in avoided if word in term.ko] == []
        assert not set(term.typed) & avoided.keys()
