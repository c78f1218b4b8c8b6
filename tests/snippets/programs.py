"""Which programs there are: every snippet file of every entry."""

from __future__ import annotations

from pathlib import Path

from generator.content import snippets

ROOT = Path(__file__).resolve().parents[2]
#: (slug, name of the file), found without reading the entries, so that collecting tests stays quick.
PROGRAMS = [(file.stem, name) for file in sorted((ROOT / "errors").glob("*.yml")) for name in snippets.load(ROOT, file.stem).files]
#: The same for pages that are no guides.
FOLDERS = sorted(path.name for path in (ROOT / "snippets").glob("_*") if path.name != "__pycache__")
PAGE_PROGRAMS = [(folder, name) for folder in FOLDERS for name in snippets.load(ROOT, folder).files]
#: What the sizes of the programs that send hundreds of MB are divided by.
SCALE = 100
SLUGS = {slug for slug, _ in PROGRAMS}


def title(program: tuple[str, str]) -> str:
    """Return the id of a test of one program."""
    return "/".join(program)
