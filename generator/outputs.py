"""Makes every file of the site that is read by programs and models: JSON, its schemas, Markdown copies, feeds.

Pure: returns texts by path. What writes them is the plugin, in the same build as the pages.
"""

from __future__ import annotations

from pydantic import BaseModel

from generator import json_schemas
from generator.api import FOLDER, Publisher
from generator.api_schema import PUBLISHED
from generator.feeds import feed
from generator.project import Project
from generator.render import Renderer
from generator.schema import LANGUAGES

#: Models read llms-full.txt whole, so each language has its own; the English one stands where it is looked for.
FULL = {"en": "llms-full.txt", "ko": "ko/llms-full.txt"}


def files(project: Project, site_url: str | None) -> dict[str, str]:
    """Return the text of each file by its path below the site.

    Addresses are absolute; without a `site_url` they start at the root of the host.
    An earlier slug has the files of the entry that it leads to: addresses are for ever.
    """
    site = site_url or "/"
    renderer, publisher = Renderer(project), Publisher(project, site)
    found = {f"{FOLDER}/{name}.schema.json": json_schemas.schemas()[f"{name}.schema.json"] for name in PUBLISHED}
    found[f"{FOLDER}/errors.json"] = _json(publisher.catalogue())
    copies: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for entry in project.catalogue.entries:
        texts = {language: renderer.copy(language, entry, site) for language in LANGUAGES}
        record = _json(publisher.file(entry))
        for slug in (entry.slug, *entry.redirect_from):
            found[f"{FOLDER}/errors/{slug}.json"] = record
            found |= {f"{language}/errors/{slug}/index.md": text for language, text in texts.items()}
        for language, text in texts.items():
            copies[language].append(text)
    for located in project.handbook.in_order():
        for language in LANGUAGES:
            text = renderer.page_copy(language, located, site)
            found[f"{language}/{located.path}/index.md"] = text
            copies[language].append(text)
    for language in LANGUAGES:
        words = project.strings[language]
        head = f"# {words('home.title')}\n\n> {words('home.description')}\n"
        found[FULL[language]] = "\n---\n\n".join((head, *copies[language]))
        found[f"{language}/feed.xml"] = feed(project, language, site)
    found["llms.txt"] = renderer.llms(site)
    return dict(sorted(found.items()))


def _json(model: BaseModel) -> str:
    return model.model_dump_json(indent=2) + "\n"
