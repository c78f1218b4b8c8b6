"""Rules about what entries say, one small object each.

A rule sees the whole project and yields problems. `RULES` is the list of all of
them; nothing is discovered by itself.
"""

from __future__ import annotations

import dataclasses

from generator.check import glossary, identity, language, messages, pages, programs, references, sections
from generator.check.rule import Rule
from generator.content.catalogue import Located
from generator.content.handbook import LocatedPage
from generator.content.problems import Problem, in_order
from generator.content.project import Project
from generator.system import parallel

RULES: tuple[Rule, ...] = (
    *identity.RULES,
    *sections.RULES,
    *language.RULES,
    *references.RULES,
    *messages.RULES,
    *programs.RULES,
    *pages.RULES,
    *glossary.RULES,
)


#: Fewer entries and pages than this are looked at before a second process has begun.
LEAST_FOR_WORKERS = 150


def run(project: Project, rules: tuple[Rule, ...] = RULES, processes: int | None = None) -> list[Problem]:
    """Return every problem of the project, those of its files first found included, in order.

    Many entries are shared among the cores; `processes` says how many may work; None leaves that to `system.parallel`.
    """

    def problems_of(one: Located | LocatedPage) -> list[tuple[str | int, ...]]:
        return [dataclasses.astuple(problem) for problem in of_one(project, one, rules)]

    found = list(project.problems)
    found += together(project, rules)
    # All rules of one text follow one another, so that it is read once.
    each: list[Located | LocatedPage] = [*project.catalogue.located, *project.handbook.located]
    few = len(each) < LEAST_FOR_WORKERS
    for fields in parallel.each(problems_of, each, 1 if few and processes is None else processes):
        found += [Problem(*values) for values in fields]
    return in_order(found)


def together(project: Project, rules: tuple[Rule, ...] = RULES) -> list[Problem]:
    """Return what the rules find that compare entries or pages with one another, or look at other files."""
    return [problem for rule in rules if not rule.alone for problem in rule.check(project)]


def of_one(project: Project, one: Located | LocatedPage, rules: tuple[Rule, ...] = RULES) -> list[Problem]:
    """Return what the rules find that look at one entry or page by itself."""
    alone = project.alone(one)
    return [problem for rule in rules if rule.alone for problem in rule.check(alone)]


__all__ = ["RULES", "Rule", "of_one", "run", "together"]
