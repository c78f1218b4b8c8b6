"""Nothing that a client does kills the mock, fills its memory or mixes up what belongs to different clients."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import socket
import struct
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest
from anthropic import AsyncAnthropic, DefaultAsyncHttpxClient

from tests.mock.own_process import peak_megabytes, started
from tests.mock.service import KEY, Service, body, fresh, says

MEGABYTE = 10**6


@pytest.fixture(autouse=True)
def unhandled(service: Service) -> Iterator[list[logging.LogRecord]]:
    """Fail the test when the server had to catch an exception; afterwards the mock must still answer."""
    found: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = found.append  # type: ignore[method-assign, assignment]
    logger = logging.getLogger("uvicorn.error")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.ERROR)
    yield found
    logger.setLevel(level)
    logger.removeHandler(handler)
    assert [record.getMessage() + str(record.exc_info) for record in found] == []
    assert service.send("POST", "/v1/messages", body(), scenario=fresh()).status_code == 200


def error_of(answer: httpx2.Response) -> tuple[int, str, str]:
    told = answer.json()
    assert told["type"] == "error"
    return answer.status_code, told["error"]["type"], told["error"]["message"]


NO_JSON: dict[str, bytes] = {
    "nothing": b"",
    "space": b" ",
    "half an object": b'{"model": "claude',
    "two values": b"{} {}",
    "single quotes": b"{'model': 'claude'}",
    "a form": b"model=claude&max_tokens=5",
    "no UTF-8": b'{"model": "\xff"}',
    "UTF-16": '{"model": "claude"}'.encode("utf-16"),
    "zero bytes": bytes(100),
    "not a number": b'{"max_tokens": NaN}',
    "infinity": b'{"max_tokens": -Infinity}',
    "a number of 5,000 digits": b'{"max_tokens": ' + b"9" * 5000 + b"}",
    "brackets 100,000 deep": b"[" * 100_000,
    "objects 100,000 deep": b'{"messages":' * 100_000 + b"[]" + b"}" * 100_000,
    "half of a pair in a text": json.dumps(says({"type": "text", "text": "\ud83d"})).encode(),
    "half of a pair in a name": json.dumps(body(model="\udc00")).encode(),
    "half of a pair in a key": json.dumps(body(**{"\ud800": 1})).encode(),
}


@pytest.mark.parametrize("path", ["/v1/messages", "/v1/messages/count_tokens", "/v1/messages/batches"])
@pytest.mark.parametrize("content", NO_JSON.values(), ids=NO_JSON)
def test_what_is_no_json_is_said_to_be_none(service: Service, path: str, content: bytes):
    status, type_, message = error_of(service.send("POST", path, content=content))

    assert (status, type_) == (400, "invalid_request_error")
    assert message.startswith("The request body is not valid JSON")


@pytest.mark.parametrize("value", [[], "text", 5, None, True, [body()]])
@pytest.mark.parametrize("path", ["/v1/messages", "/v1/messages/count_tokens", "/v1/messages/batches"])
def test_json_that_is_no_object_is_refused(service: Service, path: str, value: Any):
    assert error_of(service.send("POST", path, content=json.dumps(value).encode()))[:2] == (400, "invalid_request_error")


def test_a_pair_of_surrogates_is_a_character(service: Service):
    request = json.dumps(says({"type": "text", "text": "🎉 서울"})).encode()

    assert b"\\ud83c" in request
    assert service.send("POST", "/v1/messages", content=request).status_code == 200


@pytest.mark.parametrize("depth", [10, 100, 500, 900, 2000, 50_000])
def test_deep_values_are_read_or_refused(service: Service, depth: int):
    tool = {"type": "tool_use", "id": "toolu_1", "name": "a", "input": "deep"}
    history = [
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": [tool]},
        {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_1"}]},
    ]
    for end in ("1", '"\\ud83c\\udf89"'):
        content = json.dumps(body(messages=history)).replace('"deep"', '{"a":' * depth + end + "}" * depth)
        answer = service.send("POST", "/v1/messages", content=content.encode())

        assert answer.status_code in ((200,) if depth <= 100 else (200, 400)), "how deep is too deep depends on the version of Python"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/v1"),
        ("GET", "/v2/messages"),
        ("POST", "/v1/complete"),
        ("GET", "/favicon.ico"),
        ("GET", "/v1/messages"),
        ("PUT", "/v1/messages"),
        ("DELETE", "/v1/messages"),
        ("OPTIONS", "/v1/messages"),
        ("GET", "/v1/messages/count_tokens"),
        ("POST", "/v1/models"),
        ("PUT", "/v1/files"),
        ("DELETE", "/v1/files"),
        ("POST", "/v1/files/file_1/content"),
        ("PATCH", "/v1/files/file_1"),
        ("GET", "/v1/files/file_1/content/more"),
        ("GET", "/v1/filesystem"),
        ("PUT", "/v1/messages/batches"),
        ("PATCH", "/v1/messages/batches/msgbatch_1"),
        ("POST", "/v1/messages/batches/msgbatch_1/results"),
        ("GET", "/v1/messages/batches/msgbatch_1/cancel"),
        ("GET", "/v1/messages/batches/msgbatch_1/results/more"),
        ("GET", "/v1/messages/batcheses"),
        ("GET", "/%00"),
        ("GET", "/v1/files/..%2f..%2fetc%2fpasswd"),
        ("GET", "/" + "a" * 20_000),
    ],
)
def test_an_unknown_address_or_method_is_not_found(service: Service, method: str, path: str):
    assert error_of(service.send(method, path)) == (404, "not_found_error", "The requested resource could not be found.")


def test_a_batch_is_not_cancelled_by_looking_at_it(service: Service):
    scenario = fresh()
    with service.client(scenario) as client:
        batch = client.messages.batches.create(requests=[{"custom_id": "a", "params": body()}])  # type: ignore[typeddict-item]
        service.send("GET", f"/v1/messages/batches/{batch.id}/cancel", scenario=scenario)

        assert client.messages.batches.retrieve(batch.id).request_counts.canceled == 0


def part(disposition: str, content: bytes = b"abc", boundary: str = "x") -> bytes:
    return f"--{boundary}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n".encode() + content + b"\r\n"


END = b"--x--\r\n"
FORM = "multipart/form-data; boundary=x"
NO_UPLOAD: dict[str, tuple[str | None, bytes]] = {
    "JSON": ("application/json", b"{}"),
    "nothing": (None, b""),
    "no boundary": ("multipart/form-data", part('name="file"; filename="a.txt"') + END),
    "empty boundary": ("multipart/form-data; boundary=", part('name="file"; filename="a.txt"') + END),
    "no form": (FORM, b"garbage"),
    "empty form": (FORM, b""),
    "other boundary": (FORM, part('name="file"; filename="a.txt"', boundary="y") + b"--y--\r\n"),
    "cut off": (FORM, part('name="file"; filename="a.txt"')[:-8]),
    "no disposition": (FORM, b"--x\r\n\r\nabc\r\n" + END),
    "no name": (FORM, part('filename="a.txt"') + END),
    "a field and no file": (FORM, part('name="file"') + END),
    "two files": (FORM, part('name="file"; filename="a.txt"') + part('name="file2"; filename="b.txt"') + END),
    "a field of 2 MB": (FORM, part('name="file"', b"a" * 2 * MEGABYTE) + END),
    "twenty fields": (FORM, b"".join(part(f'name="f{number}"') for number in range(20)) + END),
    "a forbidden name": (FORM, part('name="file"; filename="a|b.txt"') + END),
    "a name too long": (FORM, part(f'name="file"; filename="{"a" * 256}"') + END),
    "a header without end": (FORM, b"--x\r\n" + b"a" * 100_000),
    "a form as text": ("application/x-www-form-urlencoded", b"file=abc"),
}


@pytest.mark.parametrize(("kind", "content"), NO_UPLOAD.values(), ids=NO_UPLOAD)
def test_what_is_no_upload_is_refused_and_leaves_nothing(service: Service, kind: str | None, content: bytes):
    scenario = fresh()
    headers = {} if kind is None else {"content-type": kind}

    assert error_of(service.send("POST", "/v1/files", content=content, headers=headers, scenario=scenario))[:2] == (
        400,
        "invalid_request_error",
    )
    assert service.world(scenario).files == {}


def test_the_path_in_a_file_name_is_dropped(service: Service):
    answer = service.send(
        "POST",
        "/v1/files",
        content=part('name="file"; filename="../../etc/passwd"') + END,
        headers={"content-type": FORM},
        scenario=fresh(),
    )

    assert (answer.status_code, answer.json()["filename"]) == (200, "passwd")


@contextlib.contextmanager
def connection(service: Service) -> Iterator[socket.socket]:
    """Yield a bare connection; it ends as if the client's machine had died."""
    url = httpx2.URL(service.address)
    with socket.create_connection((url.host, url.port or 80), timeout=20) as bare:
        yield bare
        bare.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def head(path: str, **headers: str) -> bytes:
    lines = [
        f"POST {path} HTTP/1.1",
        "host: mock",
        f"x-api-key: {KEY}",
        *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def eventually(check: Callable[[], bool]) -> bool:
    """Wait a little for what the mock does when it notices that a client is gone."""
    end = time.monotonic() + 10
    while not check() and time.monotonic() < end:
        time.sleep(0.01)
    return check()


@pytest.mark.parametrize("weather", ["", "stream_interrupted", "overloaded_in_stream"])
def test_a_client_may_go_away_in_the_middle_of_a_stream(service: Service, weather: str):
    scenario = fresh(weather)
    content = json.dumps(body(stream=True)).encode()
    for _ in range(30):
        with connection(service) as bare:
            bare.sendall(head(f"/scenario/{scenario}/v1/messages", content_length=str(len(content))) + content)
            bare.recv(20)

    assert eventually(lambda: len(service.log(scenario)) == 30)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"POST /v1/mess",
        head("/v1/messages", content_length="1000"),
        head("/v1/messages", content_length="1000") + b'{"model"',
        head("/v1/messages", transfer_encoding="chunked") + b"ff\r\n{",
        head("/v1/files", content_type=FORM, content_length="100000") + part('name="file"; filename="a.txt"')[:-8],
        head("/v1/messages/batches", content_length="1000") + b'{"requests": [',
        head("/scenario/overloaded_error;id=gone/v1/messages", content_length="1000") + b"{",
        head("/scenario/connection_error;id=gone/v1/messages", content_length="1000") + b"{",
        head("/v1/messages", content_length="999999999") + b"{",
        head("/v1/messages", content_length="1000", x_api_key="wrong") + b"{",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
        b"GET / HTTP/9.9\r\n\r\n",
        b"\r\n" * 1000,
    ],
)
def test_a_client_may_go_away_in_the_middle_of_a_request(service: Service, sent: bytes):
    for _ in range(5):
        with connection(service) as bare:
            bare.sendall(sent)
            time.sleep(0.01)


