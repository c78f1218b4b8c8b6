"""Rules about what entries say, one small object each.

A rule sees the whole project and yields problems. `RULES` is the list of all of
them; nothing is discovered by itself.
"""

from __future__ import annotations

from generator.lint import code, glossary, identity, language, messages, pages, references, sections
from generator.lint.rule import Rule
from generator.problems import Problem, in_order
from generator.project import Project

RULES: tuple[Rule, ...] = (
    *identity.RULES,
    *sections.RULES,
    *language.RULES,
    *references.RULES,
    *messages.RULES,
    *code.RULES,
    *pages.RULES,
    *glossary.RULES,
)


def run(project: Project, rules: tuple[Rule, ...] = RULES) -> list[Problem]:
    """Return every problem of the project, those of its files first found included, in order."""
    found = list(project.problems)
    for rule in rules:
        found += rule.check(project)
    return in_order(found)


__all__ = ["RULES", "Rule", "run"]
