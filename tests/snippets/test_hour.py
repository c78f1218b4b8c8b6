"""An hour of bad weather: the client that the hub teaches brings every job to its end, once, and a naive one does not.

The client is the shown part of `snippets/_handling_client/`, as a reader copies it;
`hour/driver.*` imports it, which asks its own questions too, and gives it the jobs.
Both sides run SCALE times faster than life: the mock divides the waits that it
announces and makes, and the client's own waits (backoff, breaker, polling, budget)
are multiples of its SECOND, which the driver sets to 1/SCALE. The rate limit of the
weather spreads the requests over about an hour.
"""

from __future__ import annotations

import json
import random
import secrets
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.content import snippets
from mock_api import texts
from mock_api.world import Logged
from snippet_runner.hosts import Hosts
from snippet_runner.run import Runner

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SCALE = 60
WEATHER = f"mixed_weather;seed=7;scale={SCALE};requests=8;per=60"
WORKERS = 8
#: Jobs by kind, as ranges of their numbers.
JOBS = {"stream": range(1, 181), "plain": range(181, 231), "tool": range(231, 281), "batch": range(281, 321)}
ALL = [number for numbers in JOBS.values() for number in numbers]


@dataclass(frozen=True)
class Hour:
    """What the client said and what the mock saw."""

    texts: dict[str, list[str]]
    failures: dict[str, str]
    booked: list[int]
    log: tuple[Logged, ...]
    seconds: float

    def wrong(self) -> dict[str, object]:
        """Return what went wrong, by the promise that was broken; empty when the client kept all of them."""
        prompts = [f"job {number}" for number in ALL]
        expected_texts = {prompt: whole(prompt) for prompt in prompts}
        answered = answered_whole(self.log)
        expected = Counter({number: 2 if number in JOBS["tool"] else 1 for number in ALL})
        broken = {
            "a job without exactly one result": [prompt for prompt in prompts if len(self.texts.get(prompt, [])) != 1],
            "a result of no job": sorted(self.texts.keys() - expected_texts.keys()),
            "a text that is not whole or is doubled": [job for job, found in self.texts.items() if {expected_texts.get(job)} != set(found)],
            "a tool that did not run exactly once": [job for job in JOBS["tool"] if self.booked.count(job) != 1],
            "a job that was answered completely too often": sorted(answered - expected),
            "a job that was never answered completely": sorted(expected - answered),
            "a job that was given up": self.failures,
        }
        return {promise: what for promise, what in broken.items() if what}


def whole(prompt: str) -> str:
    """Return all that the mock says to a prompt."""
    return texts.answer({"messages": [{"role": "user", "content": prompt}]})


def answered_whole(log: tuple[Logged, ...]) -> Counter[int]:
    """Return how often each job was answered to the end: in messages, and in rows of batches."""
    found: Counter[int] = Counter()
    for logged in log:
        if logged.status == 200 and logged.complete and logged.slug is None:
            found.update(job for job, end in logged.rows if end == "succeeded" and job is not None)
            if logged.path == "/v1/messages" and logged.job is not None:
                found[logged.job] += 1
    return found


def struck(log: tuple[Logged, ...]) -> Counter[str]:
    """Return the failures that the weather made, by kind."""
    found = Counter(str(logged.slug) for logged in log if logged.injected)
    found.update(f"row {end}" for logged in log for _, end in logged.rows if end != "succeeded")
    return found


def shown(name: str) -> str:
    return snippets.load(ROOT, "_handling_client").files[name].shown


def of_all_kinds() -> list[dict[str, object]]:
    """Return the jobs of an hour: a batch first, because it takes long, then the others mixed."""
    jobs: list[dict[str, object]] = [{"number": number, "kind": kind} for kind in ("stream", "plain", "tool") for number in JOBS[kind]]
    random.Random(7).shuffle(jobs)
    return [{"number": 0, "kind": "batch", "prompts": [f"job {number}" for number in JOBS["batch"]]}, *jobs]


