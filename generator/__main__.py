"""Starts the command `claude-errors`."""

from __future__ import annotations

import sys


def main() -> None:
    """Read the command line, and do what it says."""
    if sys.argv[1:2] != ["build"]:
        from generator.cli import app

        app()
        return
    # Before `cli`, since all that reads the command line takes a fifth of a second to import.
    from generator.building import Builder

    builder = Builder()
    try:
        from generator.cli import app

        app(obj=builder)
    finally:
        builder.end()


if __name__ == "__main__":
    main()
