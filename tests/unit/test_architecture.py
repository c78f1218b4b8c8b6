"""Which module may import and do what: data flows one way, and each tool has one door."""

from __future__ import annotations

import ast
import functools
import re
from pathlib import Path

import pytest

from tests.unit.projects import ROOT

#: Rooms from left to right; a room imports only from rooms to its left. Those that stand together do not see one another.
ROOMS = (
    ("system", "schemas"),
    ("content",),
    ("text",),
    ("check", "decode", "search", "costs"),
    ("render",),
    ("exports",),
    ("build",),
    ("serve",),
    ("mkdocs_plugin", "scaffold"),
    ("cli",),
    ("__main__",),
)
PLACE = {room: number for number, together in enumerate(ROOMS) for room in together}

#: The only modules that may import a package; those whose lists are empty have no place in the generator.
DOORS = {
    "yaml": {"content/yaml_reader"},
    "jinja2": {"render/environment"},
    # The last only starts it.
    "mkdocs": {"mkdocs_plugin", "build/theme", "serve/server", "cli"},
    "watchdog": {"serve/server"},
    "pygments": {"render/html"},
    "click": {"cli"},
    "subprocess": set(),
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


def room_of(file: Path) -> str:
    """Return the folder of a module of `generator/`, or its name when it stands in none."""
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


def arrows() -> dict[tuple[str, str], set[str]]:
    """Return the files behind each (room, imported room) of the generator."""
    found: dict[tuple[str, str], set[str]] = {}
    for file, tree in sources().items():
        for name in imports(tree):
            if name.startswith("generator.") and name.split(".")[1] != room_of(file):
                found.setdefault((room_of(file), name.split(".")[1]), set()).add(file.name)
    return found


def test_every_module_stands_in_a_room():
    assert {room_of(file) for file in sources()} - {"__init__"} == set(PLACE)


def test_every_room_imports_only_from_rooms_to_its_left():
    assert len(arrows()) > 20
    assert {arrow: files for arrow, files in arrows().items() if PLACE[arrow[1]] >= PLACE[arrow[0]]} == {}


def test_no_modules_import_each_other_in_a_circle():
    names = {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): tree for file, tree in sources().items()}
    waiting = {
        module: {name if name in names else name.rpartition(".")[0] for name in imports(tree)} & names.keys() - {module}
        for module, tree in names.items()
    }
    while free := [module for module, needs in waiting.items() if not needs & waiting.keys()]:
        for module in free:
            del waiting[module]

    assert waiting == {}


@pytest.mark.parametrize("package", DOORS)
def test_package_is_imported_by_its_doors_only(package):
    users = {
        file.relative_to(ROOT / "generator").with_suffix("").as_posix()
        for file, tree in sources().items()
        if any(f"{name}.".startswith(f"{package}.") for name in imports(tree))
    }

    assert users == DOORS[package]


#: Private names of other libraries that are used all the same, and why.
PRIVATE = {
    # The table of all error codes has no public name; `claude-errors coverage` compares the catalogue with it.
    ("check/installed_sdk.py", "anthropic._error_classes"),
}


def private_names(tree: ast.Module, own: set[str]) -> set[str]:
    """Return the private names that a module uses but that nothing of ours, by the names `own`, defines."""
    found = {name for name in imports(tree) if not name.startswith("generator.") and any(part.startswith("_") for part in name.split("."))}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.startswith("__") and node.attr not in own:
            found.add(ast.unparse(node))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"[a-z]\w*(\.\w+)*\._[a-z]\w*", node.value):
            found.add(node.value)
    return found - {"__future__.annotations"}


def patches(tree: ast.Module) -> set[str]:
    """Return what a module puts into a module or class of somebody else, in place of what is there."""
    foreign = {
        (alias.asname or alias.name).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom) and not (getattr(node, "module", None) or "").startswith("generator")
        for alias in node.names
    }
    targets = [target for node in ast.walk(tree) if isinstance(node, ast.Assign) for target in node.targets]
    found = {
        ast.unparse(target) for target in targets if isinstance(target, ast.Attribute) and ast.unparse(target).split(".")[0] in foreign
    }
    return found | ({"setattr", "object.__setattr__"} & calls(tree))


def own_names() -> set[str]:
    """Return every private name that a module of ours defines: functions, methods, attributes, constants."""
    found = set()
    for tree in sources().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                found.add(node.name)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and ast.unparse(node.value) == "self":
                found.add(node.attr)
    return found


def test_no_private_name_of_another_library_is_used():
    own = own_names()
    found = {
        (file.relative_to(ROOT / "generator").as_posix(), name) for file, tree in sources().items() for name in private_names(tree, own)
    }

    assert found == PRIVATE


def test_no_other_library_is_patched():
    assert {file.name: patches(tree) for file, tree in sources().items() if patches(tree)} == {}


@pytest.mark.parametrize(
    "code",
    [
        "from mkdocs.structure import pages\npages._Thing()",
        "from mkdocs.structure.pages import _Thing",
        "server._epoch_cond",
        "import importlib\nimportlib.import_module('anthropic._x')",
    ],
)
def test_private_name_is_found(code):
    assert private_names(ast.parse(code), own_names())


@pytest.mark.parametrize("code", ["import pygments\npygments.lex = 1", "from mkdocs import x\nx.y.z = 1", "import a\nsetattr(a, 'b', 1)"])
def test_patch_is_found(code):
    assert patches(ast.parse(code))


#: What the parts of the decoder may import besides packages of Python; the index alone knows the catalogue.
DECODER = {
    "__init__": set(),
    "unwrap": set(),
    "details": set(),
    "match": set(),
    "decode": {"decode.match", "decode.unwrap"},
    "index": {"content.project", "decode.unwrap", "schemas.entry", "text.message", "text.writer"},
    "explain": {"decode.decode", "decode.index", "decode.details", "content.project"},
}


def test_decoder_reads_texts_without_the_catalogue():
    found = {
        file.stem: {".".join(name.split(".")[1:-1]) for name in imports(tree) if name.startswith("generator.")}
        for file, tree in sources().items()
        if room_of(file) == "decode"
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
    loud = {"print", "exit", "quit", "sys.exit", "os._exit", "SystemExit", "click.echo", "sys.stdout.write", "input"}
    users = {room_of(file) for file, tree in sources().items() if calls(tree) & loud}

    assert users == {"cli"}


def test_nothing_evaluates_a_text():
    assert not any(
        calls(tree) & {"eval", "exec", "compile", "yaml.load", "yaml.unsafe_load", "pickle.loads"} for tree in sources().values()
    )


def test_mock_knows_the_generator_but_not_its_pages():
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in (ROOT / "mock_api").glob("*.py")]
    known = {name.split(".")[1] for tree in trees for name in imports(tree) if name.startswith("generator.")}

    assert trees
    assert all(PLACE[room] <= PLACE["text"] for room in known)
