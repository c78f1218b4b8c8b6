"""What the built site tells search engines, hosts and programs agrees with what its pages say."""

from __future__ import annotations

import copy
import gzip
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import jsonschema
import pytest

from generator.build.headers import inline_script_hashes
from generator.content.project import Project
from tests.conftest import SITE_URL
from tests.site.pages import Page, resolve, squeezed, text_of


def test_alternates_point_at_each_other_and_at_themselves(pages: dict[str, Page], written: list[Page]) -> None:
    for page in written:
        found = {str(link["hreflang"]): str(link["href"]) for link in page.soup.select("head link[hreflang]")}
        own, other = SITE_URL.rstrip("/") + page.address, SITE_URL.rstrip("/") + page.twin
        assert found[page.language] == own
        assert found["en" if page.language == "ko" else "ko"] == other
        assert urlsplit(found["x-default"]).path in pages
        canonical = page.soup.select_one("link[rel=canonical]")
        assert canonical is not None
        assert canonical["href"] == own
        back = pages[page.twin].soup.select(f"head link[hreflang={page.language}]")
        assert [link["href"] for link in back] == [own]


def test_titles_and_descriptions_are_unique_within_a_language(written: list[Page]) -> None:
    for language in ("ko", "en"):
        mine = [page for page in written if page.language == language]
        titles = [page.soup.title.get_text() for page in mine if page.soup.title]
        descriptions = [_meta(page, "description") for page in mine]
        assert len(set(titles)) == len(mine)
        assert len(set(descriptions)) == len(mine)
        assert all(descriptions)


def test_open_graph_agrees_with_the_page(written: list[Page], built_site: Path) -> None:
    for page in written:
        assert _property(page, "og:url") == SITE_URL.rstrip("/") + page.address
        assert _property(page, "og:description") == _meta(page, "description")
        assert _property(page, "og:locale") == {"ko": "ko_KR", "en": "en_US"}[page.language]
        image = urlsplit(_property(page, "og:image")).path
        assert (built_site / image.lstrip("/")).is_file()


def kind_of(page: Page, project: Project) -> str | None:
    """Return what a page is to search engines; None for those that say nothing but where they belong."""
    path = page.address.strip("/").partition("/")[2]
    if page.is_guide:
        return "TechArticle"
    located = project.handbook.by_path.get(path)
    return (
        located.page.kind
        if located
        else {"glossary": "DefinedTermSet", "changes": "TechArticle", "calculators": "WebApplication"}.get(path)
    )


def test_structured_data_agrees_with_the_page(written: list[Page], project: Project) -> None:
    kinds = set()
    for page in written:
        scripts = page.soup.select('script[type="application/ld+json"]')
        assert len(scripts) == 1, page.address
        graph = {item["@type"]: item for item in json.loads(scripts[0].get_text())["@graph"]}
        kind = kind_of(page, project)
        kinds.add(kind)
        assert _property(page, "og:type") == ("article" if kind and kind != "WebApplication" else "website")
        if kind is None:
            assert set(graph) == {"WebSite"}
            continue
        heading = page.soup.h1
        assert heading is not None
        thing = graph[kind]
        assert thing["headline" if kind == "TechArticle" else "name"] == text_of(heading)
        assert thing["description"] == _meta(page, "description")
        assert thing["url"] == thing["@id"] == SITE_URL.rstrip("/") + page.address
        assert thing["inLanguage"] == page.language
        assert thing["isPartOf"]["@id"] == graph["WebSite"]["@id"]
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", thing["dateModified"])
        assert [step["url"].partition("#")[2] for step in thing.get("step", [])] == _sections(page, kind == "HowTo")
        crumbs = [text_of(item) for item in page.soup.select(".ce-crumbs li")]
        assert [item["name"] for item in graph["BreadcrumbList"]["itemListElement"]] == crumbs
        assert thing.get("featureList", []) == (
            [text_of(title) for title in page.soup.find_all("h2")][:3] if kind == "WebApplication" else []
        )
        _check_questions(page, graph)
    assert {"TechArticle", "AboutPage", "DefinedTermSet", "WebApplication", None} <= kinds


def _sections(page: Page, wanted: bool) -> list[str]:
    return [str(heading["id"]) for heading in page.soup.select("article h2") if heading["id"] != "sources"] if wanted else []


def _check_questions(page: Page, graph: dict[str, Any]) -> None:
    shown = page.soup.select("details.ce-faq:not(.ce-pending):not(.ce-fold)")
    if not shown:
        assert "FAQPage" not in graph
        return
    told = graph["FAQPage"]["mainEntity"]
    assert [item["name"] for item in told] == [text_of(details.select("summary")[0]) for details in shown]
    for item, details in zip(told, map(copy.copy, shown), strict=True):
        for mark in details.select(".ce-cite"):
            mark.decompose()
        answer = " ".join(text_of(paragraph) for paragraph in details.select("p"))
        assert squeezed(item["acceptedAnswer"]["text"]) == squeezed(answer), page.address


