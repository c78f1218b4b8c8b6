"""Pages as Markdown, of the small project and the real templates."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
import yaml
from jinja2.sandbox import SecurityError

from generator.content import proof
from generator.render import JUMP_LINKS, Renderer, breakable, front_matter, identity_name, message_html
from generator.render.environment import environment
from generator.schemas.published import Error, Verdict
from tests.unit.projects import FULL, MINIMAL, UMBRELLA, SmallProject


def guide(small: SmallProject, slug: str, language: str = "en") -> str:
    project = small.load()
    return Renderer(project).guide(language, project.catalogue.by_slug[slug].entry)


def meta(page: str) -> dict:
    return yaml.safe_load(page.split("---\n")[1])


def headings(page: str) -> list[str]:
    return re.findall(r"^## .*\{ #(\w+)", page, re.MULTILINE)


def test_sections_stand_in_their_order(small: SmallProject):
    assert headings(guide(small, "stuck_image")) == [
        "message",
        "meaning",
        "causes",
        "code",
        "recovery",
        "response",
        "prevention",
        "retry",
        "cost",
        "platforms",
        "related",
        "faq",
        "sources",
    ]


def test_section_with_nothing_to_say_is_not_there(small: SmallProject):
    assert headings(guide(small, "busy_region")) == ["meaning", "causes", "code", "retry", "cost", "related", "sources"]


def test_headings_have_the_same_ids_in_both_languages(small: SmallProject):
    assert headings(guide(small, "stuck_image", "ko")) == headings(guide(small, "stuck_image", "en"))


def test_umbrella_page_lists_its_members(small: SmallProject):
    page = guide(small, "busy_error")

    assert headings(page)[2] == "members"
    assert '<a href="../busy_region/">Overload of a region</a>' in page


def test_member_leads_to_its_family_in_crumbs_and_related_pages(small: SmallProject):
    page = guide(small, "busy_region")

    assert meta(page)["crumbs"] == [{"title": "Overload", "path": "en/errors/busy_error/"}, {"title": "Overload of a region"}]
    assert '<a href="../busy_error/">Overload</a>' in page


def test_related_pages_stand_once_with_family_and_siblings_first(small: SmallProject):
    small.edit(FULL, "family: null", "family: busy_error")
    page = guide(small, "stuck_image")

    assert [line.split('"../')[1].split("/")[0] for line in page.splitlines() if line.startswith('<li class="ce-row"')] == [
        "busy_error",
        "busy_region",
    ]


def test_jump_bar_has_few_links_the_most_useful_first(small: SmallProject):
    small.edit(UMBRELLA, "sticky: false", "sticky: true")
    small.edit(UMBRELLA, "retry_note:", "recovery:\n  ko: 빼세요.\n  en: Take it out.\n\nretry_note:")
    bar = guide(small, "busy_error").split('<nav class="ce-jump"')[1].split("</nav>")[0]

    assert [part.split('"')[0] for part in bar.split('href="#')[1:]] == ["code", "recovery", "members"]
    assert JUMP_LINKS == 3


def test_front_matter_is_yaml_that_reads_back(small: SmallProject):
    found = meta(guide(small, "stuck_image", "ko"))

    assert found["title"] == "기록에 남은 큰 이미지"
    assert found["head_title"] == "400 invalid_request_error: 기록에 남은 큰 이미지"
    assert found["description"] == "400 invalid_request_error: 이미지 하나가 10 MB 한도를 넘어 messages.0이 거부되었습니다."
    assert (found["path"], found["verdict"], found["checked"]) == ("ko/errors/stuck_image/", "change", "2026-10-10")


@pytest.mark.parametrize("value", ["a: b", "- x", "'", '"', "{x}", "#", "no", "1", "2026-01-01", "a\nb", "\\", "한글", "<b>", "\t", "---"])
def test_front_matter_keeps_every_text(value):
    lines = front_matter({"key": value, "none": None})

    assert yaml.safe_load(lines.strip().strip("-")) == {"key": value}


def test_questions_in_the_front_matter_are_plain_text(small: SmallProject):
    assert meta(guide(small, "stuck_image"))["faq"] == [
        {"question": "Do I have to send base64?", "answer": "No. It has nothing to do with an overload."}
    ]


def test_changed_lines_of_the_code_are_marked(small: SmallProject):
    page = guide(small, "stuck_image")

    assert page.count('hl_lines="5"') == 2
    assert page.count('hl_lines="3"') == 2


def test_code_with_a_fence_in_it_gets_a_longer_fence(small: SmallProject):
    small.edit("snippets/busy_error/fix.py", 'print("busy_error", 5)', 'text = """\n````\n"""')

    assert "    `````{ .python .ce-fix" in guide(small, "busy_error")


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
    code, recovery = page.split("{ #code")[1].split("{ #recovery")

    assert "repair.py" not in code
    assert 'title="repair.py"' in recovery


@pytest.mark.parametrize("path", [FULL, UMBRELLA, MINIMAL])
def test_title_with_markdown_in_it_stays_text(small: SmallProject, path):
    slug = path.removeprefix("errors/").removesuffix(".yml")
    old = next(line for line in (small.root / path).read_text(encoding="utf-8").splitlines() if line.startswith("  en: "))
    small.edit(path, old + "\nsummary:", '  en: "`__init__` & `*a*` `[b](c)` <i> `{id}`"\nsummary:')
    heading = next(line for line in guide(small, slug).splitlines() if line.startswith("# "))

    assert unescape(heading.replace("\\", "")) == "# __init__ & *a* [b](c) <i> {id}"
    assert all(f"\\{mark}" in heading for mark in "_*[]{}")


def test_html_in_a_text_is_escaped_wherever_it_stands(small: SmallProject):
    text = (small.root / FULL).read_text(encoding="utf-8")
    small.write(FULL, re.sub(r"\ben: (?=[A-Za-z])|\ben: [|>]-\n +", r"\g<0><script>alert(1)</script> ", text))
    body = guide(small, "stuck_image").split("---\n", 2)[2]

    assert body.count("&lt;script&gt;") >= 20
    # Code blocks and their titles are escaped by the Markdown parser.
    assert [line for line in body.splitlines() if "<script" in line and "```" not in line] == []


def test_index_groups_by_status_with_none_last_and_umbrella_first(small: SmallProject):
    small.edit(MINIMAL, "{ status: null, type: null }", "{ status: 529, type: overloaded_error }")
    small.edit(FULL, "  - { status: 400, type: invalid_request_error, error_code: image_too_large }\n", "")
    small.edit(FULL, "  - { status: 413,", "  - { status: null, type: null }\n  - { status: 413,")
    page = Renderer(small.load()).index("en")

    assert [part.split('"')[0] for part in page.split('id="status-')[1:]] == ["529", "none"]
    assert [part.split("/")[0] for part in page.split('href="errors/')[1:]] == ["busy_error", "busy_region", "stuck_image"]


def test_index_counts_the_guides_and_names_the_newest_check(small: SmallProject):
    page = Renderer(small.load()).index("en")

    assert meta(page)["checked"] == "2026-10-10"
    assert ">3 guides</span>" in page


def test_index_offers_only_filters_that_find_something(small: SmallProject):
    page = Renderer(small.load()).index("en")

    assert [part.split("<")[0] for part in page.split("<option>")[1:]] == [
        "400",
        "413",
        "529",
        "invalid_request_error",
        "overloaded_error",
        "request_too_large",
    ]
    assert [part.split('"')[0] for part in page.split('data-verdict-filter="')[1:]] == ["", "never", "change", "backoff"]


def test_page_of_the_mock_offers_the_scenarios_that_entries_use(small: SmallProject):
    small.edit(UMBRELLA, "snippets:\n", 'snippets:\n  weather: { trigger: busy_error, fix: "busy_error;times=2" }\n')
    page = Renderer(small.load()).mock("en")

    assert page.count("busy_error") >= 1
    assert "stuck_image" not in page
    assert meta(page)["path"] == "en/mock/"


def test_page_about_the_data_explains_every_field_and_shows_the_programs(small: SmallProject):
    small.write("snippets/_api/program.ts", "// region: show\nlookUp();\n// endregion\n")
    page = Renderer(small.load()).api("en", "https://a.example/")

    assert all(f"<tr><td><code>{name}</code></td>" in page for name in (*Error.model_fields, *Verdict.model_fields))
    assert "curl -O https://a.example/api/v1/errors.json" in page
    assert '    ```{ .ts .ce-program .in-api title="look_up.ts" }\n    lookUp();\n' in page
    assert "ce-proof" not in page
    assert meta(page)["path"] == "en/api/"


def test_field_that_nobody_explains_is_a_mistake(small: SmallProject):
    small.edit("templates/strings/en.yml", "    redirect_from:", "    other:")

    with pytest.raises(KeyError, match="redirect_from"):
        Renderer(small.load()).api("en", "/")


def test_redirect_leads_to_the_guide_in_its_language(small: SmallProject):
    project = small.load()
    page = Renderer(project).redirect("ko", project.catalogue.by_slug["stuck_image"].entry)

    assert meta(page)["target"] == "ko/errors/stuck_image/"


def test_template_that_asks_for_what_it_does_not_get_fails(small: SmallProject):
    small.write("templates/guide.md.j2", "{{ nothing }}")

    with pytest.raises(Exception, match="'nothing' is undefined"):
        guide(small, "busy_error")


def test_template_cannot_reach_into_python(small: SmallProject):
    small.write("templates/guide.md.j2", "{{ entry.__class__.__mro__ }}")

    with pytest.raises(Exception, match="unsafe"):
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

    assert identity_name(small.located("busy_error").entry) == name


def test_response_is_valid_json_on_the_page(small: SmallProject):
    block = re.search(r"^```.*json.*HTTP 400.*\n([\s\S]*?)\n```$", guide(small, "stuck_image"), re.MULTILINE)

    assert json.loads(block[1])["error"]["details"] == {"error_code": "image_too_large"}


class Thing:
    """What a template may look at."""

    name = "thing"

    def greet(self, name: str = "you") -> str:
        return f"hello {name}"

    def drop(self) -> str:
        return "dropped"

    drop.unsafe_callable = True  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "template",
    [
        "{{ thing.__class__ }}",
        "{{ thing.greet.__func__ }}",
        "{{ words.append(1) }}",
        "{{ thing.drop() }}",
        "{{ '{0.__class__}'.format(thing) }}",
        "{{ form.format(thing) }}",
        "{% for word in words %}{{ word.format(thing) }}{% endfor %}",
    ],
)
def test_template_may_not_look_behind_or_change_what_it_is_given_however_often_it_asks(tmp_path: Path, template: str):
    made = environment(tmp_path).from_string(template)
    for _ in range(2):
        with pytest.raises(SecurityError):
            made.render(thing=Thing(), words=["{0.__class__}"], form="{0.__class__}")


def test_template_may_read_and_call_what_is_meant_for_it(tmp_path: Path):
    template = "{% for _ in range(2) %}{{ thing.name }} {{ thing.greet() }} {{ thing.greet(name='me') }} {{ '{}'.format(1) }} {% endfor %}"

    assert environment(tmp_path).from_string(template).render(thing=Thing()) == "thing hello you hello me 1 " * 2
