"""Starts the command `claude-errors`."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    """Read the command line, and do what it says."""
    if sys.argv[1:2] != ["build"]:
        from generator.cli import app

        app()
        return
    # Before `cli`, since all that reads the command line takes a fifth of a second. What is meant by `build` alone is clear.
    from generator.building import Builder, Order

    builder = Builder(Order(Path().resolve()) if sys.argv[2:] == [] else None)
    try:
        from generator.cli import app

        app(obj=builder)
    finally:
        builder.end()


if __name__ == "__main__":
    main()
