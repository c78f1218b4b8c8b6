"""What programs and models get of the real entries: valid, complete, and in the words of the guides."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from markdown_it import MarkdownIt

from generator.content.catalogue import texts_in
from generator.content.project import Project
from generator.schemas.entry import LANGUAGES, Entry
from generator.text import inline
from tests.data.reading import ENTRIES, ROOT, assert_none
from tests.unit.atom import SPACE, mistakes, parse
from tests.unit.projects import published

SITE = "https://errors.test/"
_HTML = re.compile(r"</?[a-z][a-z0-9]*(?: [a-z-]+=\"|>)")


@pytest.fixture(scope="session")
def files(real: Project) -> dict[str, str]:
    return published(real, SITE)


@pytest.fixture(scope="session")
def records(files: dict[str, str]) -> dict[str, Any]:
    return {record["slug"]: record for record in json.loads(files["api/v1/errors.json"])["errors"]}


def closed(schema: Any) -> Any:
    """Return a schema that refuses unknown fields, which the published one lets pass for the sake of later versions."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items()}
    return {**made, "additionalProperties": False} if made.get("type") == "object" and "properties" in made else made


def validator(name: str) -> jsonschema.Draft202012Validator:
    schema = closed(json.loads((ROOT / "schema" / f"{name}.schema.json").read_text(encoding="utf-8")))
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def test_file_of_all_errors_is_valid_and_has_every_entry(files: dict[str, str], records: dict[str, Any]):
    assert [error.message for error in validator("errors").iter_errors(json.loads(files["api/v1/errors.json"]))] == []
    assert list(records) == ENTRIES


def test_every_json_is_valid_and_named_after_its_slug(files: dict[str, str], records: dict[str, Any]):
    check = validator("error")
    found = {path: json.loads(text) for path, text in files.items() if re.match(r"api/v1/errors/.+\.json", path)}

    assert len(found) >= len(ENTRIES)
    for path, record in found.items():
        assert [error.message for error in check.iter_errors(record)] == [], path
        slug = path.rsplit("/", 1)[1].removesuffix(".json")
        assert slug in (record["slug"], *record["redirect_from"])
        assert {key: value for key, value in record.items() if key != "$schema"} == records[record["slug"]]


def test_texts_of_every_record_are_plain(records: dict[str, Any]):
    texts = {slug: _texts(record) for slug, record in records.items()}

    assert [slug for slug in ENTRIES if len(texts[slug]) <= 10] == []
    assert_none(
        (slug, text)
        for slug, own in texts.items()
        for text in own
        if text.strip() != text or not text or any(mark in text for mark in ("{{", "[^", "](", "guide:", "**"))
    )


def _texts(value: Any) -> list[str]:
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    if not isinstance(value, dict):
        return []
    own = [value["ko"], value["en"]] if value.keys() == {"ko", "en"} else []
    return own + [text for item in value.values() for text in _texts(item)]


def test_every_address_of_a_file_is_one_of_the_files_or_of_a_page(real: Project, files: dict[str, str], records: dict[str, Any]):
    pages = {f"{language}/errors/{slug}/" for language in LANGUAGES for slug in ENTRIES}
    for record in records.values():
        urls = record["urls"]
        assert {urls["ko"], urls["en"]} <= {SITE + page for page in pages}
        assert {urls["json"], *urls["markdown"].values()} <= {SITE + path for path in files}
        for pending in record["pending"]:
            assert pending["urls"] == {language: f"{urls[language]}#{pending['slug']}" for language in LANGUAGES}


def test_every_error_without_a_guide_is_in_the_file(real: Project, records: dict[str, Any]):
    wanted = {pending.slug for entry in real.catalogue.entries for pending in real.pending(entry)}

    assert {pending["slug"] for record in records.values() for pending in record["pending"]} == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_feed_keeps_the_rules_and_has_every_entry_newest_first(files: dict[str, str], language: str):
    text = files[f"{language}/feed.xml"]
    days = [entry.findtext(f"{SPACE}updated") or "" for entry in parse(text).findall(f"{SPACE}entry")]

    assert mistakes(text) == []
    assert len(days) == len(ENTRIES)
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_copy_is_clean_and_shows_every_program_message_and_source(real: Project, files: dict[str, str], language: str):
    wrong = [
        f"{entry.slug}: {complaint}"
        for entry in real.catalogue.entries
        for complaint in copy_complaints(files[f"{language}/errors/{entry.slug}/index.md"], entry, real)
    ]

    assert_none(wrong)


