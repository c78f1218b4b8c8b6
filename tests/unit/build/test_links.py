"""Links that lead nowhere are found, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import links

PAGE = "en/errors/one/index.html"
THERE = {PAGE: {"fix", "가"}, "en/errors/two/index.html": {"causes"}, "en/index.html": set(), "index.html": set()}


def broken(built: Path, href: str) -> list[str]:
    targets = links.targets(PAGE, f'<p><a class="x" href="{href}">x</a></p>')
    return list(links.broken([(PAGE, target) for target in targets], THERE, built))


@pytest.mark.parametrize(
    "href",
    [
        *("#fix", "../two/", "../two/#causes", "../..", "../../", "/", "/en/", "../../../", "index.md", "#%EA%B0%80"),
        *("https://a.example/nothing#x", "//a.example/x", "mailto:a@a.example", "../two/?a=b#causes"),
    ],
)
def test_link_that_leads_somewhere_is_no_problem(tmp_path: Path, href: str):
    (tmp_path / "en/errors/one").mkdir(parents=True)
    (tmp_path / "en/errors/one/index.md").write_bytes(b"")

    assert broken(tmp_path, href) == []


@pytest.mark.parametrize(
    ("href", "message"),
    [
        ("#nothing", "en/errors/one/index.html links to en/errors/one/index.html, which has no id 'nothing'"),
        ("../two/#fix", "en/errors/one/index.html links to en/errors/two/index.html, which has no id 'fix'"),
        ("../three/", "en/errors/one/index.html links to en/errors/three/index.html, which is not there"),
        ("/nothing.txt", "en/errors/one/index.html links to nothing.txt, which is not there"),
    ],
)
def test_link_that_leads_nowhere_is_named(tmp_path: Path, href: str, message: str):
    assert broken(tmp_path, href) == [message]
