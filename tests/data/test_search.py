"""The search finds every guide by its names, in both languages, at a cost that does not grow with their number."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
import toolchain
from search_accuracy import Answer, answers, grown, opening

from generator.content.project import Project
from generator.schemas.entry import LANGUAGES
from generator.search import index as search_index
from generator.search.terms import joined, pairs, terms
from generator.text.writer import Writer

pytestmark = pytest.mark.node

#: What the first keystroke, and each further query, may load, compressed.
FIRST, FURTHER = 160_000, 60_000
#: How many texts both programs cut at most, however many guides there are.
SAMPLE = 10_000
CORE = Path(search_index.__file__).parents[2] / "templates/assets/search-core.js"


@pytest.fixture(scope="session")
def index(real: Project) -> dict[str, bytes]:
    return search_index.files(real)


def first_three(index: dict[str, bytes], queries: list[tuple[str, str]]) -> list[tuple[str, str, list[str]]]:
    """Return (query, wanted slug, first three slugs) of each query that does not lead to its guide, in either language."""
    asked = [(language, query) for query, _ in queries for language in LANGUAGES]
    wanted = [slug for _, slug in queries for _ in LANGUAGES]
    found = answers(index, asked)
    return [
        (query, slug, answer.slugs[:3])
        for (_, query), slug, answer in zip(asked, wanted, found, strict=True)
        if slug not in answer.slugs[:3]
    ]


def test_every_slug_finds_its_guide_first(real: Project, index: dict[str, bytes]) -> None:
    queries = [(slug, entry.slug) for entry in real.catalogue.entries for slug in (entry.slug, *entry.redirect_from)]
    found = answers(index, [("ko", query) for query, _ in queries])

    assert [(query, answer.slugs[:3]) for (query, slug), answer in zip(queries, found, strict=True) if answer.slugs[:1] != [slug]] == []


def test_every_slug_written_as_words_finds_its_guide(real: Project, index: dict[str, bytes]) -> None:
    assert first_three(index, [(entry.slug.replace("_", " "), entry.slug) for entry in real.catalogue.entries]) == []


def test_every_title_finds_its_guide_in_both_languages(real: Project, index: dict[str, bytes]) -> None:
    writers = [Writer(real, language) for language in LANGUAGES]

    assert first_three(index, [(writer.plain(entry.title), entry.slug) for entry in real.catalogue.entries for writer in writers]) == []


def test_every_error_code_and_class_of_one_guide_finds_it(real: Project, index: dict[str, bytes]) -> None:
    owners = [(code, entry.slug) for entry in real.catalogue.entries for code in {one.error_code for one in entry.identities} if code]
    for entry in real.catalogue.entries:
        owners += [(name, entry.slug) for name in {*entry.exceptions.python, *entry.exceptions.typescript}]
    guides = Counter(name for name, _ in owners)

    assert first_three(index, [(name, slug) for name, slug in owners if guides[name] == 1]) == []


def test_every_message_of_one_guide_finds_it(real: Project, index: dict[str, bytes]) -> None:
    wordings = [(message.template, entry.slug) for entry in real.catalogue.entries for message in entry.messages]
    # A wording that several errors share, or that is one word, tells nobody which one it is.
    guides = Counter(template for template, _ in wordings)
    for entry in real.catalogue.entries:
        guides.update(template for pending in real.pending(entry) for template in pending.messages)
    queries = [(template, slug) for template, slug in wordings if guides[template] == 1 and len(template.split()) > 3]
    missed = first_three(index, queries)

    assert len(missed) <= len(queries) * 2 * 0.05, missed


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("과부하", "overloaded_error"),
        ("과부하가 걸려요", "overloaded_error"),
        ("레이트 리밋", "rate_limit_error"),
        ("레이트리밋에 걸렸어요", "rate_limit_error"),
        ("속도 제한을", "rate_limit_error"),
        ("비율제한 에러가 나요", "rate_limit_error"),
        ("rate limit", "rate_limit_error"),
        ("ratelimit", "rate_limit_error"),
        ("too many requests", "rate_limit_error"),
        ("배치 크기가", "batch_too_large"),
        ("크레딧 잔액이 부족", "credit_balance_too_low"),
        ("모델을 못 찾음", "model_not_found"),
        ("캐시 브레이크포인트", "cache_control_too_many_breakpoints"),
        ("stream interupted", "stream_interrupted"),
        ("overl", "overloaded_error"),
        ("529", "overloaded_error"),
        ("429", "rate_limit_error"),
    ],
)
def test_words_as_people_type_them_find_the_guide(index: dict[str, bytes], query: str, slug: str) -> None:
    assert first_three(index, [(query, slug)]) == []


def test_particles_and_endings_change_nothing(index: dict[str, bytes]) -> None:
    plain = "속도 제한", "배치 요청", "이미지 크기", "컨텍스트 윈도우"
    for text in plain:
        inflected = [f"{text}{ending}" for ending in ("이" if text[-1] in "한청" else "가", "에서는", "으로", "까지")]
        found = answers(index, [("ko", query) for query in (text, *inflected)])

        assert [answer.slugs[:3] for answer in found] == [found[0].slugs[:3]] * len(found), text


@pytest.mark.parametrize("query", ["", "   ", "!?", "뷁", "zzzzzzzz", "\u0000", "(" * 400, "a" * 5000, "가" * 5000])
def test_what_is_no_word_finds_nothing_and_breaks_nothing(index: dict[str, bytes], query: str) -> None:
    (answer,) = answers(index, [("ko", query)])

    assert answer.slugs == [] or set(query) == {"a"}


def test_cost_of_a_query_does_not_grow_with_the_number_of_guides(real: Project) -> None:
    many = grown(real, 1200)
    index = search_index.files(many)
    texts = [message.template for entry in real.catalogue.entries for message in entry.messages] + [
        entry.summary.ko for entry in real.catalogue.entries
    ]
    found: list[Answer] = answers(index, [("ko", text) for text in [*texts, "요", "오류", "e", "error"]])

    assert sum(len(content) for content in index.values()) > 1_000_000
    assert max(answer.bytes for answer in found) <= FURTHER
    assert opening(index) + max(answer.bytes for answer in found) <= FIRST


def test_reader_s_words_are_cut_as_the_index_is(real: Project, tmp_path: Path) -> None:
    texts = sorted({text for located in real.catalogue.by_slug.values() for _, both in located.texts() for text in (both.ko, both.en)})
    texts += [name for entry in real.catalogue.entries for name in (entry.slug, *entry.aliases, *entry.exceptions.python)]
    texts += [message.template for entry in real.catalogue.entries for message in entry.messages]
    texts = random.Random(20261201).sample(texts, min(len(texts), SAMPLE))
    core = Path(shutil.copy(CORE, tmp_path / "core.mjs"))
    script = (
        f"import {{ joined, pairs, terms }} from {json.dumps(core.as_uri())}; import {{ readFileSync }} from 'node:fs';"
        "console.log(JSON.stringify(JSON.parse(readFileSync(0)).map((text) => [terms(text), joined(text), pairs(text)])));"
    )
    command = [toolchain.node(), "--input-type=module", "--eval", script]
    result = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, encoding="utf-8", check=True)

    for text, cut in zip(texts, json.loads(result.stdout), strict=True):
        assert cut == [list(terms(text)), joined(text), list(pairs(text))], text
