"""The list of known breaches: it excuses what it names, and can only shrink."""

from __future__ import annotations

import pytest

from generator import check
from generator.check.exceptions import FILE
from tests.unit.check.breaking import set_meaning
from tests.unit.projects import MINIMAL, UMBRELLA, SmallProject

WRONG = "`429`은 표시됩니다."
LIST = "particles_fit_code:\n  errors/busy_error.yml: {ko: 1}\n"


@pytest.fixture
def broken(small: SmallProject) -> SmallProject:
    """A project with one breach, which its list excuses."""
    set_meaning(small, WRONG, "It is `429`.")
    small.write(FILE, LIST)
    return small


def found(small: SmallProject) -> list[tuple[str, int, str, str]]:
    return [(problem.path, problem.line, problem.message, problem.hint) for problem in small.problems()]


def test_breach_on_the_list_is_excused(broken: SmallProject):
    assert found(broken) == []


def test_breach_is_excused_for_its_language_and_file_only(broken: SmallProject):
    broken.write(FILE, LIST.replace("ko:", "en:"))
    assert [message for _, _, message, _ in found(broken)] == ["says `429`은", "excuses 1, but there are 0 now"]

    broken.write(FILE, LIST.replace("busy_error", "busy_region"))
    assert [message for _, _, message, _ in found(broken)] == ["says `429`은", "excuses 1, but there are 0 now"]


def test_one_more_breach_shows_all_of_them(broken: SmallProject):
    broken.edit(UMBRELLA, "    ko: 요청에는 문제가 없습니다.", "    ko: 요청 `1`는 맞습니다.")
    broken.edit(UMBRELLA, "    en: The request is fine.", "    en: Request `1` is fine.")

    assert [message for _, _, message, _ in found(broken)] == ["says `1`는", "says `429`은"]
    assert all(hint.endswith(f"{FILE} excuses 1 of these here, and there are more") for _, _, _, hint in found(broken))


@pytest.mark.parametrize(("number", "hint"), [(1, "remove this line"), (0, "")])
def test_line_that_is_no_longer_true(small: SmallProject, number, hint):
    small.write(FILE, LIST if number else "{}\n")

    wanted = [(FILE, 2, "excuses 1, but there are 0 now", f"{hint}, or run `claude-errors exceptions`")] if number else []
    assert found(small) == wanted


def test_line_that_excuses_too_many(broken: SmallProject):
    broken.write(FILE, LIST.replace("1", "3"))

    assert found(broken) == [(FILE, 2, "excuses 3, but there are 1 now", "write 1, or run `claude-errors exceptions`")]


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("particles_fit_code", "particles_fit_cod", 1, "is no rule that has exceptions"),
        ("particles_fit_code", "sticky_has_recovery", 1, "is no rule that has exceptions"),
        ("busy_error", "busy_eror", 2, "is no file that the rules read"),
    ],
)
def test_line_about_nothing(small: SmallProject, old, new, line, message):
    small.write(FILE, LIST.replace(old, new))

    assert [problem[:3] for problem in found(small)] == [(FILE, line, message)]


def test_list_of_the_wrong_shape_is_told_with_its_place(small: SmallProject):
    small.write(FILE, LIST.replace("{ko: 1}", "{ko: none}"))

    assert [problem[:2] for problem in found(small)] == [(FILE, 2)]


def test_file_with_a_mistake_of_shape_keeps_its_lines(broken: SmallProject):
    broken.edit(UMBRELLA, "origin: server", "origin: bogus")

    assert [problem[0] for problem in found(broken)] == [UMBRELLA]


def test_first_list_has_all_that_is_broken(broken: SmallProject):
    broken.remove(FILE)
    file = check.shrink(broken.load())

    assert file.read_text(encoding="utf-8").endswith(f"\n\n{LIST}")
    assert found(broken) == []


def test_list_written_anew_never_grows(broken: SmallProject):
    broken.edit(UMBRELLA, "    ko: 요청에는 문제가 없습니다.", "    ko: 요청 `1`는 맞습니다.")
    broken.edit(UMBRELLA, "    en: The request is fine.", "    en: Request `1` is fine.")
    check.shrink(broken.load())
    assert len(found(broken)) == 2

    check.shrink(broken.load(), ["particles_fit_code"])
    assert found(broken) == []


def test_list_written_anew_is_without_what_was_mended(broken: SmallProject):
    broken.edit(UMBRELLA, "`429`은", "`429`는")
    check.shrink(broken.load())

    assert LIST not in (broken.root / FILE).read_text(encoding="utf-8")
    assert found(broken) == []


def test_mistake_of_another_kind_is_never_excused(small: SmallProject):
    small.edit(MINIMAL, "  ko: 리전 과부하", "  ko: 리전 과부하 TODO")
    check.shrink(small.load())

    assert [message for _, _, message, _ in found(small)] == ["holds a TODO"]
