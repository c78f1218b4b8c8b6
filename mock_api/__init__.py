"""A mock of the Claude API for tests, ours and the readers': real HTTP on loopback, no key, no cost.

It answers from rules, not from scripts: shapes from the SDK's own types, limits
from `facts/`, messages from the entries, weather by scenario. Imports from
`generator` only what reads (catalogue, facts, project); never the reverse.
"""
