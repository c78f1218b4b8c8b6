"""The files that programs and models read."""

from __future__ import annotations

import json
import re
import xml.dom.minidom
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from generator.exports import files as outputs
from generator.exports.records import Publisher
from generator.schemas import json_schemas
from tests.unit.projects import FULL, SmallProject, published

SITE = "https://a.example/"
SLUGS = ("busy_error", "busy_region", "stuck_image", "big_image")


def files(small: SmallProject, site: str | None = SITE) -> dict[str, str]:
    return published(small.load(), site)


def headings(text: str) -> list[str]:
    tokens = MarkdownIt("commonmark").parse(text)
    return [tokens[index + 1].content for index, token in enumerate(tokens) if token.type == "heading_open"]


def test_every_entry_has_its_files_in_both_languages_and_under_its_earlier_slug(small: SmallProject):
    assert set(files(small)) == {
        "llms.txt",
        "llms-full.txt",
        "ko/llms-full.txt",
        "ko/feed.xml",
        "en/feed.xml",
        "api/v1/errors.json",
        "api/v1/errors.schema.json",
        "api/v1/error.schema.json",
        *(f"api/v1/errors/{slug}.json" for slug in SLUGS),
        *(f"{language}/errors/{slug}/index.md" for language in ("ko", "en") for slug in SLUGS),
        *(outputs.fix_path(entry.slug) for entry in small.load().catalogue.entries),
    }


def test_fixed_programs_are_whole_and_name_the_lines_that_change(small: SmallProject):
    programs = small.load().snippets["stuck_image"].files
    fixes = json.loads(files(small)["fix/stuck_image.json"])

    assert list(fixes) == ["Python", "TypeScript"]
    for label, suffix in (("Python", "py"), ("TypeScript", "ts")):
        before, after = (programs[f"{role}.{suffix}"].shown.splitlines() for role in ("trigger", "fix"))
        assert fixes[label]["code"] == programs[f"fix.{suffix}"].shown + "\n"
        assert fixes[label]["changed"]
        assert all(line in (before if sign == "-" else after) for sign, line in fixes[label]["changed"])


def test_every_page_has_a_copy_in_both_languages_that_stands_in_the_full_texts_and_contents(small: SmallProject):
    found = files(small.add_hub())
    t = small.load().strings["en"]

    for language in ("ko", "en"):
        for path in ("care", "care/wait"):
            name = f"{language}/{path}/index.md"
            assert found[name] in found[outputs.FULL[language]]
            assert f"]({SITE}{name})" in found["llms.txt"]
            tokens = MarkdownIt("commonmark").parse(found[name])
            inside = [child for token in tokens for child in token.children or []]
            assert [token.content for token in (*tokens, *inside) if token.type.startswith("html")] == []
            assert "ce-" not in found[name]
            assert "\n\n\n" not in found[name]
    hub = found["en/care/index.md"]
    assert headings(hub) == ["Caring for errors", "Decide what to do", "A table", t("guide.sources")]
    assert f"{t('plain.figure')} <{SITE}en/care/#decide>" in hub
    assert "| Case | Do |\n| --- | --- |\n| Overload |" in hub
    assert f"- [Waiting]({SITE}en/care/wait/index.md)" in hub or f"{SITE}en/care/wait/index.md" in hub


def test_copy_of_a_page_shows_its_programs(small: SmallProject):
    text = files(small.add_hub())["en/care/wait/index.md"]
    programs = small.load().page_snippets["_care_ask"].files
    fences = [token.content.rstrip("\n") for token in MarkdownIt("commonmark").parse(text) if token.type == "fence"]

    assert programs
    assert {snippet.shown for snippet in programs.values()} <= set(fences)


def test_nothing_is_written(small: SmallProject):
    project = small.load()
    before = {path for path in small.root.rglob("*") if "build" not in path.parts}
    published(project, SITE)

    assert {path for path in small.root.rglob("*") if "build" not in path.parts} == before


def test_a_second_call_gives_the_same(small: SmallProject):
    assert files(small) == files(small)


def test_an_earlier_slug_leads_to_the_record_of_today(small: SmallProject):
    found = files(small)

    assert json.loads(found["api/v1/errors/big_image.json"])["slug"] == "stuck_image"
    assert found["ko/errors/big_image/index.md"] == found["ko/errors/stuck_image/index.md"]


def test_schemas_are_the_committed_ones(small: SmallProject):
    found = files(small)

    for name in ("errors.schema.json", "error.schema.json"):
        assert found[f"api/v1/{name}"] == json_schemas.schemas()[name] == (small.root / "schema" / name).read_text(encoding="utf-8")


def test_without_a_site_addresses_start_at_the_root_of_the_host(small: SmallProject):
    found = files(small, None)

    assert json.loads(found["api/v1/errors.json"])["errors"][0]["urls"]["en"] == "/en/errors/busy_error/"


def test_a_project_without_entries_has_the_files_that_are_about_all(empty: SmallProject):
    found = files(empty)

    assert json.loads(found["api/v1/errors.json"])["errors"] == []
    assert len(found) == 8


