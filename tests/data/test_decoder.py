"""The decoder answers for every wording of the catalogue, refuses other services, and is the same program twice."""

from __future__ import annotations

import dataclasses
import json
import random
import subprocess
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
import toolchain
from noise import NOISES

from generator.content.project import Project
from generator.decode.decode import Decoder
from generator.decode.details import parts, secrets
from generator.decode.index import build
from generator.text.message import EXAMPLE_REQUEST_ID, fill, placeholders
from tests.data.reading import ROOT, assert_none
from tests.unit.hostile import PATTERNS


@dataclasses.dataclass(frozen=True)
class Tie:
    """A wording for which another page may come first, and why."""

    page: str
    template: str
    first: str
    why: str


STREAM_OR_NOT = "an exception does not say whether the answer was a stream"
TOO_LARGE = "every request that is too large is refused with these words"
EXAMPLE = "the example of the umbrella page is an error of this member"
CLASS_LOST = "one word is left when the end of a line goes through the name of the class; then the type of the envelope decides"
#: Wordings that two records share, and examples that another record's wording fits as well.
TIES = (
    Tie("batch_request_errored", '"stream=True" is not supported in the Message Batches API', "batch_error", "a batch is refused so too"),
    Tie("batch_too_large", "Request exceeds the maximum size", "request_too_large", TOO_LARGE),
    Tie("file_too_large", "Request exceeds the maximum size", "request_too_large", TOO_LARGE),
    Tie("overloaded_in_stream", "Overloaded", "overloaded_error", STREAM_OR_NOT),
    Tie("stream_error", "Internal server error", "api_error", STREAM_OR_NOT),
    Tie("stream_error", "event: error data:", "overloaded_in_stream", EXAMPLE),
    Tie("rate_limit_error", "This request would exceed ", "rate_limit_input_tokens", EXAMPLE),
    Tie("rate_limit_error", "Number of <what> has exceeded", "rate_limit_input_tokens", EXAMPLE),
    Tie("stream_interrupted", "AnthropicError: terminated", "api_error", CLASS_LOST),
    Tie("stream_interrupted", "TypeError: terminated", "api_error", CLASS_LOST),
)


#: The noises that lose nothing of the message.
QUIET: dict[str, Callable[[str], str]] = {
    "as it is": str,
    **{name: noise for name, noise in NOISES.items() if name != "first and last fifth cut"},
}

#: How many texts both programs read, and how many of them are made of pieces in no order.
SAMPLE, GARBAGE = 10_000, 4_000

#: Texts of others, and the name of their service where the decoder knows it.
FOREIGN: dict[str, str | None] = {
    "openai.RateLimitError: Error code: 429 - {'error': {'message': 'You exceeded your current quota, please check your plan "
    "and billing details.', 'type': 'insufficient_quota', 'param': None, 'code': 'insufficient_quota'}}": "OpenAI",
    '{"error": {"message": "Incorrect API key provided: sk-proj-abc. You can find your API key at '
    'https://platform.openai.com/account/api-keys.", "type": "invalid_request_error", "code": "invalid_api_key"}}': "OpenAI",
    '{"error": {"message": "The model `gpt-4o` does not exist", "type": "invalid_request_error", "code": "model_not_found"}}': "OpenAI",
    "openai.APIConnectionError: Connection error.": "OpenAI",
    "google.api_core.exceptions.ResourceExhausted: 429 Quota exceeded for quota metric 'Generate Content API requests per minute' of "
    "service 'generativelanguage.googleapis.com'": "Google Gemini",
    '{"error": {"code": 400, "message": "Please ensure that function call turn comes immediately after a user turn", '
    '"status": "INVALID_ARGUMENT"}}': "Google Gemini",
    "error: failed to push some refs to 'github.com:me/it.git'": "Git",
    "fatal: not a git repository (or any of the parent directories): .git": "Git",
    "npm error code ERESOLVE\nnpm error ERESOLVE unable to resolve dependency tree": "npm",
    "npm ERR! code E404\nnpm ERR! 404 Not Found - GET https://packages.example/nothing": "npm",
    "Traceback (most recent call last):\n  File \"a.py\", line 1\nModuleNotFoundError: No module named 'requests'": "Python",
    "FileNotFoundError: [Errno 2] No such file or directory: 'a.txt'": "Python",
    "ZeroDivisionError: division by zero": "Python",
    "Traceback (most recent call last):\n  File \"a.py\", line 3, in <module>\nKeyError: 'name'": None,
    "node:internal/modules/cjs/loader:1228\n  throw err;\nError: Cannot find module '/tmp/x.js'\n  code: 'MODULE_NOT_FOUND'": "Node.js",
    "TypeError: Cannot read properties of undefined (reading 'map')\n    at Object.<anonymous> (/app/index.js:3:7)": "JavaScript",
    "HTTP/1.1 502 Bad Gateway\nServer: nginx": None,
    'SELECT * FROM users; ERROR:  relation "users" does not exist': None,
    "The quick brown fox jumps over the lazy dog.": None,
    "빠른 갈색 여우가 게으른 개를 뛰어넘습니다.": None,
    "status 429": None,
}


