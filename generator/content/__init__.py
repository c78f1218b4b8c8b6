"""Reads the files of a project into a `Project`, with every problem of shape. Judges and writes nothing."""
