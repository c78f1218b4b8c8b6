"""Rules about names: slugs, families, relations, titles."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import entry_rule, rule
from generator.content.catalogue import Located
from generator.content.problems import Problem, did_you_mean
from generator.content.project import Project


@entry_rule("An entry's slug is the name of its file.")
def slug_is_file_stem(located: Located, project: Project) -> Iterator[Problem]:
    if located.entry.slug != located.file_stem:
        message = f"is `{located.entry.slug}`, but the file is called {located.file_stem}.yml"
        yield located.document.problem(("slug",), message, "a slug never changes: rename the file")


@rule("No two entries have the same slug, and no earlier slug is in use.")
def slug_is_unique(project: Project) -> Iterator[Problem]:
    first = {slug: located.document.path for slug, located in project.catalogue.by_slug.items()}
    redirects: dict[str, str] = {}
    for located in project.catalogue.located:
        path = located.document.path
        if first[located.entry.slug] != path:
            message = f"`{located.entry.slug}` is the slug of {first[located.entry.slug]} too"
            yield located.document.problem(("slug",), message, "give one of them its own slug")
        for index, old in enumerate(located.entry.redirect_from):
            owner = first.get(old) or redirects.get(old)
            if owner is not None:
                hint = "an earlier slug leads to one page only"
                yield located.document.problem(("redirect_from", index), f"`{old}` belongs to {owner}", hint)
            redirects.setdefault(old, path)


@entry_rule("A family is an entry of its own that has no family.")
def family_exists(located: Located, project: Project) -> Iterator[Problem]:
    by_slug = project.catalogue.by_slug
    family = located.entry.family
    if family is None or family in project.catalogue.unreadable:
        return
    if family not in by_slug:
        hint = did_you_mean(family, by_slug, f"write errors/{family}.yml, or null")
        yield located.document.problem(("family",), f"`{family}` is not an entry", hint)
    elif by_slug[family].entry.family is not None:
        yield located.document.problem(("family",), f"`{family}` belongs to a family itself", "families are one level deep")


@entry_rule("Related entries exist, are others, and are named once.")
def related_exists(located: Located, project: Project) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, slug in enumerate(located.entry.related):
        place = ("related", index)
        if slug in project.catalogue.unreadable:
            continue
        if slug not in project.catalogue.by_slug:
            hint = did_you_mean(slug, project.catalogue.by_slug, "remove it, or write that entry first")
            yield located.document.problem(place, f"`{slug}` is not an entry", hint)
        elif slug == located.entry.slug:
            yield located.document.problem(place, "is this entry itself", "remove it")
        elif slug in seen or slug == located.entry.family or project.catalogue.by_slug[slug].entry.family == located.entry.slug:
            yield located.document.problem(
                place, f"`{slug}` is shown anyway", "remove it; the family and its members are listed by themselves"
            )
        seen.add(slug)


@entry_rule("A name is official when the API uses it as a type or code, ours when it does not.", "slug", "identities", "name_origin")
def name_origin_is_true(located: Located, project: Project) -> Iterator[Problem]:
    entry = located.entry
    official = {name for identity in entry.identities for name in (identity.type, identity.error_code) if name}
    if entry.name_origin == "official" and entry.slug not in official:
        message = f"`{entry.slug}` is neither a type nor an error_code of this entry"
        yield located.document.problem(("name_origin",), message, "write `ours`, or add the identity that has this name")
    if entry.name_origin == "ours" and entry.slug in official:
        yield located.document.problem(("name_origin",), f"the API itself says `{entry.slug}`", "write `official`")


@rule("No two pages have the same title.")
def title_is_unique(project: Project) -> Iterator[Problem]:
    first: dict[tuple[str, str], str] = {}
    for located in project.catalogue.located:
        for language in ("ko", "en"):
            title = getattr(located.entry.title, language)
            owner = first.setdefault((language, title), located.document.path)
            if owner != located.document.path:
                yield located.document.problem(("title", language), f"is the title of {owner} too", "say what is special here")


@rule("A pending error is named once.")
def pending_is_named_once(project: Project) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for located in project.catalogue.located:
        for index, pending in enumerate(located.entry.pending):
            place = ("pending", index, "slug")
            if pending.slug in seen:
                yield located.document.problem(place, f"`{pending.slug}` stands in {seen[pending.slug]} too", "remove one of the two")
            seen.setdefault(pending.slug, located.document.path)


RULES = (pending_is_named_once, slug_is_file_stem, slug_is_unique, family_exists, related_exists, name_origin_is_true, title_is_unique)