@dataclasses.dataclass(frozen=True)
class Case:
    """A wording of the catalogue, filled, and the record that it belongs to."""

    page: str
    pending: str | None
    template: str
    message: str
    status: int | None
    error_type: str | None
    origin: str

    def forms(self) -> dict[str, str]:
        """Return the texts in which a reader meets the message: the answer of a server, the text of an exception."""
        error = {"type": self.error_type or "api_error", "message": self.message}
        body: dict[str, Any] = {"type": "error", "error": error, "request_id": EXAMPLE_REQUEST_ID}
        served = json.dumps(body, ensure_ascii=False)
        if self.origin == "stream":
            served = f"event: error\ndata: {served}"
        elif self.origin == "batch_result":
            served = json.dumps({"custom_id": "a", "result": {"type": "errored", "error": body}}, ensure_ascii=False)
        raised = f"Error code: {self.status} - {body!r}" if self.status is not None else self.message
        trace = f'Traceback (most recent call last):\n  File "a.py", line 3, in <module>\nanthropic.APIError: {raised}'
        return {"JSON": served, "exception": trace}


def cases_of(project: Project) -> Iterator[Case]:
    for entry in project.catalogue.entries:
        for message in entry.messages:
            text = filled(message.template, message.fill)
            yield Case(entry.slug, None, message.template, text, entry.main.status, entry.main.type, entry.origin)
        for item in project.pending(entry):
            for template in item.messages:
                yield Case(entry.slug, item.slug, template, filled(template, {}), item.status, item.type, entry.origin)


def filled(template: str, values: Mapping[str, str]) -> str:
    return fill(template, {name: values.get(name, "7") for name in placeholders(template)})


@pytest.fixture(scope="session")
def index(real: Project) -> dict[str, Any]:
    """The index as a browser gets it."""
    found: dict[str, Any] = json.loads(json.dumps(build(real)))
    return found


@pytest.fixture(scope="session")
def decoder(index: dict[str, Any]) -> Decoder:
    return Decoder(index)


@pytest.fixture(scope="session")
def cases(real: Project) -> list[Case]:
    return list(cases_of(real))


def test_there_are_wordings_of_entries_and_of_pending_errors(cases: list[Case]):
    assert len({case.page for case in cases}) > 30
    assert len({case.pending for case in cases}) > 100


@pytest.mark.parametrize("noise", QUIET)
def test_every_wording_leads_to_its_page(cases: list[Case], decoder: Decoder, noise: str):
    wrong = []
    for case in cases:
        for form, text in case.forms().items():
            found = decoder.decode(QUIET[noise](text))
            right = found.slugs[:1] == (case.page,) and case.pending in (None, found.pending)
            if not right and found.slugs[:1] not in {(tie.first,) for tie in ties_of(case)}:
                wrong.append(f"{case.page}: {case.template!r} as {form} leads to {found.slugs}, {found.pending}")

    assert_none(wrong)


def ties_of(case: Case) -> list[Tie]:
    return [tie for tie in TIES if case.page == tie.page and case.template.startswith(tie.template)]


@pytest.mark.parametrize("tie", TIES, ids=lambda tie: f"{tie.page}: {tie.template}")
def test_tie_is_still_one(cases: list[Case], decoder: Decoder, tie: Tie):
    texts = [noise(text) for case in cases if tie in ties_of(case) for text in case.forms().values() for noise in QUIET.values()]

    assert any(decoder.decode(text).slugs[0] == tie.first for text in texts)


def test_overload_of_a_stream_is_told_from_one_of_an_answer(decoder: Decoder):
    body = '{"type":"error","error":{"details":null,"type":"overloaded_error","message":"Overloaded"}}'

    assert decoder.decode(f"event: error\ndata: {body}").slugs[0] == "overloaded_in_stream"
    assert decoder.decode("529 " + body.replace('"details":null,', "")).slugs[0] == "overloaded_error"


