# region: show
import base64
import json
import re
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import imagesize
from anthropic import Anthropic
from anthropic.types.messages.batch_create_params import Request

# It is not documented whether 1 MB is 10**6 or 2**20 bytes.
MB = 10**6
MAX_BODY, MAX_BATCH, MAX_FILE = 32 * MB, 256 * MB, 500 * MB
MAX_ROWS = 100_000
MAX_SIDE, MANY, MAX_SIDE_OF_MANY = 8000, 20, 2000
MAX_IMAGES, MAX_IMAGE = 600, 10 * MB
NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")
FORBIDDEN = re.compile(r'[<>:"|?*\\/\x00-\x1f]')


def size(body: Any) -> int:
    """Bytes, not characters, in the form that the SDK sends."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return len(text.encode())


def images(part: Any) -> list[Any]:
    if isinstance(part, list):
        return [image for item in part for image in images(item)]
    if not isinstance(part, dict):
        return []
    if part.get("type") == "image":
        return [part["source"]]
    return images(part.get("content")) + images(part.get("source"))


def longest_side(data: str) -> int:
    try:
        raw = base64.b64decode(data, validate=True)
        return int(max(imagesize.get(BytesIO(raw))))
    except ValueError:
        return 0


def wrong_in_images(sources: list[Any]) -> list[str]:
    limit = MAX_SIDE_OF_MANY if len(sources) > MANY else MAX_SIDE
    found = []
    if len(sources) > MAX_IMAGES:
        found.append(f"{len(sources)} images, at most {MAX_IMAGES}")
    for i, source in enumerate(sources):
        if source["type"] != "base64":
            continue
        if len(source["data"]) > MAX_IMAGE:
            found.append(f"image {i}: over {MAX_IMAGE} bytes of base64")
        side = longest_side(source["data"])
        if side < 1:
            found.append(f"image {i}: cannot be read")
        if side > limit:
            found.append(f"image {i}: {side} pixels, at most {limit}")
    return found


def wrong_in_request(params: Any) -> list[str]:
    """What the API would refuse about a call of messages.create."""
    found = wrong_in_images(images(params["messages"]))
    if (length := size(params)) > MAX_BODY:
        found.append(f"body: {length} bytes, at most {MAX_BODY}")
    if params["messages"][-1]["role"] != "user":
        found.append("messages: the last one is not the user's")
    for i, message in enumerate(params["messages"]):
        content = message["content"]
        if isinstance(content, str):
            content = [{"type": "text", "text": content}]
        for block in content:
            if block["type"] == "text" and not block["text"].strip():
                found.append(f"messages.{i}: an empty text")
    names = Counter(tool["name"] for tool in params.get("tools", []))
    for name, times in names.items():
        if not NAME.fullmatch(name):
            found.append(f"tools: {name!r} does not fit {NAME.pattern}")
        if times > 1:
            found.append(f"tools: {name!r} stands {times} times")
    return found


def wrong_in_batch(requests: list[Any]) -> list[str]:
    found = []
    if not 1 <= len(requests) <= MAX_ROWS:
        found.append(f"{len(requests)} requests, from 1 to {MAX_ROWS}")
    if (total := size({"requests": requests})) > MAX_BATCH:
        found.append(f"batch: {total} bytes, at most {MAX_BATCH}")
    names = Counter(request["custom_id"] for request in requests)
    for name, times in names.items():
        if not NAME.fullmatch(name):
            found.append(f"custom_id {name!r} is not {NAME.pattern}")
        if times > 1:
            found.append(f"custom_id {name!r} stands {times} times")
    for request in requests:
        params = request["params"]
        here = wrong_in_request(params)
        if params.get("stream") or "speed" in params:
            here.append("stream and speed are not for batches")
        if params["max_tokens"] < 1:
            here.append("max_tokens must be 1 or more in a batch")
        found += [f"{request['custom_id']}: {each}" for each in here]
    return found


def wrong_in_file(path: Path) -> list[str]:
    found = []
    if path.stat().st_size > MAX_FILE:
        found.append(f"{path.name}: over {MAX_FILE} bytes")
    if len(path.name) > 255 or FORBIDDEN.search(path.name):
        found.append(f"{path.name}: the API refuses this name")
    return found


# Eleven million syllables are 33 million bytes.
print(
    wrong_in_request(
        {"messages": [{"role": "user", "content": "가" * 11_000_000}]}
    )
)
scan = Path("scan: page 1.pdf")
scan.write_bytes(b"%PDF-1.7")
print(wrong_in_file(scan))
requests: list[Request] = [
    {
        "custom_id": name,
        "params": {
            "model": "claude-sonnet-5-5",
            "max_tokens": 4096,
            "messages": [{"role": "user", "content": "Hello"}],
        },
    }
    for name in ("order 1", "order-2", "order-2")
]
print(wrong_in_batch(requests))
for number, request in enumerate(requests):
    request["custom_id"] = f"order-{number}"
if not wrong_in_batch(requests):
    Anthropic().messages.batches.create(requests=requests)
# endregion
