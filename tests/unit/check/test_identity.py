"""Rules about names: slugs, families, relations, titles."""

from __future__ import annotations

import pytest

from tests.unit.check.breaking import assert_breaks
from tests.unit.projects import FULL, MINIMAL, UMBRELLA, SmallProject

IMPOSSIBLE = "".join(
    f"    {name}:\n      ko: 코드가 없습니다.\n      en: There is no code.\n" for name in ("trigger.py", "fix.py", "trigger.ts", "fix.ts")
)


def add_entry(small: SmallProject, stem: str, old: str = "slug: busy_region", new: str = "") -> str:
    """Write another minimal entry without snippets; return its path."""
    path = f"errors/{stem}.yml"
    text = (small.root / MINIMAL).read_text(encoding="utf-8")
    head, rest = text.split("  impossible:\n")
    text = f"{head}  impossible:\n{IMPOSSIBLE}\nretry_note:{rest.split('retry_note:')[1]}"
    small.write(path, text.replace("slug: busy_region", f"slug: {stem}"))
    small.edit(path, "ko: 리전 과부하", f"ko: 다른 과부하 {stem}")
    small.edit(path, "en: Overload of a region", f"en: Another overload {stem}")
    if new:
        small.edit(path, old, new)
    return path


def test_slug_that_is_not_the_name_of_its_file(small: SmallProject):
    path = add_entry(small, "other", "slug: other", "slug: another")

    assert_breaks(small, "slug_is_file_stem", (path, "slug: another", "slug", "is `another`, but the file is called other.yml"))


def test_slug_of_two_entries(small: SmallProject):
    path = add_entry(small, "other", "slug: other", "slug: busy_region")

    assert [(problem.path, problem.line, problem.field, problem.message) for problem in small.problems()] == [
        (path, 3, "slug", "`busy_region` is the slug of errors/busy_region.yml too"),
        (path, 3, "slug", "is `busy_region`, but the file is called other.yml"),
    ]


def test_earlier_slug_that_is_in_use(small: SmallProject):
    small.edit(FULL, "[big_image]", "[busy_error]")

    assert_breaks(small, "slug_is_unique", (FULL, "[busy_error]", "redirect_from[0]", "`busy_error` belongs to errors/busy_error.yml"))


def test_earlier_slug_that_leads_to_two_pages(small: SmallProject):
    path = add_entry(small, "x_other", "checked: 2026-10-08", "checked: 2026-10-08\nredirect_from: [big_image]")

    assert_breaks(small, "slug_is_unique", (path, "[big_image]", "redirect_from[0]", "`big_image` belongs to errors/stuck_image.yml"))


def test_family_that_is_no_entry(small: SmallProject):
    small.edit(FULL, "family: null", "family: nothing")

    assert_breaks(small, "family_exists", (FULL, "family: nothing", "family", "`nothing` is not an entry"))


def test_family_that_has_a_family(small: SmallProject):
    add_entry(small, "other", "family: busy_error", "family: busy_region")

    assert_breaks(small, "family_exists", ("errors/other.yml", "family: busy_region", "family", "`busy_region` belongs to a family itself"))


def test_related_slug_that_is_no_entry(small: SmallProject):
    small.edit(FULL, "related: [busy_region]", "related: [busy_region, nothing]")

    assert_breaks(small, "related_exists", (FULL, "related: [", "related[1]", "`nothing` is not an entry"))


def test_entry_that_is_related_to_itself(small: SmallProject):
    small.edit(FULL, "related: [busy_region]", "related: [stuck_image]")

    assert_breaks(small, "related_exists", (FULL, "related: [", "related[0]", "is this entry itself"))