@pytest.mark.parametrize("name", ["APIStatusError", "APIError"])
def test_base_class_of_all_errors_leaves_the_word_to_the_status(decoder: Decoder, name: str):
    answer = decoder.decode(f"anthropic.{name}: Error code: 401")

    assert (answer.slugs, answer.by) == (("authentication_error",), "status")
    assert decoder.decode(name).slugs == ()


def test_every_error_code_leads_to_its_page(real: Project, decoder: Decoder):
    codes: dict[str, tuple[str, str | None]] = {
        identity.error_code: (entry.slug, None)
        for entry in real.catalogue.entries
        for identity in entry.identities
        if identity.error_code is not None
    }
    for entry in real.catalogue.entries:
        codes |= {code: (entry.slug, item.slug) for item in real.pending(entry) for code in item.error_codes}
    found = {}
    for code in codes:
        answer = decoder.decode(json.dumps({"error": {"type": "x", "message": "?", "details": {"error_code": code}}}))
        assert answer.by == "error_code", code
        found[code] = (answer.slugs[0], answer.pending)

    assert len(codes) > 50
    assert found == codes


@pytest.mark.parametrize("noise", QUIET)
def test_text_of_another_service_is_refused(decoder: Decoder, noise: str):
    found = {text: decoder.decode(QUIET[noise](text)) for text in FOREIGN}

    assert_none(
        (text, it) for text, it in found.items() if (it.verdict, it.slugs, (it.other or {}).get("en")) != ("not_claude", (), FOREIGN[text])
    )


#: Beyond the basic plane a character counts twice in JavaScript, so only the places may differ.
ASTRAL = "\U0001f600\U0001d7d8"
PIECES = (
    *(
        "status: ",
        "Error code: 4",
        "29",
        " 400 ",
        "HTTP/1.1 5",
        "type",
        "message",
        "'",
        '"',
        "\\",
        "\\\\",
        "\\n",
        "\\u00",
        "\\x4",
        "%2",
        "%25",
        "&#",
        ";",
    ),
    *(
        "&quot;",
        "\x1b[",
        "31m",
        "\u241b[0m",
        "_error",
        "Error",
        "Exception",
        "not_found",
        "anthropic",
        "req_01",
        "sk-ant-",
        "Bearer ",
        "eyJ",
    ),
    *(
        "a.b@c.de",
        "AKIA",
        ".",
        "-",
        "_",
        "\n",
        "\r\n",
        "\t",
        "   ",
        "가",
        "é",
        "\u212a",
        "\u017f",
        "\u0130",
        "\x00",
        "\u2028",
        "openai",
        "bedrock",
    ),
    *("event: error data: ", "Overloaded", "rate_limit_error", "429", "529", "errorcode", "anthropic/1.2.3", "@anthropic-ai/sdk", "  at "),
)


def garbage(cases: list[Case], pieces: tuple[str, ...], number: int) -> Iterator[str]:
    """Yield texts of everything that means something to the decoder, in no order; the same in every run."""
    chance = random.Random(20261122)
    for _ in range(number):
        parts = []
        for _ in range(chance.randint(0, 14)):
            message = chance.choice(cases).message
            start = chance.randrange(len(message))
            parts.append(chance.choice((chance.choice(pieces), chance.choice(pieces), message[start : start + chance.randint(1, 60)])))
        yield "".join(parts)


@pytest.fixture(scope="session")
def texts(cases: list[Case]) -> list[str]:
    """What the two programs must read alike: as many texts however many guides there are, and the same in every run."""
    names = ["429", " 529\n", "RateLimitError", "rate_limit_error", "overloaded", "x429", "", " ", "\u00a0429", "null"]
    names += ["__proto__", "constructor"]
    statuses = [f"{text} {status}" for status in range(95, 610, 3) for text in ("anthropic HTTP", "status code:", "claude (")]
    known = [text for case in cases for text in (*case.forms().values(), case.message)] + [*FOREIGN]
    chance = random.Random(20261201)
    noises: list[Callable[[str], str]] = [str, *NOISES.values()]
    met = [chance.choice(noises)(chance.choice(known)) for _ in range(SAMPLE - len(names + statuses) - GARBAGE)]
    return [*names, *statuses, *met, *garbage(cases, PIECES, GARBAGE)]


