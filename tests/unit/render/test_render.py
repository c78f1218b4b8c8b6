"""Pages as HTML, of the small project and the real templates."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from generator.content import proof
from generator.render import Renderer, lists
from generator.render.base import identity_name
from generator.render.environment import breakable, message_html
from generator.render.guides import JUMP_LINKS
from generator.render.html import RenderedPage
from generator.schemas.published import Error, Verdict
from tests.unit.projects import FULL, MINIMAL, UMBRELLA, SmallProject


def rendered(small: SmallProject, slug: str, language: str = "en") -> RenderedPage:
    project = small.load()
    return Renderer(project).guides.guide(language, project.catalogue.by_slug[slug].entry)


def guide(small: SmallProject, slug: str, language: str = "en") -> str:
    return rendered(small, slug, language).html


def headings(page: str) -> list[str]:
    return re.findall(r'^<h2 id="(\w+)"', page, re.MULTILINE)


def test_sections_stand_in_their_order(small: SmallProject):
    assert headings(guide(small, "stuck_image")) == [
        "code",
        "recovery",
        "causes",
        "meaning",
        "prevention",
        "faq",
        "related",
    ]


def test_what_few_readers_need_is_folded_at_the_end(small: SmallProject):
    page = guide(small, "stuck_image")

    assert re.findall(r'<details class="ce-faq ce-fold" id="(\w+)"', page) == ["response", "usual", "platforms", "sources"]
    assert page.index('class="ce-refs"') > page.index('id="related"')


def test_section_with_nothing_to_say_is_not_there(small: SmallProject):
    assert headings(guide(small, "busy_region")) == ["code", "causes", "meaning", "prevention"]


def test_headings_have_the_same_ids_in_both_languages(small: SmallProject):
    assert headings(guide(small, "stuck_image", "ko")) == headings(guide(small, "stuck_image", "en"))


def test_small_family_is_a_row_that_opens_and_a_large_one_stands_at_the_top(small: SmallProject, monkeypatch):
    folded = guide(small, "busy_error")
    monkeypatch.setattr(lists, "MANY", 0)
    at_top = guide(small, "busy_error")

    assert '<details class="ce-faq ce-fold" id="members">' in folded
    assert headings(at_top)[0] == "members"
    assert all('<a href="../busy_region/">' in page and "Overload of a region" in page for page in (folded, at_top))


def test_member_leads_to_its_family(small: SmallProject):
    page = guide(small, "busy_region")

    assert rendered(small, "busy_region").meta["crumbs"] == [
        {"title": "Overload", "path": "en/errors/busy_error/"},
        {"title": "Overload of a region"},
    ]
    assert '<a href="../busy_error/#members">' in page


def test_related_pages_are_those_that_the_author_chose(small: SmallProject):
    small.edit(FULL, "family: null", "family: busy_error")
    page = guide(small, "stuck_image")

    rows = [line.split('"../')[1].split("/")[0] for line in page.splitlines() if line.startswith('<li class="ce-row"')]
    assert rows == list(small.located("stuck_image").entry.related)


@pytest.mark.parametrize(
    ("identity", "words"),
    [
        ("{ status: 529, type: overloaded_error }", "up to 2 times"),
        ("{ status: 429, type: overloaded_error }", "up to 2 times"),
        ("{ status: 400, type: overloaded_error }", "Neither SDK retries it"),
    ],
)
def test_what_the_sdks_do_is_computed_from_the_status(small: SmallProject, identity, words):
    small.edit(UMBRELLA, "{ status: 529, type: overloaded_error }", identity)

    assert words in guide(small, "busy_error")


def test_sdks_do_nothing_with_what_is_no_response_to_them(small: SmallProject):
    small.edit(UMBRELLA, "origin: server", "origin: subscription")

    assert "SDK retries" not in guide(small, "busy_error")
    assert "up to 2 times" not in guide(small, "busy_error")


def test_paragraph_has_one_citation_at_its_end(small: SmallProject):
    page = guide(small, "stuck_image")
    paragraphs = re.findall(r"<(?:p|dd)\b[^>]*>(.*?)</(?:p|dd)>", page, re.DOTALL)

    assert any("ce-cite" in paragraph for paragraph in paragraphs)
    assert all(paragraph.count("ce-cite") <= 1 for paragraph in paragraphs)


def test_jump_bar_has_few_links_the_most_useful_first(small: SmallProject):
    small.edit(UMBRELLA, "sticky: false", "sticky: true")
    small.edit(UMBRELLA, "retry_note:", "recovery:\n  ko: 빼세요.\n  en: Take it out.\n\nretry_note:")
    bar = guide(small, "busy_error").split('<nav class="ce-jump"')[1].split("</nav>")[0]

    assert [part.split('"')[0] for part in bar.split('href="#')[1:]] == ["fix", "recovery", "retry"]
    assert JUMP_LINKS == 3


def test_theme_is_told_what_the_page_is_about(small: SmallProject):
    found = rendered(small, "stuck_image", "ko").meta

    assert found["title"] == "기록에 남은 큰 이미지"
    assert found["head_title"] == "400 invalid_request_error: 기록에 남은 큰 이미지"
    assert found["description"] == "400 invalid_request_error: 이미지 하나가 10 MB 한도를 넘어 messages.0이 거부되었습니다."
    assert (found["path"], found["verdict"], found["checked"]) == ("ko/errors/stuck_image/", "change", "2026-10-10")


def test_questions_for_the_structured_data_are_plain_text(small: SmallProject):
    assert rendered(small, "stuck_image").meta["faq"] == [
        {"question": "Do I have to send base64?", "answer": "No. It has nothing to do with an overload."}
    ]


def test_fixed_program_is_whole_and_the_lines_that_fail_stand_in_it(small: SmallProject):
    page = guide(small, "stuck_image")
    block = page.split('<div class="highlight ce-diff')[1].split("</pre>")[0].split("<code>")[1]
    folder = small.root / "snippets/stuck_image"
    shown = {
        role: (folder / f"{role}.py").read_text(encoding="utf-8").split("region: show\n")[1].split("# endregion")[0]
        for role in ("fix", "trigger")
    }

    def words(html: str) -> str:
        return unescape(re.sub(r"<[^>]*>", "", html))

    assert words(re.sub(r"<del.*?</del>", "", block, flags=re.DOTALL)) == shown["fix"]
    removed = [words(line).strip() for line in re.findall(r'<del class="l">(.*?)</del>', block, re.DOTALL)]
    assert removed
    assert all(line in shown["trigger"] and line not in shown["fix"].splitlines() for line in removed)


def test_page_says_that_its_code_ran_only_while_it_is_that_code(small: SmallProject):
    files = sorted(path.relative_to(small.root).as_posix() for path in (small.root / "snippets/busy_error").iterdir())
    proof.write(small.root, files[1:])
    some = guide(small, "busy_error")
    proof.write(small.root, files)
    every = guide(small, "busy_error")
    small.edit(files[0], "5)", "6)")
    changed = guide(small, "busy_error")

    assert ["ce-proof" in page for page in (some, every, changed)] == [False, True, False]


def test_reason_stands_in_place_of_an_impossible_snippet(small: SmallProject):
    assert guide(small, "busy_region").count("There is no region in TypeScript.") == 2


def test_repair_stands_in_the_recovery_and_not_in_the_code(small: SmallProject):
    page = guide(small, "stuck_image")
    code, recovery = page.split('<h2 id="code"')[1].split('<h2 id="recovery"')

    assert "repair.py" not in code
    assert '<span class="filename">repair.py</span>' in recovery


@pytest.mark.parametrize("path", [FULL, UMBRELLA, MINIMAL])
def test_title_with_markdown_in_it_stays_text(small: SmallProject, path):
    slug = path.removeprefix("errors/").removesuffix(".yml")
    old = next(line for line in (small.root / path).read_text(encoding="utf-8").splitlines() if line.startswith("  en: "))
    small.edit(path, old + "\nsummary:", '  en: "`__init__` & `*a*` `[b](c)` <i> `{id}`"\nsummary:')
    heading = re.search(r"<h1[^>]*>(.*?)<a class", guide(small, slug))

    assert heading
    assert unescape(heading[1]) == "__init__ & *a* [b](c) <i> {id}"


def test_html_in_a_text_is_escaped_wherever_it_stands(small: SmallProject):
    text = (small.root / FULL).read_text(encoding="utf-8")
    small.write(FULL, re.sub(r"\ben: (?=[A-Za-z])|\ben: [|>]-\n +", r"\g<0><script>alert(1)</script> ", text))
    body = guide(small, "stuck_image")

    assert body.count("&lt;script&gt;") >= 20
    assert "<script" not in body


def test_index_groups_by_status_with_none_last_and_umbrella_first(small: SmallProject):
    small.edit(MINIMAL, "{ status: null, type: null }", "{ status: 529, type: overloaded_error }")
    small.edit(FULL, "  - { status: 400, type: invalid_request_error, error_code: image_too_large }\n", "")
    small.edit(FULL, "  - { status: 413,", "  - { status: null, type: null }\n  - { status: 413,")
    found = Renderer(small.load()).tools.index("en")
    page = found.html

    assert [part.split('"')[0] for part in page.split('id="status-')[1:]] == ["529", "none"]
    assert [part.split("/")[0] for part in page.split('href="errors/')[1:]] == ["busy_error", "busy_region", "stuck_image"]


def test_index_counts_the_errors_and_names_the_newest_check(small: SmallProject):
    found = Renderer(small.load()).tools.index("en")
    page = found.html

    assert found.meta["checked"] == "2026-10-10"
    assert ">3 errors</span>" in page


def test_index_offers_only_chips_that_find_something(small: SmallProject):
    found = Renderer(small.load()).tools.index("en")
    page = found.html

    assert [part.split('"')[0] for part in page.split('data-verdict="')[1:]] == ["", "never", "change", "backoff"]


def test_page_of_the_mock_offers_the_scenarios_that_entries_use(small: SmallProject):
    small.edit(UMBRELLA, "snippets:\n", 'snippets:\n  weather: { trigger: busy_error, fix: "busy_error;times=2" }\n')
    found = Renderer(small.load()).tools.mock("en")
    page = found.html

    assert page.count("busy_error") >= 1
    assert "stuck_image" not in page
    assert found.meta["path"] == "en/mock/"


def test_page_about_the_data_explains_every_field_and_shows_the_programs(small: SmallProject):
    small.write("snippets/_api/program.ts", "// region: show\nlookUp();\n// endregion\n")
    found = Renderer(small.load()).tools.api("en", "https://a.example/")
    page = found.html

    assert all(f"<tr><td><code>{name}</code></td>" in page for name in (*Error.model_fields, *Verdict.model_fields))
    assert "https://a.example/api/v1/errors.json" in page
    assert '<div class="ce-program in-api highlight"><span class="filename">look_up.ts</span>' in page
    assert "ce-proof" not in page
    assert found.meta["path"] == "en/api/"


def test_field_that_nobody_explains_is_a_mistake(small: SmallProject):
    small.edit("templates/strings/en.yml", "    redirect_from:", "    other:")

    with pytest.raises(KeyError, match="redirect_from"):
        Renderer(small.load()).tools.api("en", "/")


def test_redirect_leads_to_the_guide_in_its_language(small: SmallProject):
    project = small.load()
    found = Renderer(project).guides.redirect("ko", project.catalogue.by_slug["stuck_image"].entry)

    assert found.meta["target"] == "ko/errors/stuck_image/"


def test_template_that_asks_for_what_it_does_not_get_fails(small: SmallProject):
    small.write("templates/guide.html.j2", "{{ nothing }}")

    with pytest.raises(Exception, match="'nothing' is undefined"):
        guide(small, "busy_error")


def test_message_marks_what_changes_and_escapes_the_rest():
    assert message_html("a <n> > <n> & 'x'", {"n": "<b>"}) == "a <var>&lt;b&gt;</var> &gt; <var>&lt;b&gt;</var> &amp; 'x'"


def test_type_may_break_after_each_underscore():
    assert breakable("a_b<c") == "a_<wbr>b&lt;c"


@pytest.mark.parametrize(
    ("identity", "name"),
    [
        ("{ status: 529, type: overloaded_error }", "529 overloaded_error"),
        ("{ status: 529, type: null }", "529"),
        ("{ status: null, type: overloaded_error }", "overloaded_error"),
        ("{ status: null, type: null }", ""),
    ],
)
def test_error_is_named_by_status_and_type(small: SmallProject, identity, name):
    small.edit(UMBRELLA, "{ status: 529, type: overloaded_error }", identity)

    assert identity_name(small.located("busy_error").entry.main) == name


def test_response_is_valid_json_on_the_page(small: SmallProject):
    block = re.search(r'<span class="filename">HTTP 400</span>.*?<code>(.*?)</code>', guide(small, "stuck_image"), re.DOTALL)

    assert block
    assert json.loads(unescape(re.sub(r"<[^>]*>", "", block[1])))["error"]["details"] == {"error_code": "image_too_large"}