@pytest.mark.parametrize(
    ("path", "related", "slug"),
    [
        (FULL, "[busy_region, busy_region]", "busy_region"),
        (MINIMAL, "[stuck_image, busy_error]", "busy_error"),
        (UMBRELLA, "[stuck_image, busy_region]", "busy_region"),
    ],
)
def test_related_page_that_is_shown_anyway(small: SmallProject, path, related, slug):
    if path == FULL:
        small.edit(FULL, "related: [busy_region]\n", "")
    small.edit(path, "\nchecked:", f"\nrelated: {related}\nchecked:")

    assert_breaks(small, "related_exists", (path, "related: [", "related[1]", f"`{slug}` is shown anyway"))


def test_official_name_that_the_api_does_not_use(small: SmallProject):
    small.edit(FULL, "name_origin: ours", "name_origin: official")

    message = "`stuck_image` is neither a type nor an error_code of this entry"
    assert_breaks(small, "name_origin_is_true", (FULL, "name_origin:", "name_origin", message))


@pytest.mark.parametrize("identity", ["type: other", "type: null, error_code: other"])
def test_own_name_that_the_api_uses(small: SmallProject, identity):
    path = add_entry(small, "other", "{ status: null, type: null }", f"{{ status: null, {identity} }}")

    assert_breaks(small, "name_origin_is_true", (path, "name_origin:", "name_origin", "the API itself says `other`"))


@pytest.mark.parametrize(("language", "title"), [("ko", "과부하"), ("en", "Overload")])
def test_title_of_two_pages(small: SmallProject, language, title):
    old = {"ko": "기록에 남은 큰 이미지", "en": "Oversized image in the history"}[language]
    small.edit(FULL, f"  {language}: {old}", f"  {language}: {title}")

    assert_breaks(
        small, "title_is_unique", (FULL, f"  {language}: {title}", f"title.{language}", "is the title of errors/busy_error.yml too")
    )


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (FULL, "related: [busy_region]", "related: []\nx: 1"),
        (MINIMAL, "origin: sdk", "origin: bogus"),
        (UMBRELLA, "origin: server", "origin: bogus"),
    ],
)
def test_entry_with_a_mistake_of_shape_is_one_problem_and_breaks_no_other(small: SmallProject, path, old, new):
    small.edit(path, old, new)

    assert [problem.path for problem in small.problems()] == [path]


PENDING = """pending:
  - slug: busy_moon
    title: { ko: 달이 바쁩니다, en: The moon is busy }
    status: 529
    type: null
    retry: backoff
    messages: ["The moon is busy right now"]
    source: docs_page
    change: { ko: 기다리세요., en: Wait. }

aliases:"""


def test_pending_error_that_two_pages_name(small: SmallProject):
    source = small.located("busy_error").entry.messages[0].source
    for path in (UMBRELLA, FULL):
        small.edit(path, "\naliases:", "\n" + PENDING.replace("docs_page", source))

    assert_breaks(
        small, "pending_is_named_once", (FULL, "- slug: busy_moon", "pending[0].slug", "`busy_moon` stands in errors/busy_error.yml too")
    )


def test_pending_error_with_a_guide_of_its_own_is_no_longer_pending(small: SmallProject):
    source = small.located("busy_error").entry.messages[0].source
    small.edit(UMBRELLA, "\naliases:", "\n" + PENDING.replace("docs_page", source))
    before = small.load()
    add_entry(small, "busy_moon")
    after = small.load()

    assert [pending.slug for pending in before.pending(before.catalogue.by_slug["busy_error"].entry)] == ["busy_moon"]
    assert after.pending(after.catalogue.by_slug["busy_error"].entry) == []


def test_slug_that_is_misspelled_names_the_one_that_is_meant(small: SmallProject):
    small.edit(MINIMAL, "family: busy_error", "family: busy_eror")
    small.edit(UMBRELLA, "checked:", "related: [stuck_imag]\nchecked:")

    assert {problem.hint.partition("?")[0] for problem in small.problems() if problem.field in ("family", "related[0]")} == {
        "did you mean `busy_error`",
        "did you mean `stuck_image`",
    }
