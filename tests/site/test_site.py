"""The built site holds what its pages promise: links, ids, languages, head data."""

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

from generator import project as project_module
from generator import publish
from generator.project import Project
from pages import Page, languages_of, read_all, resolve
from tests.conftest import SITE_URL

pytestmark = pytest.mark.xdist_group("site")

#: Sections of a guide, in the order in which a reader needs them.
ORDER = (
    *("message", "meaning", "members", "causes", "code", "recovery", "response", "prevention"),
    *("retry", "cost", "platforms", "pending", "related", "faq", "next", "sources"),
)


@pytest.fixture(scope="session")
def pages(built_site: Path) -> dict[str, Page]:
    return read_all(built_site)


@pytest.fixture(scope="session")
def written(pages: dict[str, Page]) -> list[Page]:
    return languages_of(pages)


@pytest.fixture(scope="session")
def project(root: Path) -> Project:
    return project_module.load(root)


def test_every_entry_has_a_page_in_both_languages(pages: dict[str, Page], project: Project) -> None:
    wanted = {f"/{language}/errors/{entry.slug}/" for entry in project.catalogue.entries for language in ("ko", "en")}

    assert {address for address in pages if "/errors/" in address} == wanted


def test_every_link_and_fragment_leads_somewhere(pages: dict[str, Page], built_site: Path) -> None:
    broken = []
    for page in pages.values():
        for link in page.links():
            target = resolve(page, link)
            if target is None:
                continue
            path, fragment = target
            if path in pages:
                if fragment and fragment not in pages[path].ids():
                    broken.append(f"{page.address}: {link} (no such id)")
            elif not (built_site / path.lstrip("/")).is_file():
                broken.append(f"{page.address}: {link}")

    assert broken == []


def test_ids_are_unique(pages: dict[str, Page]) -> None:
    for page in pages.values():
        ids = page.ids()
        assert len(ids) == len(set(ids)), page.address


def test_each_page_has_one_h1_and_no_empty_heading(pages: dict[str, Page]) -> None:
    for page in pages.values():
        headings = page.soup.find_all(re.compile("^h[1-6]$"))
        assert [heading.name for heading in headings].count("h1") == 1, page.address
        for heading in headings:
            assert heading.get_text(strip=True).rstrip("#"), page.address


def test_no_heading_is_followed_by_nothing(written: list[Page]) -> None:
    for page in written:
        for heading in page.soup.select("article h2"):
            following = heading.find_next_sibling()
            assert following is not None, f"{page.address}: {heading.get_text()}"
            assert following.name != "h2", f"{page.address}: {heading.get_text()}"


def test_headings_have_the_same_ids_in_both_languages(pages: dict[str, Page], written: list[Page]) -> None:
    for page in written:
        other = pages[page.twin]
        assert [h["id"] for h in page.soup.select("article h2")] == [h["id"] for h in other.soup.select("article h2")], page.address


def test_sections_stand_in_the_order_of_the_design(written: list[Page]) -> None:
    for page in written:
        if page.is_guide:
            ids = [str(heading["id"]) for heading in page.soup.select("article h2")]
            assert ids == [name for name in ORDER if name in ids], page.address


def test_language_of_the_document_is_that_of_its_address(written: list[Page]) -> None:
    for page in written:
        assert page.soup.html is not None
        assert page.soup.html["lang"] == page.language


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
        assert thing["headline" if kind == "TechArticle" else "name"] == _text(heading)
        assert thing["description"] == _meta(page, "description")
        assert thing["url"] == thing["@id"] == SITE_URL.rstrip("/") + page.address
        assert thing["inLanguage"] == page.language
        assert thing["isPartOf"]["@id"] == graph["WebSite"]["@id"]
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", thing["dateModified"])
        assert [step["url"].partition("#")[2] for step in thing.get("step", [])] == _sections(page, kind == "HowTo")
        crumbs = [_text(item) for item in page.soup.select(".ce-crumbs li")]
        assert [item["name"] for item in graph["BreadcrumbList"]["itemListElement"]] == crumbs
        assert thing.get("featureList", []) == (
            [_text(title) for title in page.soup.find_all("h2")][:3] if kind == "WebApplication" else []
        )
        _check_questions(page, graph)
    assert {"TechArticle", "AboutPage", "DefinedTermSet", "WebApplication", None} <= kinds


