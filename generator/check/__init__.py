"""Rules about what entries say, one small object each.

A rule looks at one entry, at one entry or other page, or at the project as a whole, and yields problems. `RULES` is the
list of all of them; nothing is discovered by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from generator.check import (
    budget,
    exceptions,
    glossary,
    identity,
    language,
    messages,
    pages,
    programs,
    references,
    repeated,
    sections,
    style,
)
from generator.check.rule import Breach, Rule
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
    *style.RULES,
    *repeated.RULES,
    *budget.RULES,
)


#: Fewer entries and pages than this are looked at before a second process has begun.
LEAST_FOR_WORKERS = 150


def run(project: Project, rules: tuple[Rule, ...] = RULES, processes: int | None = None) -> list[Problem]:
    """Return every problem of the project, those of its files first found included, in order.

    Many entries are shared among the cores; `processes` says how many may work, instead of what `parallel.jobs` says.
    """
    found = list(project.problems)
    found += together(project, rules)
    # All rules of one text follow one another, so that it is read once.
    each = _each(project)
    few = len(each) < LEAST_FOR_WORKERS
    for problems in parallel.each(lambda one: of_one(project, one, rules), each, 1 if few and processes is None else processes):
        found += problems
    return in_order(found)


def together(project: Project, rules: tuple[Rule, ...] = RULES) -> list[Problem]:
    """Return what the rules find that compare entries or pages with one another, or look at other files."""
    asked = [rule for rule in rules if rule.scope == "project"]
    paths = [one.document.path for one in _each(project)]
    unreadable = [problem.path for problem in project.problems]
    # What could not be read may hold what is missing.
    found = exceptions.unexcused(project.root, found_together(project, rules), asked, () if unreadable else paths)
    return found + list(exceptions.wrong(project.root, RULES, (*paths, *unreadable)))


def found_together(project: Project, rules: tuple[Rule, ...] = RULES) -> list[exceptions.Found]:
    """Return the same with the rule of each problem, and with what is excused."""
    return [(rule, problem) for rule in rules if rule.scope == "project" for problem in rule.check(project)]


def of_one(project: Project, one: Located | LocatedPage, rules: tuple[Rule, ...] = RULES) -> list[Problem]:
    """Return what the rules find that look at one entry or page by itself."""
    found = found_in_one(project, one, rules)
    if one.stood_in:  # the numbers of the exceptions are those of whole texts
        return [problem for _, problem in found if isinstance(problem, Problem)]
    return exceptions.unexcused(project.root, found, _asked(one, rules), (one.document.path,))


def found_in_one(project: Project, one: Located | LocatedPage, rules: tuple[Rule, ...] = RULES) -> list[exceptions.Found]:
    """Return the same with the rule of each problem, and with what is excused."""
    found = [(rule, problem) for rule in _asked(one, rules) for problem in rule.check(one, project)]
    return [(rule, it) for rule, it in found if isinstance(it, Breach) or not any(_is_about(it.field, name) for name in one.stood_in)]


def _each(project: Project) -> list[Located | LocatedPage]:
    return [*project.catalogue.located, *project.handbook.located, *project.catalogue.mended, *project.handbook.mended]


def _asked(one: Located | LocatedPage, rules: tuple[Rule, ...]) -> list[Rule]:
    scopes = ("entry", "each") if isinstance(one, Located) else ("each",)
    unread = {re.split(r"[.\[]", name)[0] for name in one.stood_in}
    return [rule for rule in rules if rule.scope in scopes and not unread.intersection(rule.reads)]


def _is_about(field: str, stood_in: str) -> bool:
    """Return whether a problem of `field` may be one of a stand-in: it is there, inside of it, or right around it."""
    around = re.sub(r"[.\[][^.\[]*$", "", stood_in)
    return field in (stood_in, around) or field.startswith((f"{stood_in}.", f"{stood_in}["))


def shrink(project: Project, new: Iterable[str] = ()) -> Path:
    """Write the list of exceptions anew, with all that the rules `new` find; return its path."""
    found = found_together(project)
    for one in _each(project):
        found += found_in_one(project, one)
    return exceptions.write(project.root, found, new)


__all__ = ["RULES", "Rule", "of_one", "run", "shrink", "together"]