def test_full_texts_hold_the_copies_of_their_language_in_order(small: SmallProject):
    found = files(small)
    full = {language: found[path] for language, path in outputs.FULL.items()}

    for language, text in full.items():
        places = [text.index(found[f"{language}/errors/{slug}/index.md"]) for slug in SLUGS[:3]]
        assert places == sorted(places)
    assert "과부하" not in full["en"]


def test_contents_for_models_have_the_form_of_llmstxt_org(small: SmallProject):
    text = files(small)["llms.txt"]
    first, *sections = re.split(r"^## ", text, flags=re.MULTILINE)

    assert re.match(r"# claude-errors\n\n> .+\n\n", first)
    assert [section.split("\n")[0] for section in sections][-2:] == ["한국어", "Optional"]
    for section in sections:
        name, *lines = [line for line in section.splitlines() if line]
        assert lines, name
        assert all(re.fullmatch(r"- \[[^\]]+\]\(https://a\.example/\S*\)(: .+)?", line) for line in lines), lines


def test_contents_for_models_name_every_copy_once(small: SmallProject):
    found = files(small)
    links = re.findall(r"\(https://a\.example/(\S*)\)", found["llms.txt"])

    assert len(links) == len(set(links))
    assert {link for link in links if link.endswith("index.md")} == {
        f"{language}/errors/{slug}/index.md" for language in ("ko", "en") for slug in SLUGS[:3]
    }


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("slug", SLUGS[:3])
def test_copy_is_markdown_without_html(small: SmallProject, language: str, slug: str):
    text = files(small)[f"{language}/errors/{slug}/index.md"]
    tokens = MarkdownIt("commonmark").parse(text)
    inside = [child for token in tokens for child in token.children or []]

    assert [token.content for token in (*tokens, *inside) if token.type.startswith("html")] == []
    assert "ce-" not in text
    assert "\n\n\n" not in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_copy_has_the_sections_of_the_page_in_their_order(small: SmallProject):
    project = small.load()
    t = project.strings["en"]
    shown = [name for name in headings(files(small)["en/errors/stuck_image/index.md"]) if "?" not in name]

    assert shown[0] == "Oversized image in the history"
    assert shown[1:] == [
        t("verdict.label"),
        *(t(f"guide.{name}") for name in ("message", "code", "recovery")),
        t("guide.causes", n=len(project.catalogue.by_slug["stuck_image"].entry.causes)),
        *(t(f"guide.{name}") for name in ("meaning", "prevention", "faq", "related", "response", "usual", "platforms", "sources")),
    ]


def test_copy_shows_the_programs_as_they_are(small: SmallProject):
    project = small.load()
    fences = [
        token.content.rstrip("\n")
        for token in MarkdownIt("commonmark").parse(files(small)["ko/errors/stuck_image/index.md"])
        if token.type == "fence"
    ]

    for name, snippet in project.snippets["stuck_image"].files.items():
        assert snippet.shown in fences, name


def test_copy_cites_only_sources_that_it_lists(small: SmallProject):
    text = files(small)["en/errors/stuck_image/index.md"]
    body, sources = text.split("## Sources")

    cited = {int(number) for number in re.findall(r"\[(\d+)\]", re.sub(r"```.*?```", "", body, flags=re.DOTALL))}
    assert cited
    assert cited == {int(number) for number in re.findall(r"^(\d+)\. ", sources, re.MULTILINE)}


def test_copy_links_to_copies(small: SmallProject):
    text = files(small)["en/errors/busy_region/index.md"]

    assert f"]({SITE}en/errors/busy_error/index.md)" in text
    assert "guide:" not in text


def test_marks_in_a_title_are_text(small: SmallProject):
    small.edit(FULL, "  en: Oversized image in the history\n", '  en: "Oversized <b> `__init__` [x](y) in max_tokens"\n')
    found = files(small)

    html = MarkdownIt("commonmark").render(found["en/errors/stuck_image/index.md"].split("\n")[0])
    assert html == "<h1>Oversized &lt;b&gt; __init__ x in max_tokens</h1>\n"


def test_feeds_can_be_read(small: SmallProject):
    for language in ("ko", "en"):
        xml.dom.minidom.parseString(files(small)[f"{language}/feed.xml"].encode())


def test_no_file_lies_outside_of_the_site(small: SmallProject):
    assert all(not Path(path).is_absolute() and ".." not in Path(path).parts for path in files(small))


def test_catalogue_holds_the_record_of_each_file(small: SmallProject):
    project, found = small.load(), files(small)
    publisher = Publisher(project, SITE)
    entries = project.catalogue.entries
    newest = max(entry.checked for entry in entries)
    catalogue = publisher.head(newest).model_copy(update={"errors": tuple(publisher.error(entry) for entry in entries)})

    assert found["api/v1/errors.json"] == catalogue.model_dump_json(indent=2) + "\n"


def test_catalogue_of_no_error_is_that_of_the_model(empty: SmallProject):
    assert files(empty)["api/v1/errors.json"] == Publisher(empty.load(), SITE).head(None).model_dump_json(indent=2) + "\n"
