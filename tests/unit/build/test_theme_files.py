"""The theme's files are found as MkDocs finds them, without a look at its icons."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config import load_config
from mkdocs.structure.files import Files

from generator.build import theme_files


def found(root: Path, *, skips: bool) -> list[tuple[str, str]]:
    config = load_config(str(root / "mkdocs.yml"))
    if skips:
        theme_files.skip_hidden(config.theme)
    files = Files([])
    files.add_files_from_theme(config.theme.get_env(), config)
    return [(file.src_uri, str(file.abs_src_path)) for file in files]


def test_the_same_files_are_found(root: Path):
    files = found(root, skips=True)

    assert files == found(root, skips=False)
    assert len(files) > 10


def test_icon_is_still_found_by_its_name(root: Path):
    config = load_config(str(root / "mkdocs.yml"))
    theme_files.skip_hidden(config.theme)

    assert "<svg" in config.theme.get_env().get_template(".icons/material/close.svg").render()


def test_what_lies_in_a_hidden_folder_is_not_named(tmp_path: Path):
    for path in ("a/one.css", "a/.hidden/two.css", "b/one.css", "b/.three"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()

    assert theme_files.visible([str(tmp_path / "a"), str(tmp_path / "b")]) == [".three", "one.css"]