def in_javascript(index: dict[str, Any], texts: list[str]) -> list[dict[str, Any]]:
    """Return what the program of the site answers for each text."""
    command = [toolchain.node(), str(ROOT / "tests/data/decode_all.mjs")]
    given = json.dumps({"index": index, "texts": texts})
    result = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
    answers: list[dict[str, Any]] = json.loads(result.stdout)
    return answers


def in_python(index: dict[str, Any], decoder: Decoder, text: str) -> dict[str, Any]:
    """Return the same, with the names that JavaScript has for it."""
    found = dataclasses.asdict(decoder.decode(text))
    found["errorType"] = found.pop("error_type")
    read = parts(text, index["platforms"])
    found["parts"] = {"requestId": read.request_id, "sdk": read.sdk, "sdkVersion": read.sdk_version, "platform": read.platform}
    answer: dict[str, Any] = json.loads(json.dumps(found | {"secrets": secrets(text)}))
    return answer


@pytest.mark.node
def test_both_programs_give_the_same_answers(index: dict[str, Any], decoder: Decoder, texts: list[str]):
    there = in_javascript(index, texts)

    assert len(there) == len(texts) == SAMPLE
    different = [
        (text, here, other) for text, other in zip(texts, there, strict=True) if (here := in_python(index, decoder, text)) != other
    ]
    assert different[:3] == []


@pytest.mark.node
def test_both_programs_agree_beyond_the_basic_plane_but_for_the_places(index: dict[str, Any], decoder: Decoder, cases: list[Case]):
    texts = [f"anthropic status{ASTRAL[0] * number}429" for number in range(1, 9)]
    texts += [
        text for text in garbage(cases, (*PIECES, *ASTRAL, *ASTRAL, ASTRAL), 3000) if any(ord(character) > 0xFFFF for character in text)
    ]

    def without_places(answer: dict[str, Any]) -> dict[str, Any]:
        return {**answer, "spans": len(answer["spans"]), "secrets": len(answer["secrets"])}

    assert len(texts) > 500
    for text, there in zip(texts, in_javascript(index, texts), strict=True):
        assert without_places(in_python(index, decoder, text)) == without_places(there), text


def test_random_texts_meet_every_kind_of_answer(decoder: Decoder, texts: list[str]):
    found = [decoder.decode(text) for text in texts[-GARBAGE:]]

    assert {answer.verdict for answer in found} == {"entry", "family", "not_claude", "unknown"}
    assert {answer.by for answer in found} >= {"message", "type", "class", "status", None}


#: Times of the program of the site for a text and for one four times as long.
TIMES = """
import { Decoder } from "./templates/assets/decoder.js";
import { parts, secrets } from "./templates/assets/decoder-parts.js";
const { index, patterns, sizes } = JSON.parse((await import("node:fs")).readFileSync(0, "utf8"));
const decoder = new Decoder(index);
const work = (text) => [decoder.decode(text), secrets(text), parts(text, index.platforms)];
const time = (pattern, size) => Math.min(...[1, 2].map(() => {
  const text = pattern.repeat(Math.ceil(size / pattern.length)).slice(0, size);
  const before = process.cpuUsage().user;
  work(text);
  return process.cpuUsage().user - before;
}));
work(patterns.letters.repeat(100_000));
const found = Object.entries(patterns).map(([name, pattern]) => [name, sizes.map((size) => time(pattern, size))]);
console.log(JSON.stringify(Object.fromEntries(found)));
"""


@pytest.mark.node
def test_no_text_makes_the_program_of_the_site_slow(index: dict[str, Any], cases: list[Case]):
    patterns = {**PATTERNS, "letter and blanks": "x" + " " * 300_000, "all wordings": " ".join(case.message for case in cases)}
    given = json.dumps({"index": index, "patterns": patterns, "sizes": [250_000, 1_000_000]})
    command = [toolchain.node(), "--input-type=module", "--eval", TIMES]
    result = subprocess.run(command, cwd=ROOT, input=given, capture_output=True, text=True, check=True, timeout=300)
    times: dict[str, list[int]] = json.loads(result.stdout)
    usual = sorted(small for small, _ in times.values())[len(times) // 2]

    # Four times the letters take about four times as long; the collection of garbage makes short times uneven.
    assert {name: pair for name, pair in times.items() if pair[1] > 9 * max(pair[0], usual)} == {}
