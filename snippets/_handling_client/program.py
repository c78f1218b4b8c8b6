# region: show
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, TypeVar

import anthropic
import httpx2
from anthropic import Anthropic, types
from circuitbreaker import CircuitBreaker
from tenacity import Retrying, retry_if_exception
from tenacity.wait import wait_random_exponential

MODELS = ["claude-sonnet-5-5", "claude-haiku-5-5"]  # in this order
SECOND = float(os.environ.get("SECOND", "1"))  # shorter in tests
BUDGET = 30 * 60 * SECOND  # for one step of a job, with all retries
PASSING = ["rate_limit_error", "api_error", "timeout_error"]
BROKEN = anthropic.APIConnectionError, httpx2.TransportError, EOFError
GO_ON = """\n\nYour previous response was interrupted and ended with
[{}]. Continue from where you left off."""
T = TypeVar("T")


def kind(error: BaseException) -> str:
    """Judge an error; "final" ones are not retried."""
    if not isinstance(error, anthropic.APIStatusError):
        return "passing" if isinstance(error, BROKEN) else "final"
    # By type: the status of an error in a stream is 200.
    if error.type == "overloaded_error":
        return "overloaded"
    # A spend limit is a 429 too, but no waiting helps.
    if "spend_limit" in (error.error_code or ""):
        return "final"
    foreign = error.type is None and error.status_code >= 500
    return "passing" if foreign or error.type in PASSING else "final"


class Pace:
    """When the next request may go out, for all workers together."""

    def __init__(self) -> None:
        self.turn = threading.Lock()
        self.next = self.held = self.gap = 0.0

    def wait(self) -> None:
        with self.turn:  # one after the other
            while (left := self.free_at() - time.monotonic()) > 0:
                time.sleep(left)
            self.next = time.monotonic() + self.gap

    def free_at(self) -> float:
        return max(self.next, self.held)

    def learn(self, response: httpx2.Response) -> None:
        told, name = response.headers, "anthropic-ratelimit-requests-"
        if response.status_code == 429:
            wait = float(told.get("retry-after", SECOND))
            self.held = max(self.held, time.monotonic() + wait)
        if name + "reset" in told:  # when all requests are back
            reset = told[name + "reset"].replace("Z", "+00:00")
            full = datetime.fromisoformat(reset).timestamp()
            limit = int(told[name + "limit"])
            used = limit - int(told[name + "remaining"])
            # Past the half: only as fast as requests come back.
            gap = (full - time.time()) / max(used, 1)
            self.gap = gap if used > limit / 2 else 0.0


pace = Pace()
http = anthropic.DefaultHttpxClient(
    event_hooks={"response": [pace.learn]}
)
# `send` retries, because it knows of streams and other workers.
client = Anthropic(max_retries=0, http_client=http)
breakers = {
    model: CircuitBreaker(
        5, 30 * SECOND, lambda _, error: kind(error) == "overloaded"
    )
    for model in MODELS
}
results: dict[str, str] = {}  # of tools, by the id of the call


def send(call: Callable[[Anthropic, str], T]) -> T:
    """Try until it works, fails for good or the budget is spent."""
    end = time.monotonic() + BUDGET

    def once() -> T:
        pace.wait()
        closed = [m for m in MODELS if not breakers[m].opened]
        model = (closed or MODELS)[0]
        left = max(end - time.monotonic(), SECOND)
        with breakers[model]:
            return call(client.with_options(timeout=left), model)

    return Retrying(
        retry=retry_if_exception(lambda e: kind(e) != "final"),
        wait=wait_random_exponential(SECOND, 30 * SECOND),
        stop=lambda s: time.monotonic() + s.upcoming_sleep > end,
        reraise=True,
    )(once)


def body(model: str, *chat: Any) -> Any:
    return {"model": model, "max_tokens": 4096, "messages": [*chat]}


def user(content: Any) -> Any:
    return {"role": "user", "content": content}


def text_of(message: types.Message) -> str:
    return "".join(b.text for b in message.content if b.type == "text")


def write(prompt: str) -> str:
    """Stream a text; what came before a break is kept."""
    parts: list[str] = []

    def call(api: Anthropic, model: str) -> None:
        text = prompt + (GO_ON.format("".join(parts)) if parts else "")
        with api.messages.stream(**body(model, user(text))) as stream:
            for piece in stream.text_stream:
                parts.append(piece)
            if stream.get_final_message().stop_reason is None:
                raise EOFError("The stream ended too early.")

    send(call)
    return "".join(parts)


def ask(prompt: str, tools: Any, run: Callable[[str, Any], str]) -> str:
    """Return the text; each tool call is run at most once."""
    chat = [user(prompt)]

    def call(api: Anthropic, model: str) -> types.Message:
        asked = {**body(model, *chat), "tools": tools}
        made: types.Message = api.messages.create(**asked)
        return made

    while (message := send(call)).stop_reason == "tool_use":
        uses = [b for b in message.content if b.type == "tool_use"]
        for use in uses:
            if use.id not in results:
                results[use.id] = run(use.name, use.input)
        told = [
            {"type": "tool_result", "tool_use_id": use.id}
            | {"content": results[use.id]}
            for use in uses
        ]
        chat.append({"role": "assistant", "content": message.content})
        chat.append(user(told))
    return text_of(message)


def batch(prompts: dict[str, str]) -> dict[str, str]:
    """Return the texts; only rows that failed are submitted again."""
    made = send(
        lambda api, model: api.messages.batches.create(
            requests=[
                {"custom_id": name, "params": body(model, user(prompt))}
                for name, prompt in prompts.items()
            ]
        )
    )
    at = made.id
    while made.processing_status != "ended":
        time.sleep(60 * SECOND)
        made = send(lambda api, _: api.messages.batches.retrieve(at))
    texts = {}
    for row in send(lambda api, _: [*api.messages.batches.results(at)]):
        if row.result.type == "succeeded":
            texts[row.custom_id] = text_of(row.result.message)
        elif row.result.type == "errored":
            error = row.result.error.error
            if error.type == "invalid_request_error":  # fails again
                raise ValueError(error.message)
    left = {
        name: prompts[name] for name in prompts if name not in texts
    }
    return texts | (batch(left) if left else {})


questions = [f"Name {number} primes." for number in range(1, 9)]
with ThreadPoolExecutor(8) as pool:
    for text in pool.map(write, questions):
        print(text)
# endregion
