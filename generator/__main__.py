"""Starts the command `claude-errors`."""

from generator.cli import main

main(prog_name="claude-errors")