def _sections(page: Page, wanted: bool) -> list[str]:
    return [str(heading["id"]) for heading in page.soup.select("article h2") if heading["id"] != "sources"] if wanted else []


def test_glossary_has_every_term_in_the_order_of_the_language_and_as_data(pages: dict[str, Page], project: Project) -> None:
    terms = project.facts.glossary.terms
    for language in ("ko", "en"):
        page = pages[f"/{language}/glossary/"]
        assert sorted(str(row["id"]) for row in page.soup.select(".ce-terms tbody tr")) == sorted(term.anchor for term in terms)
        for table in page.soup.select(".ce-terms"):
            shown = [_text(cell) for cell in table.select("tbody td:first-child")]
            assert shown == sorted(shown, key=str.lower)
        script = page.soup.select_one('script[type="application/ld+json"]')
        assert script is not None
        (told,) = [item for item in json.loads(script.get_text())["@graph"] if item["@type"] == "DefinedTermSet"]
        assert {item["name"] for item in told["hasDefinedTerm"]} == {getattr(term, language) for term in terms}
        assert {item["url"].partition("#")[2] for item in told["hasDefinedTerm"]} <= set(page.ids())


def test_change_log_names_every_wording_with_a_date_and_every_retired_model(pages: dict[str, Page], project: Project) -> None:
    for language in ("ko", "en"):
        page = pages[f"/{language}/changes/"]
        links = {link.get("href") for link in page.soup.select(".ce-log a")}
        dated = {entry.slug for entry in project.catalogue.entries for message in entry.messages if message.seen_from}
        assert {f"../errors/{slug}/" for slug in dated} <= links
        text = page.soup.get_text()
        assert [model.name for model in project.facts.models.retired if model.name not in text] == []
        assert [slug for slug in project.catalogue.by_slug if f"../errors/{slug}/" not in links] == []


def test_foot_leads_to_every_page_that_is_no_guide_and_no_part_of_a_hub(written: list[Page], pages: dict[str, Page]) -> None:
    for page in written:
        found = {target[0] for link in page.soup.select("footer a") if (target := resolve(page, str(link["href"])))}
        tops = {address for address in pages if re.fullmatch(rf"/{page.language}/[a-z_]+/", address)}
        assert found == tops, page.address


def test_home_leads_to_the_hub(pages: dict[str, Page]) -> None:
    for language in ("ko", "en"):
        home = pages[f"/{language}/"]
        assert (f"/{language}/handling/", "") in [resolve(home, str(link["href"])) for link in home.soup.select(".ce-beyond a")]
        assert pages[f"/{language}/decode/"].soup.select(".ce-beyond") == []


def _check_questions(page: Page, graph: dict[str, Any]) -> None:
    shown = page.soup.select("details.ce-faq:not(.ce-pending)")
    if not shown:
        assert "FAQPage" not in graph
        return
    told = graph["FAQPage"]["mainEntity"]
    assert [item["name"] for item in told] == [_text(details.summary) for details in shown]
    for item, details in zip(told, map(copy.copy, shown), strict=True):
        for mark in details.select(".ce-cite"):
            mark.decompose()
        answer = " ".join(_text(paragraph) for paragraph in details.select("p"))
        assert _squeezed(item["acceptedAnswer"]["text"]) == _squeezed(answer), page.address


def test_nothing_is_loaded_from_another_host(pages: dict[str, Page], built_site: Path) -> None:
    for page in pages.values():
        for tag, attribute in (("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src")):
            for found in page.soup.find_all(tag, attrs={attribute: True}):
                assert resolve(page, str(found[attribute])) is not None, f"{page.address}: {found}"
        for link in page.soup.find_all("link", rel=["stylesheet", "icon", "preload", "preconnect", "dns-prefetch"]):
            assert resolve(page, str(link["href"])) is not None, f"{page.address}: {link}"
    for sheet in built_site.rglob("*.css"):
        for address in re.findall(r"url\(['\"]?([^)'\"]+)", sheet.read_text(encoding="utf-8")):
            assert not address.startswith(("http:", "https:", "//")), sheet


def test_no_inline_style_or_handler_that_the_policy_would_block(pages: dict[str, Page]) -> None:
    for page in pages.values():
        for tag in page.soup.find_all(True):
            blocked = [name for name in tag.attrs if name == "style" or name.startswith("on")]
            assert blocked == [], f"{page.address}: {tag.name} {blocked}"


