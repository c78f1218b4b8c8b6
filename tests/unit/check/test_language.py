"""Rules about the two languages."""

from __future__ import annotations

import pytest

from tests.unit.check.breaking import assert_breaks, set_meaning
from tests.unit.projects import FULL, UMBRELLA, SmallProject

KOREAN, ENGLISH = "요청이 몰렸습니다.", "Traffic is high."


@pytest.mark.parametrize(
    ("korean", "english", "message"),
    [
        (" `529`", "", "the code spans differ between the languages (only in ko: `529`)"),
        (" `a`", " `b`", "the code spans differ between the languages (only in ko: `a`; only in en: `b`)"),
        ("", " `a` and `a`", "the code spans differ between the languages (only in en: `a`)"),
        ("", " [x](https://x.example)", "the links differ between the languages (only in en: `https://x.example`)"),
        (
            " [x](guide:busy_region)",
            " [x](guide:stuck_image)",
            "the links differ between the languages (only in ko: `guide:busy_region`; only in en: `guide:stuck_image`)",
        ),
        (" {{ limits.images.max_side }}", "", "the facts differ between the languages (only in ko: `limits.images.max_side`)"),
        ("[^sdk_python]", "", "the citations differ between the languages (only in ko: `[^sdk_python]`)"),
    ],
)
def test_languages_that_do_not_say_the_same(small: SmallProject, korean, english, message):
    set_meaning(small, KOREAN + korean, ENGLISH + english)

    assert_breaks(small, "languages_agree", (UMBRELLA, "meaning:", "meaning", message))


def test_citation_may_stand_more_often_in_one_language(small: SmallProject):
    set_meaning(small, KOREAN + "[^vision] 그렇습니다.")

    assert small.problems() == []


def test_korean_text_in_english(small: SmallProject):
    set_meaning(small, korean="Traffic is up.")

    assert_breaks(small, "language_is_its_own", (UMBRELLA, "Traffic is up.", "meaning.ko", "has no Korean word"))


def test_english_text_with_korean_in_it(small: SmallProject):
    set_meaning(small, english="Traffic (요청) is high.")

    assert_breaks(small, "language_is_its_own", (UMBRELLA, "Traffic (요청)", "meaning.en", "has Korean words"))


def test_korean_in_a_code_span_of_english_is_meant(small: SmallProject):
    set_meaning(small, KOREAN + " `한글`", ENGLISH + " `한글`")

    assert small.problems() == []


def test_text_without_words_is_of_every_language(small: SmallProject):
    small.edit(UMBRELLA, "  ko: 몇 초", '  ko: "2–10 s"')
    small.edit(UMBRELLA, "  en: A few seconds", '  en: "2–10 s"')

    assert small.problems() == []


@pytest.mark.parametrize(("word", "better"), [("에러", "오류"), ("API키", "API 키"), ("참고하세요", "참조하세요"), ("을(를)", "을 or 를")])
def test_word_that_the_documentation_does_not_use(small: SmallProject, word, better):
    set_meaning(small, f"여기 {word} 말이 있습니다.")
    hints = [problem.hint for problem in small.problems()]

    assert hints == [f"write {better}"]
    assert_breaks(small, "korean_follows_glossary", (UMBRELLA, f"여기 {word} ", "meaning.ko", f"says `{word}`"))


def test_word_in_a_code_span_is_a_quotation(small: SmallProject):
    set_meaning(small, KOREAN + " `에러`", ENGLISH + " `에러`")

    assert small.problems() == []


@pytest.mark.parametrize(
    ("text", "ending"), [("요청이 몰렸다.", "렸다."), ("그래요. 몰려서 그런 것이에요. 좋네요.", "네요."), ("이렇게 해요.", "해요.")]
)
def test_sentence_that_does_not_end_in_formal_style(small: SmallProject, text, ending):
    set_meaning(small, text)

    assert_breaks(small, "korean_follows_glossary", (UMBRELLA, text, "meaning.ko", f"ends a sentence with `{ending}`"))


@pytest.mark.parametrize("text", ["몰렸습니다.", "보내세요.", "무엇인가요?", "하나다는 뜻입니다.", "`다.` 표시입니다."])
def test_sentence_in_formal_style(small: SmallProject, text):
    set_meaning(small, text, ENGLISH + (" `다.`" if "`" in text else ""))

    assert small.problems() == []


@pytest.mark.parametrize(
    ("mark", "particle"),
    [
        *(("", particle) for particle in ("은", "는", "이", "가", "을", "를", "과", "와", "로", "으로", "이라는", "면")),
        ("`", "을"),
        ("**", "을"),
    ],
)
def test_particle_that_hangs_on_a_fact(small: SmallProject, mark, particle):
    fact = "{{ limits.images.max_size }}"
    set_meaning(small, f"한도는 {mark}{fact}{mark}{particle} 합니다.", f"The limit is {mark}{fact}{mark}.")

    assert_breaks(small, "no_particle_on_fact", (UMBRELLA, "한도는 ", "meaning.ko", f"hangs `{particle}` on a fact"))


@pytest.mark.parametrize("after", [" 한도를 넘습니다", "개까지입니다", "부터입니다", "입니다", "에서 옵니다", "이하입니다"])
def test_noun_or_fixed_ending_after_a_fact(small: SmallProject, after):
    fact = "{{ limits.images.max_size }}"
    set_meaning(small, f"한도는 {fact}{after}.", f"The limit is {fact}.")

    assert small.problems() == []


@pytest.mark.parametrize(
    ("path", "old", "new", "particle"),
    [
        ("templates/strings/ko.yml", "\nlegend:\n", '\nlegend:\n  x: "{n}을 보냅니다"\n', "을"),
        ("templates/guide.html.j2", '<p class="ce-lead">', '{{ x }}는 <p class="ce-lead">', "는"),
        ("templates/theme/main.html", "{% block content %}", "<b>{{ x }}</b>가 {% block content %}", "가"),
    ],
)
def test_particle_that_hangs_on_a_slot_of_a_template(small: SmallProject, path, old, new, particle):
    text = (small.root / path).read_text(encoding="utf-8")
    small.write(path, text.replace(old, new, 1))
    if path.endswith("ko.yml"):
        english = (small.root / "templates/strings/en.yml").read_text(encoding="utf-8")
        small.write("templates/strings/en.yml", english.replace(old, '\nlegend:\n  x: "{n} is sent"\n', 1))

    assert_breaks(
        small, "no_particle_on_slot", (path, f"}}{particle} " if "</b>" not in new else "</b>가 ", "", f"hangs `{particle}` on a slot")
    )


def test_project_without_templates_has_no_slot_to_check(small: SmallProject):
    small.remove("templates")

    assert {problem.path for problem in small.problems()} == {
        "templates/strings/ko.yml",
        "templates/strings/en.yml",
        "templates/synonyms.yml",
    }


def test_every_text_of_an_entry_is_looked_at(small: SmallProject):
    small.edit(FULL, "  ko: 날짜는 글의 것입니다.", "  ko: 날짜는 글의 것이다.")

    message = "ends a sentence with `이다.`"
    assert_breaks(small, "korean_follows_glossary", (FULL, "글의 것이다.", "sources.forum_post.read_note.ko", message))