def test_headers_name_every_inline_script(built_site: Path) -> None:
    headers = (built_site / "_headers").read_text(encoding="utf-8")

    hashes = inline_script_hashes(built_site)

    assert hashes
    assert all(value in headers for value in hashes)
    assert "unsafe-inline" not in headers


def test_every_page_names_the_feed_of_its_language_and_a_guide_or_page_its_copy(
    written: list[Page], pages: dict[str, Page], project: Project, built_site: Path
) -> None:
    copied = {f"/{language}/{path}/" for path in project.handbook.by_path for language in ("ko", "en")}
    for page in written:
        has_copy = page.is_guide or page.address in copied
        links = {str(link.get("type")): str(link["href"]) for link in page.soup.select("head link[rel=alternate][type]")}
        kinds = {"application/atom+xml", "text/markdown"} if has_copy else {"application/atom+xml"}
        assert links.keys() == kinds, page.address
        assert resolve(page, links["application/atom+xml"]) == (f"/{page.language}/feed.xml", "")
        if has_copy:
            assert (built_site / page.address.strip("/") / "index.md").is_file()
            assert resolve(page, links["text/markdown"]) == (f"{page.address}index.md", "")
        assert (f"/{page.language}/api/", "") in [resolve(page, str(link["href"])) for link in page.soup.select("footer a")]


def test_every_address_in_the_files_for_programs_is_in_the_site(built_site: Path, pages: dict[str, Page]) -> None:
    files = [*(built_site / "api").rglob("*.json"), *built_site.rglob("*.xml"), *built_site.rglob("*.txt"), *built_site.rglob("index.md")]
    found: dict[str, str] = {}
    for file in files:
        for link in re.findall(rf"{re.escape(SITE_URL)}[^\s\"<>)]*", file.read_text(encoding="utf-8")):
            found.setdefault(link, file.relative_to(built_site).as_posix())

    assert len(files) > len([page for page in pages.values() if page.is_guide])
    broken = []
    for link, where in found.items():
        path, _, fragment = ("/" + link.removeprefix(SITE_URL)).partition("#")
        there = fragment in pages[path].ids or not fragment if path in pages else (built_site / path.lstrip("/")).is_file()
        if not there:
            broken.append(f"{where}: {link}")
    assert broken == []


def test_the_published_schemas_describe_what_is_published(built_site: Path, root: Path) -> None:
    for name, files in (("errors", [built_site / "api/v1/errors.json"]), ("error", [*(built_site / "api/v1/errors").iterdir()])):
        schema = built_site / f"api/v1/{name}.schema.json"
        assert schema.read_bytes() == (root / "schema" / schema.name).read_bytes()
        validator = jsonschema.Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
        for file in files:
            record = json.loads(file.read_text(encoding="utf-8"))
            assert [error.message for error in validator.iter_errors(record)] == [], file.name
            assert record["$schema"] == f"{SITE_URL}api/v1/{schema.name}"


def test_sitemap_lists_every_page_with_its_alternates(built_site: Path, written: list[Page]) -> None:
    tree = ElementTree.fromstring((built_site / "sitemap.xml").read_bytes())
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    found = {}
    for url in tree.findall("s:url", space):
        location = url.findtext("s:loc", namespaces=space)
        found[location] = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", space)}

    base = SITE_URL.rstrip("/")
    assert set(found) == {base + page.address for page in written}
    for page in written:
        assert found[base + page.address][page.language] == base + page.address
        assert base + page.twin in found[base + page.address].values()
    assert gzip.decompress((built_site / "sitemap.xml.gz").read_bytes()) == (built_site / "sitemap.xml").read_bytes()


def test_robots_names_the_sitemap(built_site: Path) -> None:
    assert f"Sitemap: {SITE_URL}sitemap.xml" in (built_site / "robots.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_search_leads_to_every_guide_and_to_places_that_exist(
    built_site: Path, pages: dict[str, Page], project: Project, language: str
) -> None:
    manifest = json.loads((built_site / "search/index.json").read_text(encoding="utf-8"))
    files = (built_site / "search" / manifest["version"]).glob(f"{language}-*.json")
    addresses = [address for file in files for address, *_ in json.loads(file.read_text(encoding="utf-8"))]

    for address in addresses:
        path, _, fragment = address.partition("#")
        page = pages[f"/{language}/{path}"]
        assert not fragment or fragment in page.ids
    assert len(addresses) == manifest["guides"]
    assert {f"errors/{slug}/" for slug in project.catalogue.by_slug} <= set(addresses)
    pages_of_hub = {f"{path}/" for path in project.handbook.by_path}
    sections = {f"{path}/#{section.id}" for path, located in project.handbook.by_path.items() for section in located.page.sections}
    assert pages_of_hub | sections <= set(addresses)


def _meta(page: Page, name: str) -> str:
    tag = page.soup.select_one(f"meta[name={name}]")
    return str(tag["content"]) if tag else ""


def _property(page: Page, name: str) -> str:
    tag = page.soup.select_one(f'meta[property="{name}"]')
    return str(tag["content"]) if tag else ""