def test_a_client_that_goes_away_is_logged_as_gone(service: Service):
    scenario = fresh()
    with connection(service) as bare:
        bare.sendall(head(f"/scenario/{scenario}/v1/messages", content_length="1000") + b"{")
        assert eventually(lambda: scenario in service.api.worlds._worlds)

    assert eventually(lambda: [logged.status for logged in service.log(scenario)] == [499])


def test_a_world_is_forgotten_when_what_was_under_way_is_logged(service: Service):
    scenario = fresh()
    with connection(service) as bare:
        bare.sendall(head(f"/scenario/{scenario}/v1/messages", content_length="1000") + b"{")
        assert eventually(lambda: scenario in service.api.worlds._worlds)

    world = service.api.worlds.pop(scenario)

    assert world is not None
    assert [logged.status for logged in world.log] == [499]


def chunks(megabytes: int) -> Iterator[bytes]:
    block = b" " * MEGABYTE
    for _ in range(megabytes):
        yield block


@pytest.mark.parametrize("path", ["/v1/messages", "/v1/messages/count_tokens", "/v1/nothing"])
def test_an_upload_of_unknown_length_is_refused_over_the_limit(service: Service, path: str):
    answer = service.send("POST", path, content=chunks(45), scenario=fresh())

    assert answer.status_code == (404 if path == "/v1/nothing" else 413)