def copy_complaints(text: str, entry: Entry, real: Project) -> Iterator[str]:
    """Yield what is wrong with the Markdown copy of a guide."""
    tokens = MarkdownIt("commonmark").parse(text)
    inside = [child for token in tokens for child in token.children or []]
    fences = {token.content.rstrip("\n") for token in tokens if token.type == "fence"}
    spans = {" ".join(token.content.split()) for token in inside if token.type == "code_inline"}
    yield from (f"holds HTML: {token.content}" for token in (*tokens, *inside) if token.type.startswith("html"))
    yield from (f"holds HTML: {line}" for line in _prose(tokens) if _HTML.search(line))
    if "\n\n\n" in re.sub(r"^(`{3,}).*?^\1$", "x", text, flags=re.DOTALL | re.MULTILINE):
        yield "has two empty lines in a row"
    for snippet in real.snippets[entry.slug].files.values():
        if snippet.shown.rstrip() not in fences:
            yield f"does not show {snippet.path}"
    yield from (f"does not show {message.template}" for message in entry.messages if " ".join(message.template.split()) not in spans)
    listed = {int(number) for number in re.findall(r"^(\d+)\. ", text.rsplit("\n## ", 1)[1], re.MULTILINE)}
    cited = {int(number) for line in _prose(tokens) for number in re.findall(r"\[(\d+)\]", line)}
    if not cited or not cited <= listed:  # the source of a fact is listed without a mark in the text
        yield f"cites {sorted(cited)} and lists {sorted(listed)}"
    if listed != set(range(1, len(listed) + 1)):
        yield f"lists {sorted(listed)}"


def _prose(tokens: list[Any]) -> list[str]:
    return [child.content for token in tokens for child in token.children or [] if child.type == "text"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_copy_of_a_page_is_clean_and_lists_what_it_cites(real: Project, files: dict[str, str], language: str):
    for located in real.handbook.located:
        text = files[f"{language}/{located.path}/index.md"]
        tokens = MarkdownIt("commonmark").enable("table").parse(text)
        inside = [child for token in tokens for child in token.children or []]
        assert [token.content for token in (*tokens, *inside) if token.type.startswith("html")] == [], located.path
        assert "\n\n\n" not in re.sub(r"^(`{3,}).*?^\1$", "x", text, flags=re.DOTALL | re.MULTILINE), located.path
        cited = {int(number) for line in _prose(tokens) for number in re.findall(r"\[(\d+)\]", line)}
        listed = {int(number) for number in re.findall(r"^(\d+)\. ", text.rsplit("\n## ", 1)[1], re.MULTILINE)}
        assert cited <= listed, located.path
        shown = {token.content.rstrip("\n") for token in tokens if token.type == "fence"}
        for program in located.page.programs:
            assert {snippet.shown.rstrip() for snippet in real.page_snippets[f"_{program.folder}"].files.values()} <= shown
        titles = [tokens[index + 1].content for index, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h2"]
        assert len(titles) >= len(located.page.sections), located.path


def test_markdown_of_every_text_is_read_as_its_html(real: Project):
    reader = MarkdownIt("commonmark")
    link, cite = (lambda name: f"https://errors.test/{name}"), (lambda name: f"[{name}]")
    wrong = []
    for entry in real.catalogue.entries:
        for place, text in texts_in(entry):
            for language in LANGUAGES:
                whole = inline.with_facts(getattr(text, language), real.facts.written)
                for part in filter(str.strip, whole.split("\n\n")):
                    wanted = inline.to_html(part, link=link, cite=cite).replace("\n", " ")
                    # Two of one citation side by side stand once in the Markdown.
                    wanted = re.sub(r"(\[[a-z0-9_]+\])\1+", r"\1", wanted)
                    if reader.render(inline.to_markdown(part, link=link, cite=cite)) != f"<p>{wanted}</p>\n":
                        wrong.append(f"{entry.slug} {place} {language}: {part}")

    assert_none(wrong)


def test_contents_for_models_name_every_guide_once_in_each_language(real: Project, files: dict[str, str]):
    links = re.findall(rf"\({SITE}(\S+/index\.md)\)", files["llms.txt"])

    pages = [f"errors/{slug}" for slug in ENTRIES] + [located.path for located in real.handbook.located]
    assert "handling" in pages
    assert sorted(links) == sorted(f"{language}/{path}/index.md" for language in LANGUAGES for path in pages)


def test_page_about_the_data_has_its_programs_and_they_name_current_models(real: Project):
    code = real.page_snippets["_api"].files

    assert code.keys() == {"program.py", "program.ts"}
    for snippet in code.values():
        models = re.findall(r"claude-[a-z0-9-]+", snippet.shown)
        assert models
        assert all(model in real.facts.models.models and not real.facts.is_retired(model) for model in models)
