"""Names the state of everything that all pages depend on: files that are no entry's own, the program, its packages.

Must not keep anything.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import sys
from collections.abc import Iterator
from pathlib import Path

#: Folders and files, below the project, that any page may show something of.
SHARED = (
    "facts",
    "templates",
    "pages",
    "requirements/test.txt",
    "snippets/package-lock.json",
    "snippets/report.json",
)
#: Packages whose version decides what a page looks like.
PACKAGES = (
    *("jinja2", "markdown", "markdown-it-py", "markupsafe", "mdurl", "mkdocs", "mkdocs-material", "pydantic"),
    *("pydantic-core", "pygments", "pymdown-extensions", "pyyaml"),
)


def of_project(root: Path, settings: str) -> str:
    """Return a name that changes with every shared file of the project, the generator, a package and `settings`."""
    digest = hashlib.sha256(settings.encode())
    digest.update(program().encode())
    for file in _shared(root):
        content = file.read_bytes()
        digest.update(f"{file.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


@functools.cache  # what was imported stays what it is
def program() -> str:
    """Return a name that changes with the generator, Python and the packages: what one of them kept is nothing to another."""
    digest = hashlib.sha256(sys.version.encode())
    for name in PACKAGES:
        digest.update(f"{name} {_version(name)}\0".encode())
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _shared(root: Path) -> Iterator[Path]:
    """Yield the shared files, programs of pages among them, in order."""
    programs = sorted(path.name for path in (root / "snippets").glob("_*"))
    for name in (*SHARED, *(f"snippets/{name}" for name in programs)):
        path = root / name
        if path.is_file():
            yield path
        yield from sorted(file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