def test_headers_name_every_inline_script(built_site: Path) -> None:
    headers = (built_site / "_headers").read_text(encoding="utf-8")

    hashes = publish.inline_script_hashes(built_site)

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
        there = fragment in pages[path].ids() or not fragment if path in pages else (built_site / path.lstrip("/")).is_file()
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
        assert not fragment or fragment in page.ids()
    assert len(addresses) == manifest["guides"]
    assert {f"errors/{slug}/" for slug in project.catalogue.by_slug} <= set(addresses)
    pages_of_hub = {f"{path}/" for path in project.handbook.by_path}
    sections = {f"{path}/#{section.id}" for path, located in project.handbook.by_path.items() for section in located.page.sections}
    assert pages_of_hub | sections <= set(addresses)


def test_no_page_asks_for_the_theme_s_own_search(pages: dict[str, Page]) -> None:
    for page in pages.values():
        # With a form of this name Material's script would load an index of its own.
        assert page.soup.select('form[name="search"], [data-md-component^="search"]') == []


def test_shown_code_is_the_code_of_the_snippets(pages: dict[str, Page], project: Project) -> None:
    for slug, found in project.snippets.items():
        for language in ("ko", "en"):
            blocks = [code.get_text().strip("\n") for code in pages[f"/{language}/errors/{slug}/"].soup.select("#code ~ .tabbed-set code")]
            for snippet in found.files.values():
                assert snippet.shown in blocks, f"{language} {snippet.path}"


def test_home_lists_every_guide_without_script(pages: dict[str, Page], project: Project) -> None:
    for language in ("ko", "en"):
        links = [str(link["href"]) for link in pages[f"/{language}/"].soup.select(".ce-row a")]
        assert sorted(links) == sorted(f"errors/{entry.slug}/" for entry in project.catalogue.entries)


def test_counts_in_headings_are_those_of_the_lists(written: list[Page]) -> None:
    for page in written:
        if page.is_guide:
            heading = page.soup.select_one("#causes")
            assert heading is not None
            assert str(len(page.soup.select(".ce-causes > li"))) in heading.get_text()


def test_no_page_shows_what_should_have_been_filled(written: list[Page]) -> None:
    for page in written:
        assert page.soup.article is not None
        article = copy.copy(page.soup.article)  # the pages are shared by all tests
        for code in article.select("code, pre"):
            code.decompose()
        text = article.get_text(" ")
        for mark in ("{{", "}}", "{%", "undefined", "TODO", "guide:", "[^"):
            assert mark not in text, f"{page.address}: {mark}"
        # A sentence may begin with the word: "None, once the conflict is resolved".
        assert not re.search(r"\bNone\b(?!,)", text), page.address


def test_language_switch_stays_on_the_page(written: list[Page]) -> None:
    for page in written:
        switch = page.soup.select_one(".ce-header__lang")
        assert switch is not None
        assert resolve(page, str(switch["href"])) == (page.twin, "")


def test_root_leads_to_both_languages_without_script(pages: dict[str, Page]) -> None:
    root = pages["/"]

    assert {resolve(root, str(link["href"])) for link in root.soup.select("main a")} == {("/ko/", ""), ("/en/", "")}


def test_404_pages_start_at_the_root_of_the_site(pages: dict[str, Page]) -> None:
    for address in ("/404.html", "/ko/404.html", "/en/404.html"):
        for link in pages[address].links():
            assert link.startswith(("/", "https:", "#", "data:")), f"{address}: {link}"


def test_every_page_says_that_it_is_not_anthropics(written: list[Page], project: Project) -> None:
    for page in written:
        assert project.strings[page.language]("theme.unofficial") in page.soup.get_text()


def _text(tag: Any) -> str:
    tag = copy.copy(tag)
    for link in tag.select(".headerlink"):
        link.decompose()
    return _squeezed(tag.get_text())


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _meta(page: Page, name: str) -> str:
    tag = page.soup.select_one(f"meta[name={name}]")
    return str(tag["content"]) if tag else ""


def _property(page: Page, name: str) -> str:
    tag = page.soup.select_one(f'meta[property="{name}"]')
    return str(tag["content"]) if tag else ""