def run(
    runner: Runner, hosts: Hosts, client: str, suffix: str, weather: str = WEATHER, jobs: list[dict[str, object]] | None = None
) -> Hour:
    """Give jobs, by default those of an hour, to the text of a client."""
    scenario = f"{weather};id={secrets.token_hex(6)}"
    driver = (HERE / "hour" / f"driver.{suffix}").read_text(encoding="utf-8")
    plan = {"scale": SCALE, "workers": WORKERS, "jobs": jobs or of_all_kinds()}
    beside = {f"client.{suffix}": client.encode(), "jobs.json": json.dumps(plan).encode()}
    outcome = hosts.run(f"driver.{suffix}", driver, f"{runner.base_url}/scenario/{scenario}", seconds=240, beside=beside)
    world = runner.mock.worlds.pop(scenario)
    assert outcome.raised is None, outcome.output
    assert outcome.stopped is None, outcome.stopped
    assert world is not None, outcome.output
    said = json.loads(outcome.output.strip().splitlines()[-1])
    return Hour(said["texts"], said["failures"], said["booked"], tuple(world.log), outcome.seconds)


pytestmark = pytest.mark.timeout(300)

LANGUAGES = ["py", "ts"]
CLIENTS = {
    **{("shown", suffix): shown(f"program.{suffix}") for suffix in LANGUAGES},
    **{("naive", suffix): (HERE / "hour" / f"naive.{suffix}").read_text(encoding="utf-8") for suffix in LANGUAGES},
}


@pytest.fixture(scope="module")
def hours(runner: Runner, hosts: Hosts) -> dict[tuple[str, str], Hour]:
    """An hour of bad weather for each client, all at the same time: most of an hour is waiting."""
    with ThreadPoolExecutor(len(CLIENTS)) as pool:
        running = {key: pool.submit(run, runner, hosts, client, key[1]) for key, client in CLIENTS.items()}
        return {key: hour.result() for key, hour in running.items()}


@pytest.mark.parametrize("suffix", LANGUAGES)
def test_in_an_hour_of_bad_weather_every_job_ends_once_and_whole(hours: dict[tuple[str, str], Hour], suffix: str):
    hour = hours["shown", suffix]
    met = struck(hour.log)

    assert hour.wrong() == {}
    # It was an hour, the weather was bad, and the client did not answer it with a flood of requests.
    assert hour.seconds * SCALE > 40 * 60
    assert met.total() >= 50
    assert len(met) >= 6
    assert len(hour.log) < 2 * len(ALL)


@pytest.mark.parametrize("suffix", LANGUAGES)
def test_while_the_first_model_is_overloaded_the_second_answers(runner: Runner, hosts: Hosts, suffix: str):
    jobs: list[dict[str, object]] = [{"number": number, "kind": "stream"} for number in range(1, 41)]
    weather = "overloaded_error;model=claude-sonnet-5-5"
    found = run(runner, hosts, shown(f"program.{suffix}"), suffix, weather, jobs)

    assert found.failures == {}
    assert {prompt: [whole(prompt)] for prompt in found.texts} == found.texts
    assert len(found.texts) == len(jobs)
    assert 5 <= sum(logged.injected for logged in found.log) < len(jobs)  # the breaker keeps most requests away


@pytest.mark.parametrize("suffix", LANGUAGES)
def test_what_never_passes_is_not_tried_again(runner: Runner, hosts: Hosts, suffix: str):
    jobs: list[dict[str, object]] = [{"number": 1, "kind": "plain"}]
    weather = "enforced_spend_limit_reached"
    client = shown(f"program.{suffix}").rsplit("questions = ", 1)[0].removesuffix("const ")
    found = run(runner, hosts, client, suffix, weather, jobs)

    assert found.failures.keys() == {"job 1"}
    assert [(logged.status, logged.slug) for logged in found.log] == [(429, "enforced_spend_limit_reached")]


@pytest.mark.parametrize("suffix", LANGUAGES)
def test_a_naive_loop_breaks_the_promises(hours: dict[tuple[str, str], Hour], suffix: str):
    found = hours["naive", suffix]

    assert found.wrong().keys() >= {
        "a job without exactly one result",
        "a text that is not whole or is doubled",
        "a tool that did not run exactly once",
        "a job that was answered completely too often",
    }
    assert len(found.log) > 2 * len(ALL)
