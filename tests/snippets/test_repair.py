"""The repair snippets of sticky errors mend broken histories, and keep every message that was not broken."""

from __future__ import annotations

import base64
import copy
import json
import random
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from generator.content.project import Project
from mock_api.good import signature
from mock_api.rules import Call, Knowledge, first_failure
from mock_api.scenario import Scenario
from mock_api.world import World
from snippet_runner import blocks
from snippet_runner.hosts import Hosts

History = list[dict[str, Any]]
HISTORIES = 12
MODEL = "claude-sonnet-5-5"
TOOL = {"name": "weather", "input_schema": {"type": "object", "properties": {"city": {"type": "string"}}}}


def user(text: str) -> dict[str, Any]:
    return {"role": "user", "content": text}


def call(identifier: str) -> dict[str, Any]:
    return {"type": "tool_use", "id": identifier, "name": "weather", "input": {"city": "Seoul"}}


def result(identifier: str) -> dict[str, Any]:
    return {"type": "tool_result", "tool_use_id": identifier, "content": "sunny"}


def text(words: str) -> dict[str, Any]:
    return {"type": "text", "text": words}


def turn(chance: random.Random, number: int) -> History:
    """Return a whole turn: a question, one to three tool calls, their results, an answer."""
    ids = [f"toolu_{number}_{index}" for index in range(chance.randint(1, 3))]
    return [
        user(f"Question {number}"),
        {"role": "assistant", "content": [text("I will look."), *map(call, ids)]},
        {"role": "user", "content": [*map(result, ids)]},
        {"role": "assistant", "content": [text(f"Answer {number}")]},
    ]


def without_results(chance: random.Random) -> History:
    """Some calls lost their results: one of them, all of them, or the whole message."""
    history = [message for number in range(chance.randint(1, 4)) for message in turn(chance, number)]
    place = 4 * chance.randrange(len(history) // 4) + 2
    if chance.random() < 0.4:
        history[place] = user("Never mind, something else")
    elif chance.random() < 0.5:
        del history[place : place + 2]
    else:
        content = history[place]["content"]
        del content[chance.randrange(len(content))]
        content.append(text("and a remark"))
    return [*history, user("Go on")]


def changed_thinking(chance: random.Random) -> History:
    """The thinking of the latest assistant message was changed on its way."""

    def thinking(words: str, signed: str) -> dict[str, Any]:
        return {"type": "thinking", "thinking": words, "signature": signature(signed)}

    history: History = []
    for number in range(chance.randint(1, 4)):
        words = f"Thought {number}"
        history += [user(f"Question {number}"), {"role": "assistant", "content": [thinking(words, words), text(f"Answer {number}")]}]
    if chance.random() < 0.5:
        history[-1]["content"].append(call("toolu_last"))
        after = {"role": "user", "content": [result("toolu_last")]}
    else:
        after = user("Go on")
    history[-1]["content"][0] = thinking(chance.choice(["", "[hidden]", "Thought cut o"]), "as it was")
    return [*history, after]


def png(width: int, height: int) -> str:
    """Return the smallest PNG that says it has these sides."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    raw = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")
    return base64.b64encode(raw).decode()


def image(width: int, height: int) -> dict[str, Any]:
    return {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": png(width, height)}}


def too_large_images(chance: random.Random) -> History:
    """An image is over the limit for one, or many are over the smaller one; some stand in tool results."""
    many = chance.random() < 0.5
    history: History = []
    for number in range(22 if many else chance.randint(1, 4)):
        history += [{"role": "user", "content": [text(f"Look {number}"), image(800, 600)]}, {"role": "assistant", "content": "Seen."}]
    large = image(2400, 300) if many else image(chance.randint(8001, 12000), 40)
    if chance.random() < 0.5:
        history += [user("Use the tool"), {"role": "assistant", "content": [call("toolu_image")]}]
        return [*history, {"role": "user", "content": [{**result("toolu_image"), "content": [large, text("the picture")]}]}]
    return [*history, {"role": "user", "content": [large, text("And this one?")]}]


BROKEN: dict[str, Callable[[random.Random], History]] = {
    "tool_use_without_tool_result": without_results,
    "thinking_block_modified": changed_thinking,
    "image_dimensions_too_large": too_large_images,
}


def refusal(project: Project, history: History) -> str | None:
    """Return the slug, or the message, with which the mock refuses the history; None when it takes it."""
    body = {"model": MODEL, "max_tokens": 100, "messages": copy.deepcopy(history), "tools": [TOOL]}
    failure = first_failure(Call(body, {}, World(Scenario(""))), Knowledge(project))
    return None if failure is None else failure.slug or failure.message


def repaired(project: Project, hosts: Hosts, slug: str, name: str, histories: list[History]) -> list[History]:
    """Return what the repair snippet makes of the histories."""
    snippet = project.snippets[slug].files[name]
    given = json.dumps(json.dumps(histories))
    if name.endswith(".py"):
        tail = f"import json\nprint('RESULT' + json.dumps([repair(history) for history in json.loads({given})]))\n"
    else:
        tail = f'console.log("RESULT" + JSON.stringify(JSON.parse({given}).map((history: never) => repair(history))));\n'
    outcome = hosts.run(name, blocks.framed(snippet, snippet.shown, project.root) + tail, "http://127.0.0.1:9")
    assert outcome.well, outcome.output
    line = next(line for line in outcome.output.splitlines() if line.startswith("RESULT"))
    return [list(history) for history in json.loads(line.removeprefix("RESULT"))]


#: Sticky, but what is refused is a matter of classifiers: no rule of the mock, and no snippet, can tell.
UNTOLD = {"stop_reason_refusal"}


def test_every_sticky_error_has_broken_histories(project: Project) -> None:
    assert {entry.slug for entry in project.catalogue.entries if entry.verdict.sticky} == BROKEN.keys() | UNTOLD


@pytest.mark.parametrize("name", ["repair.py", "repair.ts"])
@pytest.mark.parametrize("slug", sorted(BROKEN))
def test_repaired_history_is_accepted_and_keeps_what_was_whole(project: Project, hosts: Hosts, slug: str, name: str) -> None:
    broken = [BROKEN[slug](random.Random(seed)) for seed in range(HISTORIES)]
    assert [refusal(project, history) for history in broken] == [slug] * HISTORIES

    mended = repaired(project, hosts, slug, name, broken)

    assert [refusal(project, history) for history in mended] == [None] * HISTORIES
    for before, after in zip(broken, mended, strict=True):
        lost = [message for message in before if message not in after]
        # Only the broken message is another: that of the large image or the changed thinking, or the one that lacked results.
        assert len(lost) <= 1, f"{slug}: lost {lost}"
        words = [block["text"] for message in lost for block in message["content"] if isinstance(block, dict) and block["type"] == "text"]
        assert all(word in json.dumps(after) for word in words)


@pytest.mark.parametrize("name", ["repair.py", "repair.ts"])
def test_whole_history_stays_as_it_is(project: Project, hosts: Hosts, name: str) -> None:
    whole = [[*turn(random.Random(seed), 0), user("Go on")] for seed in range(3)]

    assert repaired(project, hosts, "tool_use_without_tool_result", name, whole) == whole
    assert repaired(project, hosts, "image_dimensions_too_large", name, whole) == whole
