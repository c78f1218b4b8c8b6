"""Compiled templates between two builds: the same text comes out, and only code of the same source is used."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from generator.render import compiled
from generator.render.compiled import Compiled


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLAUDE_ERRORS_JOBS", "2")
    (tmp_path / "page.j2").write_text("{% extends 'base.j2' %}{% block a %}{{ n }}{% endblock %}", encoding="utf-8")
    (tmp_path / "base.j2").write_text("<{% block a %}{% endblock %}>", encoding="utf-8")
    return tmp_path


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the templates that this process compiled."""
    names: list[str] = []
    real = Environment.compile

    def noted(self: Environment, source: str, name: str, *rest: object) -> object:
        names.append(name)
        return real(self, source, name, *rest)

    monkeypatch.setattr(Environment, "compile", noted)
    return names


def rendered(folder: Path, cache: Compiled) -> str:
    environment = Environment(loader=FileSystemLoader(folder), bytecode_cache=cache, autoescape=False)
    return environment.get_template("page.j2").render(n=7)


def started(folder: Path) -> Compiled:
    cache = Compiled(folder)
    cache.start(lambda: [(lambda: Environment(loader=FileSystemLoader(folder), autoescape=False), ["page.j2"])])
    return cache


def test_templates_and_what_they_name_are_compiled_ahead(folder: Path, made: list[str]):
    cache = started(folder)
    cache.receive()
    made.clear()  # this process may have done it, or another

    assert rendered(folder, cache) == "<7>"
    assert made == []


def test_what_was_kept_is_not_compiled_again(folder: Path, made: list[str]):
    cache = Compiled(folder)
    rendered(folder, cache)
    cache.keep()
    assert made == ["page.j2", "base.j2"]

    assert rendered(folder, started(folder)) == "<7>"
    assert made == ["page.j2", "base.j2"]


def test_template_that_changed_is_compiled_anew(folder: Path, made: list[str]):
    cache = Compiled(folder)
    rendered(folder, cache)
    cache.keep()
    (folder / "base.j2").write_text("[{% block a %}{% endblock %}]", encoding="utf-8")
    made.clear()

    assert rendered(folder, Compiled(folder)) == "[7]"
    assert made == ["base.j2"]


@pytest.mark.parametrize("damage", ["bytes", "program"])
def test_what_is_damaged_or_of_another_program_is_not_believed(folder: Path, made: list[str], monkeypatch: pytest.MonkeyPatch, damage: str):
    cache = Compiled(folder)
    rendered(folder, cache)
    cache.keep()
    if damage == "bytes":
        file = folder / compiled.KEPT
        content = bytearray(file.read_bytes())
        content[-20] ^= 1
        file.write_bytes(content)
    else:
        monkeypatch.setattr(compiled.fingerprint, "program", lambda: "another")
    made.clear()

    assert rendered(folder, Compiled(folder)) == "<7>"
    assert made == ["page.j2", "base.j2"]


def test_template_with_a_mistake_is_told_where_it_is_rendered(folder: Path):
    (folder / "base.j2").write_text("{% if %}", encoding="utf-8")
    cache = started(folder)
    cache.receive()

    with pytest.raises(Exception, match="Expected an expression"):
        rendered(folder, cache)
