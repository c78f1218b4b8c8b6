"""Which module may import and do what: data flows one way, and each tool has one door."""

from __future__ import annotations

import ast
import functools
from pathlib import Path

import pytest

from tests.unit.projects import ROOT

#: Modules by layer; each imports only from layers before it, or from its own without a cycle.
LAYERS = (
    (
        "problems",
        "document",
        "fresh",
        "files",
        "store",
        "workers",
        "fingerprint",
        "fast_mkdocs",
        "fast_mkdocs_serve",
        "theme_files",
        "schema",
        "signature",
        "source",
        "marks",
        "markup",
        "publish",
        "search_terms",
        "quick_markdown",
        "colours",
        "lexing",
        "page_schema",
    ),
    ("validation", "fact_schema", "api_schema", "readings"),
    (
        "catalogue",
        "facts",
        "snippets",
        "strings",
        "synonyms",
        "versions",
        "response",
        "timeline",
        "installed_sdk",
        "report",
        "handbook",
        "last_site",
        "decision",
        "costs",
        "failure_costs",
        "break_even",
    ),
    ("project",),
    (
        *("writer", "lint", "coverage", "api", "feeds", "changes", "navigation", "tracking"),
        "reread",
        *("calculators", "calculator_examples", "calculator_page"),
    ),
    ("render", "decoder", "search_found", "search_index", "search_again", "guide_list"),
    ("site", "scaffold", "json_schemas", "outputs"),
    ("groups",),
    ("whole_files",),
    ("fast_build",),
    ("fast_live",),
    ("fast_serve",),
    ("mkdocs_plugin",),
    ("building",),
    ("build_command",),
    ("cli",),
    ("__main__",),
)
LAYER = {module: number for number, layer in enumerate(LAYERS) for module in layer}

#: The only modules that may import a package.
DOORS = {
    "yaml": {"source"},
    "jinja2": {"render"},
    # The second and the third alone use what MkDocs does not promise to keep.
    # The last only starts it.
    "mkdocs": {"mkdocs_plugin", "fast_mkdocs", "fast_mkdocs_serve", "building"},
    "typer": {"cli"},
    "rich": {"cli", "build_command"},
    "subprocess": set(),
    "markdown_it": {"marks"},
    # For the command that starts the mock; the mock knows the generator, not the other way round.
    "mock_api": {"cli"},
    "snippet_runner": set(),
    "anthropic": set(),
    "socket": set(),
    "http": set(),
    "urllib.request": set(),
    "requests": set(),
}


@functools.cache
def sources() -> dict[Path, ast.Module]:
    return {file: ast.parse(file.read_text(encoding="utf-8")) for file in sorted((ROOT / "generator").rglob("*.py"))}


def module_of(file: Path) -> str:
    """Return `lint` for every file of `generator/lint/`, `decoder` for those of `generator/decoder/`, else the name of the file."""
    return file.relative_to(ROOT / "generator").with_suffix("").parts[0]


def imports(tree: ast.Module) -> set[str]:
    """Return the full names that a module imports, wherever the statement stands."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written out"
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


def arrows() -> set[tuple[str, str]]:
    """Return (module, imported module) of the generator."""
    return {
        (module_of(file), name.split(".")[1])
        for file, tree in sources().items()
        for name in imports(tree)
        if name.startswith("generator.") and name.split(".")[1] != module_of(file)
    }


def test_every_module_has_its_layer():
    assert {module_of(file) for file in sources()} - {"__init__"} == set(LAYER)


def test_every_import_points_to_an_earlier_layer_or_its_own():
    assert len(arrows()) > 50
    assert sorted((module, imported) for module, imported in arrows() if LAYER[imported] > LAYER[module]) == []


def test_no_modules_import_each_other_in_a_circle():
    waiting = {module: {imported for source, imported in arrows() if source == module} for module in LAYER}
    while free := [module for module, needs in waiting.items() if not needs & waiting.keys()]:
        for module in free:
            del waiting[module]

    assert waiting == {}


@pytest.mark.parametrize("package", DOORS)
def test_package_is_imported_by_its_door_only(package):
    users = {module_of(file) for file, tree in sources().items() if any(f"{name}.".startswith(f"{package}.") for name in imports(tree))}

    assert users <= DOORS[package]


@pytest.mark.parametrize("package", ["yaml", "jinja2", "mkdocs", "typer"])
def test_every_door_is_in_use(package):
    assert any(f"{name}.".startswith(f"{package}.") for tree in sources().values() for name in imports(tree))


#: What the parts of the decoder may import besides packages of Python; the index alone knows the catalogue.
DECODER = {
    "__init__": set(),
    "unwrap": set(),
    "parts": set(),
    "match": set(),
    "decode": {"decoder.match", "decoder.unwrap"},
    "index": {"decoder.unwrap", "project", "schema", "signature", "writer"},
    "explain": {"decoder.decode", "decoder.index", "decoder.parts", "project"},
}


def test_decoder_reads_texts_without_the_catalogue():
    found = {
        file.stem: {".".join(name.split(".")[1:-1]) for name in imports(tree) if name.startswith("generator.")}
        for file, tree in sources().items()
        if module_of(file) == "decoder"
    }

    assert found == DECODER


def calls(tree: ast.Module) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            found.add(ast.unparse(node.func))
        elif isinstance(node, ast.Raise) and node.exc is not None:
            found.add(ast.unparse(node.exc).split("(")[0])
    return found


def test_only_the_command_line_prints_and_exits():
    loud = {"print", "exit", "quit", "sys.exit", "os._exit", "SystemExit", "typer.Exit", "typer.echo", "sys.stdout.write", "input"}
    users = {module_of(file) for file, tree in sources().items() if calls(tree) & loud}

    assert users == {"cli", "build_command", "__main__"}


def test_nothing_evaluates_a_text():
    assert not any(
        calls(tree) & {"eval", "exec", "compile", "yaml.load", "yaml.unsafe_load", "pickle.loads"} for tree in sources().values()
    )


def test_mock_knows_the_generator_but_not_its_pages():
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in (ROOT / "mock_api").glob("*.py")]
    known = {name.split(".")[1] for tree in trees for name in imports(tree) if name.startswith("generator.")}

    assert trees
    assert all(LAYER[module] <= LAYER["project"] for module in known)