def test_an_endless_upload_is_refused_while_it_is_sent(service: Service):
    scenario = fresh()
    with connection(service) as bare:
        bare.sendall(head(f"/scenario/{scenario}/v1/messages", transfer_encoding="chunked"))
        for _ in range(12):  # 60 MB, in pieces of 5 MB, and no end
            bare.sendall(b"%x\r\n" % (5 * MEGABYTE) + b" " * (5 * MEGABYTE) + b"\r\n")
        assert bare.recv(100).startswith(b"HTTP/1.1 413 ")

    assert [logged.status for logged in service.log(scenario)] == [413]


def test_an_endless_file_is_forgotten_when_its_client_goes_away(service: Service):
    scenario = fresh()
    with connection(service) as bare:
        bare.sendall(head(f"/scenario/{scenario}/v1/files", transfer_encoding="chunked", content_type=FORM))
        start = part('name="file"; filename="a.txt"', b"")[:-2]
        bare.sendall(b"%x\r\n" % len(start) + start + b"\r\n")
        for _ in range(8):  # 40 MB
            bare.sendall(b"%x\r\n" % (5 * MEGABYTE) + bytes(5 * MEGABYTE) + b"\r\n")

    assert eventually(lambda: [logged.status for logged in service.log(scenario)] == [499])
    assert service.world(scenario).files == {}
    assert service.world(scenario)._folder is None


CLIENTS = 100


