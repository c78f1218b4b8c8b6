"""Rules about what a text points to: facts, sources, other guides, models."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.rule import each_rule, entry_rule, rule, sides_of
from generator.content.catalogue import Located
from generator.content.document import Location
from generator.content.handbook import COMPUTED_PAGES, LocatedPage
from generator.content.problems import Problem, did_you_mean
from generator.content.project import Project
from generator.text import inline

_MODEL_ID = re.compile(r"\bclaude-(?:[0-9]|opus|sonnet|haiku|fable|mythos|instant)(?:[a-z0-9.-]*[a-z0-9])?")
_HTTPS = re.compile(r"https://\S+")


@each_rule("A fact that a text refers to is in facts/, and nothing else is in braces.")
def facts_exist(located: Located | LocatedPage, project: Project) -> Iterator[Problem]:
    for location, _, text in sides_of(located):
        for path in inline.references(text):
            if path not in project.facts.grouped and path.split(".")[0] not in project.facts.broken:
                hint = did_you_mean(path, project.facts.grouped, "add it to facts/")
                yield located.document.problem(location, f"`{path}` is not a fact", hint)
        if ("{" in text or "}" in text) and (mark := inline.CODE_MARK.search(inline.REFERENCE.sub("", text))):
            message = f"`{mark.group()}` is not part of a reference to a fact"
            yield located.document.problem(location, message, "texts hold facts such as `{{ limits.batch.max_requests }}` and no code")


@entry_rule("Every cited source is known, and every source of an entry is cited.")
def sources_exist(located: Located, project: Project) -> Iterator[Problem]:
    entry, document = located.entry, located.document
    known = {*project.facts.sources, *entry.sources}
    all_known = "sources" not in project.facts.broken
    cited: set[str] = set()
    for location, _, text in sides_of(located):
        for source in inline.citations(text):
            cited.add(source)
            if source not in known and all_known:
                hint = did_you_mean(source, known, "add it to facts/sources.yml or to `sources:` of this entry")
                yield document.problem(location, f"`[^{source}]` is not a source", hint)
    for index, message in enumerate(entry.messages):
        cited.add(message.source)
        if message.source not in known and all_known:
            hint = did_you_mean(message.source, known, "add it to facts/sources.yml")
            yield document.problem(("messages", index, "source"), f"`{message.source}` is not a source", hint)
    for index, pending in enumerate(entry.pending):
        cited.add(pending.source)
        if pending.source not in known and all_known:
            hint = did_you_mean(pending.source, known, "add it to facts/sources.yml")
            yield document.problem(("pending", index, "source"), f"`{pending.source}` is not a source", hint)
    for source in entry.sources:
        if source in project.facts.sources:
            yield document.problem(("sources", source), "stands in facts/sources.yml too", "remove it here")
        elif source not in cited and not set(located.stood_in) - {"checked"}:  # what could not be read may cite it
            yield document.problem(("sources", source), "is never cited", f"cite it as `[^{source}]`, or remove it")


@each_rule("Links lead to guides that exist or to https addresses.")
def links_lead_somewhere(located: Located | LocatedPage, project: Project) -> Iterator[Problem]:
    for location, _, text in sides_of(located):
        for address in inline.links(text):
            slug = address.removeprefix(inline.GUIDE_SCHEME)
            if address.startswith(inline.PAGE_SCHEME):
                if not is_page(project, address.removeprefix(inline.PAGE_SCHEME)):
                    hint = "take one of pages/, with the id of a section after `#`"
                    hint = did_you_mean(address, (inline.PAGE_SCHEME + page for page in page_names(project)), hint)
                    yield located.document.problem(location, f"links to `{address}`, which is not there", hint)
            elif address.startswith(inline.GUIDE_SCHEME):
                if slug not in project.catalogue.by_slug and slug not in project.catalogue.unreadable:
                    hint = did_you_mean(slug, project.catalogue.by_slug, "correct the slug")
                    yield located.document.problem(location, f"links to the guide `{slug}`, which is not there", hint)
            elif not _HTTPS.fullmatch(address):
                yield located.document.problem(location, f"links to `{address}`", "use `guide:<slug>`, `page:<path>` or an https address")


def is_page(project: Project, target: str) -> bool:
    """Return whether `handling/streams#go-on` is a page and a section of it; a page with a mistake of shape counts as one."""
    path, _, anchor = target.partition("#")
    located = project.handbook.by_path.get(path)
    if located is None:
        return path in COMPUTED_PAGES or any(problem.path == f"pages/{path}.yml" for problem in project.handbook.problems)
    return not anchor or anchor in {section.id for section in located.page.sections}


def page_names(project: Project) -> Iterator[str]:
    """Yield what may be linked to: every page, and every section of one as `handling/streams#go-on`."""
    yield from COMPUTED_PAGES
    for path, located in project.handbook.by_path.items():
        yield path
        yield from (f"{path}#{section.id}" for section in located.page.sections)


@entry_rule(
    "No text and no snippet names a model that is retired or unknown, except the failing code of an error about models.", "snippets"
)
def models_are_current(located: Located, project: Project) -> Iterator[Problem]:
    hint = "name a current model of facts/models.yml"
    on_purpose = located.entry.snippets.wrong_models
    for location, text in _model_texts(located):
        for model in _models(text):
            if model not in on_purpose and (message := _wrong_model(project, model)):
                yield located.document.problem(location, message, hint)
    seen: set[str] = set()
    for snippet in project.snippets[located.entry.slug].files.values():
        allowed = on_purpose if snippet.name.startswith("trigger.") else ()
        for number, line in enumerate(snippet.shown.splitlines(), snippet.first_line):
            for match in _MODEL_ID.finditer(line):
                if match.group() in allowed:
                    seen.add(match.group())
                elif message := _wrong_model(project, match.group()):
                    yield Problem(snippet.path, number, match.start() + 1, "", message, hint)
    for index, model in enumerate(on_purpose):
        if model not in seen:
            place = ("snippets", "wrong_models", index)
            yield located.document.problem(place, f"no failing code names `{model}`", "remove it")


@rule("No other page and none of its programs names a model that is retired or unknown.")
def models_of_pages_are_current(project: Project) -> Iterator[Problem]:
    hint = "name a current model of facts/models.yml"
    for found in project.page_snippets.values():
        for snippet in found.files.values():
            for number, line in enumerate(snippet.shown.splitlines(), snippet.first_line):
                for match in _MODEL_ID.finditer(line):
                    if message := _wrong_model(project, match.group()):
                        yield Problem(snippet.path, number, match.start() + 1, "", message, hint)
    for page in project.handbook.located:
        for location, _, text in sides_of(page):
            for model in _models(text):
                if message := _wrong_model(project, model):
                    yield page.document.problem(location, message, hint)


def _model_texts(located: Located) -> Iterator[tuple[Location, str]]:
    for location, _, text in sides_of(located):
        yield location, text
    for index, message in enumerate(located.entry.messages):
        for name, value in message.fill.items():
            yield ("messages", index, "fill", name), value


def _models(text: str) -> list[str]:
    return _MODEL_ID.findall(text) if "claude-" in text else []


def _wrong_model(project: Project, model: str) -> str | None:
    if project.facts.is_retired(model):
        return f"names `{model}`, which is retired"
    if model not in project.facts.models.models and "models" not in project.facts.broken:
        return f"names `{model}`, which is not in facts/models.yml"
    return None


@rule("An error of status 400 has one topic in facts/topics.yml, and what is named there is an error of the catalogue.")
def topics_are_whole(project: Project) -> Iterator[Problem]:
    document, known = project.facts.topics_document, {**project.shorts, **project.cards}
    if document is None or "topics" in project.facts.broken or project.catalogue.unreadable:
        return
    seen: set[str] = set()
    lists = [(("topics", index, "slugs"), topic.slugs) for index, topic in enumerate(project.facts.topics.topics)]
    for place, slugs in (*lists, *((("frequent", name), slugs) for name, slugs in project.facts.topics.frequent.items())):
        for index, slug in enumerate(slugs):
            if slug not in known:
                yield document.problem((*place, index), f"`{slug}` is no error of errors/", "correct the slug, or remove it")
            elif place[0] == "topics" and slug in seen:
                yield document.problem((*place, index), f"`{slug}` has another topic", "keep the better one of the two")
            seen |= {slug} if place[0] == "topics" else set()
    for slug, card in known.items():
        if card.main.status == 400 and slug not in seen:
            yield document.problem(("topics",), f"`{slug}` has no topic", "add it to the `slugs` of one")


RULES = (facts_exist, sources_exist, links_lead_somewhere, models_are_current, models_of_pages_are_current, topics_are_whole)
