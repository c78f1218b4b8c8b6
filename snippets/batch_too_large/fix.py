# region: show
import json
from collections.abc import Iterator

from anthropic import Anthropic
from anthropic.types.messages.batch_create_params import Request

MAX_BATCH_BYTES = 256_000_000
MAX_BATCH_REQUESTS = 100_000

client = Anthropic()

# 300 long reports: about 257 MB, since a syllable is 3 bytes.
reports = ["서울 지점의 매출이 늘었습니다. " * 19_500] * 300
requests: list[Request] = [
    {
        "custom_id": f"report-{number}",
        "params": {
            "model": "claude-sonnet-5-5",
            "max_tokens": 4096,
            "system": "Summarize the report.",
            "messages": [{"role": "user", "content": report}],
        },
    }
    for number, report in enumerate(reports)
]


def json_bytes(value: object) -> int:
    # As the SDK sends it: UTF-8, no \u escapes, no spaces.
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return len(text.encode())


def split(requests: list[Request]) -> Iterator[list[Request]]:
    part: list[Request] = []
    empty = size = json_bytes({"requests": []})
    for request in requests:
        added = json_bytes(request) + len(",")
        full = len(part) == MAX_BATCH_REQUESTS
        if part and (full or size + added > MAX_BATCH_BYTES):
            yield part
            part, size = [], empty
        part.append(request)
        size += added
    if part:
        yield part


for part in split(requests):
    batch = client.messages.batches.create(requests=part)
    print(batch.id)
# endregion