def test_a_hundred_clients_at_once_see_only_their_own(service: Service):
    async def sunny(number: int, client: AsyncAnthropic) -> None:
        batch = await client.messages.batches.create(requests=[{"custom_id": f"row-{number}", "params": body()}])  # type: ignore[typeddict-item]
        await client.messages.batches.retrieve(batch.id)
        results = await client.messages.batches.results(batch.id)
        assert [row.custom_id async for row in results] == [f"row-{number}"]
        assert [found.id for found in (await client.messages.batches.list()).data] == [batch.id]

    async def overloaded(number: int, client: AsyncAnthropic) -> None:
        retrying = client.with_options(max_retries=4)
        assert (await retrying.messages.create(**body())).content

    async def limited(number: int, client: AsyncAnthropic) -> None:
        raw = client.messages.with_raw_response
        with pytest.raises(Exception) as raised:  # noqa: PT011 - looked at below
            await raw.create(**body())
        assert raised.value.response.headers["retry-after"] == str(number)  # type: ignore[attr-defined]

    async def uploading(number: int, client: AsyncAnthropic) -> None:
        file = await client.files.upload(file=(f"{number}.txt", b"a" * number * 1000, "text/plain"))
        await asyncio.sleep(0)
        assert [(found.id, found.filename, found.size_bytes) async for found in client.files.list()] == [
            (file.id, f"{number}.txt", number * 1000)
        ]

    async def streaming(number: int, client: AsyncAnthropic) -> None:
        with pytest.raises(httpx2.TransportError):
            async with client.messages.stream(**body()) as stream:
                await stream.get_final_message()
        async with client.messages.stream(**body()) as stream:
            assert (await stream.get_final_message()).stop_reason == "end_turn"

    kinds = [
        (sunny, ""),
        (overloaded, "overloaded_error;times={times};retry_after=0.01"),
        (limited, "rate_limit_error;retry_after={number}"),
        (uploading, ""),
        (streaming, "stream_interrupted;times=1"),
    ]
    scenarios = [fresh(kinds[number % 5][1].format(times=number % 4, number=number)) for number in range(CLIENTS)]

    async def all_at_once() -> None:
        limits = httpx2.Limits(max_connections=None)
        async with DefaultAsyncHttpxClient(verify=False, trust_env=False, limits=limits, timeout=60) as http:

            async def one(number: int) -> None:
                client = AsyncAnthropic(
                    api_key=KEY,
                    base_url=service.url(scenarios[number]),
                    http_client=http,
                    max_retries=0,
                    _strict_response_validation=True,
                )
                await kinds[number % 5][0](number, client)

            await asyncio.gather(*map(one, range(CLIENTS)))

    with ThreadPoolExecutor(1) as own_thread:  # a browser test of the same worker keeps a loop running in this one
        own_thread.submit(lambda: asyncio.run(all_at_once())).result()
    statuses = [[logged.status for logged in service.log(scenario)] for scenario in scenarios]

    assert statuses == [[[200] * 5, [529] * (number % 4) + [200], [429], [200] * 2, [200] * 2][number % 5] for number in range(CLIENTS)]


def test_memory_stays_flat_while_500_megabytes_are_sent(root: Path, tmp_path: Path):
    size = 499 * MEGABYTE
    start, end = part('name="file"; filename="big.bin"', b"")[:-2], b"\r\n" + END

    def content() -> Iterator[bytes]:
        yield start
        block = bytes(MEGABYTE)
        for _ in range(size // MEGABYTE):
            yield block
        yield end

    with started(root, tmp_path) as (address, pid), httpx2.Client(base_url=address, headers={"x-api-key": KEY}, timeout=120) as http:
        headers = {"content-type": FORM}
        assert http.post("/v1/messages", json=body()).status_code == 200
        assert http.post("/v1/files", content=part('name="file"; filename="a"') + END, headers=headers).status_code == 200
        before = peak_megabytes(pid)
        declared = {**headers, "content-length": str(len(start) + size + len(end))}
        uploaded = http.post("/v1/files", content=content(), headers=declared)
        after_upload = peak_megabytes(pid)
        refused = http.post("/v1/messages", content=chunks(200))
        after_refusal = peak_megabytes(pid)
        stored = [path for path in tmp_path.rglob("file_*") if path.stat().st_size == size]
        assert http.delete(f"/v1/files/{uploaded.json()['id']}").status_code == 200

    assert uploaded.json()["size_bytes"] == size
    assert len(stored) == 1
    assert refused.status_code == 413
    assert after_upload - before < 80
    assert after_refusal - before < 80
    assert list(tmp_path.rglob("*")) == []
