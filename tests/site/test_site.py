"""The built site holds what its pages promise: links, ids, headings, languages, code."""

from __future__ import annotations

import json
import re
from pathlib import Path

from generator.content.project import Project
from snippet_runner.blocks import copied
from tests.site.pages import Page, resolve, text_of

#: Sections of a guide, in the order in which a reader needs them.
ORDER = ("members", "pending", "code", "recovery", "causes", "meaning", "prevention", "faq", "related")
#: Headings of a guide, its title included; more of them have no rank.
MOST_HEADINGS = 8


def test_every_entry_has_a_page_in_both_languages(pages: dict[str, Page], project: Project) -> None:
    wanted = {f"/{language}/errors/{entry.slug}/" for entry in project.catalogue.entries for language in ("ko", "en")}

    assert {address for address in pages if "/errors/" in address} == wanted


def test_every_link_and_fragment_leads_somewhere(pages: dict[str, Page], built_site: Path) -> None:
    broken = []
    for page in pages.values():
        for link in page.links:
            target = resolve(page, link)
            if target is None:
                continue
            path, fragment = target
            if path in pages:
                if fragment and fragment not in pages[path].ids:
                    broken.append(f"{page.address}: {link} (no such id)")
            elif not (built_site / path.lstrip("/")).is_file():
                broken.append(f"{page.address}: {link}")

    assert broken == []


def test_ids_are_unique(pages: dict[str, Page]) -> None:
    for page in pages.values():
        ids = page.ids
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
            assert len(ids) + 1 <= MOST_HEADINGS + ("members" in ids) + ("pending" in ids), page.address


def test_language_of_the_document_is_that_of_its_address(written: list[Page]) -> None:
    for page in written:
        assert page.soup.html is not None
        assert page.soup.html["lang"] == page.language


def test_glossary_has_every_term_in_the_order_of_the_language_and_as_data(pages: dict[str, Page], project: Project) -> None:
    terms = project.facts.glossary.terms
    for language in ("ko", "en"):
        page = pages[f"/{language}/glossary/"]
        assert sorted(str(row["id"]) for row in page.soup.select(".ce-terms tbody tr")) == sorted(term.anchor for term in terms)
        for table in page.soup.select(".ce-terms"):
            shown = [text_of(cell) for cell in table.select("tbody td:first-child")]
            assert shown == sorted(shown, key=str.lower)
        script = page.soup.select_one('script[type="application/ld+json"]')
        assert script is not None
        (told,) = [item for item in json.loads(script.get_text())["@graph"] if item["@type"] == "DefinedTermSet"]
        assert {item["name"] for item in told["hasDefinedTerm"]} == {getattr(term, language) for term in terms}
        assert {item["url"].partition("#")[2] for item in told["hasDefinedTerm"]} <= set(page.ids)


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


def test_no_page_asks_for_the_theme_s_own_search(pages: dict[str, Page]) -> None:
    for page in pages.values():
        # With a form of this name Material's script would load an index of its own.
        assert page.soup.select('form[name="search"], [data-md-component^="search"]') == []


def test_shown_code_is_the_code_of_the_snippets(pages: dict[str, Page], project: Project) -> None:
    for slug, found in project.snippets.items():
        for language in ("ko", "en"):
            shown = [copied(code) for code in pages[f"/{language}/errors/{slug}/"].soup.select("#code ~ .tabbed-set code")]
            for snippet in found.files.values():
                assert snippet.shown in shown, f"{language} {snippet.path}"


def test_home_lists_every_error_once_without_script(pages: dict[str, Page], project: Project) -> None:
    for language in ("ko", "en"):
        links = [str(link["href"]) for link in pages[f"/{language}/"].soup.select(".ce-group .ce-row a")]
        assert sorted(links) == sorted(f"errors/{card.address}" for card in (*project.cards.values(), *project.shorts.values()))


def test_big_family_lists_every_error_of_its_type_and_keeps_the_places_of_those_without_a_guide(
    pages: dict[str, Page], project: Project
) -> None:
    slug = "invalid_request_error"
    entry = project.catalogue.by_slug[slug].entry
    wanted = {
        card.slug for card in (*project.cards.values(), *project.shorts.values()) if (card.main.status, card.main.type) == (400, slug)
    }
    own = {item.slug: item for item in project.pending(entry)}
    for language in ("ko", "en"):
        soup = pages[f"/{language}/errors/{slug}/"].soup
        rows = soup.select(".ce-topics .ce-row")
        found = {
            str(row.details["id"]) if row.details else str(row.a["href"]).rstrip("/").replace("#", "/").split("/")[-1]
            for row in rows
            if row.a
        }
        assert found | own.keys() == (wanted | own.keys()) - {slug}
        assert len(rows) == len(found | own.keys())
        for item in own.values():
            place = soup.find(id=item.slug)
            assert place is not None
            assert place.name == "details"
            assert place.select_one(".ce-short p")


def test_counts_in_headings_are_those_of_the_lists(written: list[Page]) -> None:
    for page in written:
        if page.is_guide:
            heading = page.soup.select_one("#causes")
            assert heading is not None
            assert str(len(page.soup.select(".ce-causes > li"))) in heading.get_text()


def test_no_page_shows_what_should_have_been_filled(written: list[Page]) -> None:
    for page in written:
        assert page.soup.article is not None
        text = " ".join(string for string in page.soup.article.strings if {"code", "pre"}.isdisjoint(tag.name for tag in string.parents))
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
        for link in pages[address].links:
            assert link.startswith(("/", "https:", "#", "data:")), f"{address}: {link}"


def test_every_page_says_that_it_is_not_anthropics(written: list[Page], project: Project) -> None:
    for page in written:
        assert project.strings[page.language]("theme.unofficial") in page.soup.get_text()
