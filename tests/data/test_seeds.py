"""The mistakes of the two guides that this project started from do not come back."""

from __future__ import annotations

import re

import pytest

from generator.content.project import Project
from tests.data.reading import ROOT
from tests.unit.projects import published

NEGATED = re.compile(
    r"\b(no|not|never|neither|fails?|instead|there is no)\b|없|않|아니|AttributeError|remove|지우|바꾸|예전|이전", re.IGNORECASE
)


@pytest.fixture(scope="session")
def pages(real: Project) -> dict[str, str]:
    """Every page that has a readable copy as that, and every snippet."""
    files = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in (ROOT / "snippets").glob("*/*.[pt][ys]")}
    copies = {path: text for path, text in published(real, None).items() if path.endswith("/index.md")}
    return {**copies, **files}


#: What the seeds said, by what is wrong about it.
WRONG = {
    "a batch holds 100,000 requests": r"(?<![\d,])10,?000 ?(?:requests|건|개의? 요청|개)(?!\d)",
    "a batch holds 256 MB": r"(?<![\d,])250[ \u00a0]?(?:MB|MiB)|250 ?\* ?1024|250_?000_?000|250,000,000",
    "32 MB is the limit of a request, not of a file": r"Files API[^.。]{0,40}(?<!\d)32[ \u00a0]?MB[^.。]{0,10}(?:per file|파일)",
    "characters are not bytes": r"len\(json\.dumps\(|JSON\.stringify\([^()]*\)\.length",
    "the storage of an organization is 1 TB": r"up to 100[ \u00a0]?GB|100[ \u00a0]?GB까지",
    "there are no RPM of 50": r"(?<![\d,])50 RPM",
    "APIError has no status_code": r"except anthropic\.APIError as \w+:\s+if \w+\.status_code",
    "the page counts its causes": r"흔한 원인 ?\d|\d+ common causes",
    "grammar": r"서브타입는|오류을|에러을|메시지을|토큰를",
    "nothing is left empty": r"\"message\": ?\"\.\.\.\"",
    "the Bedrock endpoint does not exist at all": r"일부 Bedrock|some Bedrock regions",
}


@pytest.mark.parametrize("truth", WRONG)
def test_wrong_statement_is_on_no_page(pages: dict[str, str], truth: str):
    found = [f"{path}: {match.group()}" for path, text in pages.items() for match in re.finditer(WRONG[truth], text)]

    assert found == []


@pytest.mark.parametrize(
    ("truth", "text"),
    [
        ("a batch holds 100,000 requests", "up to 10,000 requests"),
        ("a batch holds 100,000 requests", "최대 10000건"),
        ("a batch holds 256 MB", "250 MB 이상"),
        ("a batch holds 256 MB", "size > 250 * 1024 * 1024"),
        ("32 MB is the limit of a request, not of a file", "Files API accepts 32 MB per file"),
        ("characters are not bytes", "sum(len(json.dumps(r)) for r in requests)"),
        ("characters are not bytes", "JSON.stringify(r).length"),
        ("APIError has no status_code", "except anthropic.APIError as e:\n    if e.status_code == 429"),
        ("grammar", "이 서브타입는"),
        ("nothing is left empty", '"message": "..."'),
    ],
)
def test_pattern_finds_the_seed_statement(truth: str, text: str):
    assert re.search(WRONG[truth], text)


@pytest.mark.parametrize("text", ["100,000 requests", "256 MB", "len(json.dumps(value).encode())", "1250 MB", "110,000 requests"])
def test_patterns_leave_the_truth_alone(text: str):
    harmless = {truth for truth, pattern in WRONG.items() if re.search(pattern, text)}

    assert harmless <= {"characters are not bytes"}
    assert "encode" in text or not harmless


#: Names that may be told to be gone, but not to be used.
GONE = {"client.files.create": r"client\.files\.create\b", "the beta header of files": r"files-api-2025-04-14"}


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?。])\s|\n|</(?:p|dd|li|summary|strong)>", text)


@pytest.mark.parametrize("name", GONE)
def test_name_that_is_gone_is_only_told_to_be_gone(pages: dict[str, str], name: str):
    body = {path: text.split("---\n", 2)[-1] for path, text in pages.items()}
    found = [
        f"{path}: {sentence.strip()}"
        for path, text in body.items()
        for sentence in sentences(text)
        if re.search(GONE[name], sentence) and not NEGATED.search(sentence)
    ]

    # A question may name it; its answer says no.
    assert [line for line in found if not line.endswith("?") and "<summary>" not in line] == []


@pytest.mark.parametrize("name", GONE)
def test_no_snippet_uses_a_name_that_is_gone(pages: dict[str, str], name: str):
    assert [path for path, text in pages.items() if path.startswith("snippets/") and re.search(GONE[name], text)] == []
