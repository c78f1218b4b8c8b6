"""Starts the command `claude-errors`."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> int:
    """Do what the command line says, and return the exit code; typer exits itself."""
    if sys.argv[1:2] != ["build"]:
        from generator.cli import app

        app()
        return 0
    from generator import build_command
    from generator.building import Builder, Order

    # What is meant by `build` alone is clear. Else it is begun before `cli` is there, which takes a fifth of a second.
    alone = sys.argv[2:] == []
    builder = Builder(Order(Path().resolve()) if alone else None)
    try:
        if alone:
            return build_command.run(builder)
        from generator.cli import app

        app(obj=builder)
        return 0
    finally:
        builder.end()


if __name__ == "__main__":
    sys.exit(main())
