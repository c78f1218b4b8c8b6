"""The composed repair of the hub mends every kind of stuck history in both languages, and its checks know the limits of `facts/`."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from anthropic._utils._json import openapi_dumps

from generator.content.project import Project
from mock_api.good import signature
from mock_api.rules import Knowledge
from snippet_runner import blocks
from snippet_runner.hosts import Hosts
from snippet_runner.run import Runner
from tests.snippets.test_repair import BROKEN, History, call, image, png, refusal, result, text, turn, user

HISTORIES = 25


def thinking(words: str, signed: str | None = None) -> dict[str, Any]:
    return {"type": "thinking", "thinking": words, "signature": signature(words if signed is None else signed)}


def ends_with_assistant(chance: random.Random) -> History:
    """Whole turns, and nothing from the user after them."""
    return [message for number in range(chance.randint(1, 3)) for message in turn(chance, number)]


def call_at_the_end(chance: random.Random) -> History:
    """The process stopped before it saved a result."""
    return [*ends_with_assistant(chance), user("And now?"), {"role": "assistant", "content": [text("I look."), call("toolu_end")]}]


def begins_with_results(chance: random.Random) -> History:
    """Old messages were cut off between a call and its result."""
    return [*turn(chance, 0)[2:], *turn(chance, 1), user("Go on")]


def late_results(chance: random.Random) -> History:
    """Text stands before the results, or the results come one message later."""
    history = [*turn(chance, 0), user("Go on")]
    if chance.random() < 0.5:
        return [*history[:2], user("Are you there?"), *history[2:]]
    history[2]["content"].append({**text("not a result")})
    history[2]["content"] = [history[2]["content"][-1], *history[2]["content"][:-1]]
    history.insert(3, {"role": "assistant", "content": [call("toolu_late")]})
    history.insert(4, user("Wait"))
    history.insert(5, {"role": "user", "content": [result("toolu_late")]})
    return history


def assistant_after_assistant(chance: random.Random) -> History:
    """Only the message with the results was lost."""
    history = [*turn(chance, 0), *turn(chance, 1), user("Go on")]
    del history[2]
    return history


def damaged_image(chance: random.Random) -> History:
    """The base64 of an image was cut short."""
    broken = {**image(10, 10), "source": {**image(10, 10)["source"], "data": png(10, 10)[: 4 * chance.randint(1, 5) + 1]}}
    return [{"role": "user", "content": [text("Look"), broken]}]


def everything(chance: random.Random) -> History:
    """Several faults in one history, and thinking behind them."""
    parts = [BROKEN["tool_use_without_tool_result"](chance), BROKEN["image_dimensions_too_large"](chance)]
    chance.shuffle(parts)
    between = {"role": "assistant", "content": [thinking("whole"), text("Between")]}
    changed = {"role": "assistant", "content": [thinking("changed", "as it was"), text("After")]}
    return [*parts[0], between, *parts[1], changed]


STUCK = {
    **BROKEN,
    **{
        made.__name__: made
        for made in (
            ends_with_assistant,
            call_at_the_end,
            begins_with_results,
            late_results,
            assistant_after_assistant,
            damaged_image,
            everything,
        )
    },
}
NAMES = ("program.py", "program.ts")


def told(runner: Runner, hosts: Hosts, folder: str, name: str, value: str) -> Any:
    """Run the shown program with `value`, an expression of its language, at the end, and return what that is."""
    snippet = runner.project.programs[folder].files[name]
    in_python = f"import json\nprint('TOLD' + json.dumps({value}))\n"
    tail = in_python if name.endswith(".py") else f'console.log("TOLD" + JSON.stringify({value}));\n'
    source = blocks.framed(snippet, snippet.shown, runner.project.root) + tail
    outcome = hosts.run(name, source, f"{runner.base_url}/scenario/;id={folder}-{name}")
    assert outcome.well, outcome.output
    line = next(line for line in outcome.output.splitlines() if line.startswith("TOLD"))
    return json.loads(line.removeprefix("TOLD"))


def mended_often(runner: Runner, hosts: Hosts, name: str, histories: list[History]) -> list[list[History]]:
    """Return for each history what one, two and three calls of `repair` make of it."""
    given = json.dumps(json.dumps(histories))
    if name.endswith(".py"):
        value = f"[[repair(h), repair(repair(h)), repair(repair(repair(h)))] for h in json.loads({given})]"
    else:
        value = f"JSON.parse({given}).map((h: never) => [repair(h), repair(repair(h)), repair(repair(repair(h)))])"
    return [list(steps) for steps in told(runner, hosts, "_handling_repair", name, value)]


def words(history: History) -> list[str]:
    """Return every text of a history that is not empty, in order."""
    found = []
    for message in history:
        content = message["content"] if isinstance(message["content"], list) else [text(message["content"])]
        found += [block["text"] for block in content if block["type"] == "text" and block["text"].strip()]
    return found


@pytest.mark.parametrize("kind", sorted(STUCK))
def test_stuck_history_is_accepted_after_at_most_two_repairs(project: Project, runner: Runner, hosts: Hosts, kind: str) -> None:
    stuck = [STUCK[kind](random.Random(seed)) for seed in range(HISTORIES)]
    assert all(refusal(project, history) for history in stuck)

    mended, in_typescript = (mended_often(runner, hosts, name, stuck) for name in NAMES)

    assert mended == in_typescript, "the two languages differ"
    for before, steps in zip(stuck, mended, strict=True):
        accepted = next((step for step in steps[:2] if refusal(project, step) is None), None)
        assert accepted is not None, f"{kind}: {[refusal(project, step) for step in steps]}"
        assert steps[1] == steps[2], "a third repair must find nothing"
        said = iter(words(accepted))
        assert all(any(word == other for other in said) for word in words(before)), f"{kind}: a text is lost, or out of its order"


@pytest.mark.parametrize("name", NAMES)
def test_whole_history_stays_and_its_thinking_goes_only_at_the_end(runner: Runner, hosts: Hosts, name: str) -> None:
    plain = [*turn(random.Random(1), 0), user("Go on")]
    early = {"role": "assistant", "content": [thinking("early"), text("One")]}
    late = {"role": "assistant", "content": [thinking("late"), text("Two")]}
    thought = [user("Q"), early, user("R"), late, user("S")]

    kept, dropped = (steps[0] for steps in mended_often(runner, hosts, name, [plain, thought]))

    assert kept == plain
    assert dropped == [*thought[:3], {"role": "assistant", "content": [text("Two")]}, thought[4]]


@pytest.mark.parametrize("name", NAMES)
def test_thinking_behind_a_mended_message_goes_and_that_before_it_stays(runner: Runner, hosts: Hosts, name: str) -> None:
    early = {"role": "assistant", "content": [thinking("early"), text("One")]}
    late = {"role": "assistant", "content": [thinking("late"), text("Two")]}
    history = [user("Q"), early, {"role": "user", "content": [text("R"), text(" ")]}, late, user("S")]

    mended = mended_often(runner, hosts, name, [history])[0][0]

    assert mended[1] == early
    assert mended[2:4] == [{"role": "user", "content": [text("R")]}, {"role": "assistant", "content": [text("Two")]}]


LIMITS = {
    "MAX_BODY": "limits.request.messages_max_size",
    "MAX_BATCH": "limits.batch.max_size",
    "MAX_FILE": "limits.files.max_size",
    "MAX_ROWS": "limits.batch.max_requests",
    "MAX_SIDE": "limits.images.max_side",
    "MANY": "limits.images.many_images_above",
    "MAX_SIDE_OF_MANY": "limits.images.many_images_max_side",
    "MAX_IMAGES": "limits.images.max_per_request",
    "MAX_IMAGE": "limits.images.max_size",
}


@pytest.mark.parametrize("name", NAMES)
def test_checks_before_sending_know_the_limits_of_the_facts(project: Project, runner: Runner, hosts: Hosts, name: str) -> None:
    known = Knowledge(project)

    assert told(runner, hosts, "_handling_validate", name, f"[{', '.join(LIMITS)}]") == [known.number(fact) for fact in LIMITS.values()]
    sides = ["MAX_SIDE", "MANY", "MAX_SIDE_OF_MANY"]
    assert told(runner, hosts, "_handling_repair", name, f"[{', '.join(sides)}]") == [known.number(LIMITS[side]) for side in sides]


@pytest.mark.parametrize("name", NAMES)
def test_size_is_that_of_the_body_which_the_sdk_sends(runner: Runner, hosts: Hosts, name: str) -> None:
    body = {"messages": [user('서울의 날씨는 "맑음"\n🌤 café')], "max_tokens": 1}

    counted = told(runner, hosts, "_handling_validate", name, f"size({json.dumps(body, ensure_ascii=False)})")

    assert counted == len(openapi_dumps(body))


@pytest.mark.parametrize("name", NAMES)
def test_images_that_the_api_refuses_are_found_before_sending(runner: Runner, hosts: Hosts, name: str) -> None:
    stuck = [BROKEN["image_dimensions_too_large"](random.Random(seed)) for seed in range(HISTORIES)]
    whole = [{"role": "user", "content": [image(800, 600)]}]
    bodies = json.dumps(json.dumps([{"messages": history} for history in [*stuck, whole]]))
    if name.endswith(".py"):
        value = f"[wrong_in_request(body) for body in json.loads({bodies})]"
    else:
        value = f"JSON.parse({bodies}).map((body: never) => wrongInRequest(body))"

    found = told(runner, hosts, "_handling_validate", name, value)

    assert [len(problems) for problems in found] == [1] * HISTORIES + [0]
