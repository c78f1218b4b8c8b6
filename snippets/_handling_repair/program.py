# region: show
import base64
from io import BytesIO
from typing import Any, cast

import imagesize
from anthropic import Anthropic, BadRequestError
from anthropic.types import Message, MessageParam

client = Anthropic()
# Above MANY images in one request, the stricter limit applies.
MAX_SIDE, MANY, MAX_SIDE_OF_MANY = 8000, 20, 2000
MAX_BASE64 = 10 * 1024 * 1024
GONE = "[An image was here. It was too large or damaged.]"
LOST = "The call was interrupted; there is no result."


def repair(messages: list[MessageParam]) -> list[MessageParam]:
    """Mend what is broken; if nothing is, drop the latest thinking."""
    count = images([blocks(message) for message in messages])
    limit = MAX_SIDE_OF_MANY if count > MANY else MAX_SIDE
    fixed: list[MessageParam] = []
    calls: list[str] = []
    changed = False
    for turn in turns(messages):
        old = [block for message in turn for block in blocks(message)]
        new = [clean(block, limit) for block in old if not empty(block)]
        role = turn[0]["role"]
        if role == "user":
            new = answered(calls, new)
        elif calls:  # The message with the results is missing.
            fixed.append(
                {"role": "user", "content": answered(calls, [])}
            )
            changed = True
        if changed and role == "assistant":
            # Thinking is bound to all that stood before it.
            new = [block for block in new if not thinks(block)]
        if new == old:
            fixed += turn
        else:
            changed = True
            if new:
                message = {"role": role, "content": new}
                fixed.append(cast(MessageParam, message))
        calls = [b["id"] for b in new if b["type"] == "tool_use"]
    if calls:
        fixed.append({"role": "user", "content": answered(calls, [])})
    elif fixed and fixed[-1]["role"] == "assistant":
        last = blocks(fixed[-1])
        # After pause_turn the history ends with the assistant.
        if not any(
            block["type"] == "server_tool_use" for block in last
        ):
            fixed.append({"role": "user", "content": "Go on."})
    if len(fixed) != len(messages) or changed:
        return fixed
    return without_latest_thinking(fixed)


def blocks(message: MessageParam) -> list[Any]:
    content = message["content"]
    if isinstance(content, str):
        return [{"type": "text", "text": content}]
    return [b if isinstance(b, dict) else b.to_dict() for b in content]


def turns(messages: list[MessageParam]) -> list[list[MessageParam]]:
    """The API reads consecutive user messages as one."""
    found: list[list[MessageParam]] = []
    for message in messages:
        if found and message["role"] == found[-1][0]["role"] == "user":
            found[-1].append(message)
        else:
            found.append([message])
    return found


def answered(calls: list[str], content: list[Any]) -> list[Any]:
    """The results of the calls, made up where lost, then the rest."""
    results = {
        b["tool_use_id"]: b
        for b in content
        if b["type"] == "tool_result"
    }
    there = [results[call] for call in results if call in calls]
    lost = [
        {
            "type": "tool_result",
            "tool_use_id": call,
            "content": LOST,
            "is_error": True,
        }
        for call in calls
        if call not in results
    ]
    rest = [
        block for block in content if block["type"] != "tool_result"
    ]
    return [*there, *lost, *rest]


def clean(part: Any, limit: int) -> Any:
    """Without images over the limit, in tool results too."""
    if isinstance(part, list):
        return [clean(item, limit) for item in part if not empty(item)]
    if not isinstance(part, dict):
        return part
    if part.get("type") == "image" and not fits(part["source"], limit):
        return {"type": "text", "text": GONE}
    return {
        key: clean(value, limit)
        if key in ("content", "source")
        else value
        for key, value in part.items()
    }


def fits(source: Any, limit: int) -> bool:
    if source["type"] != "base64":
        return True  # Not here to be measured.
    try:
        image = BytesIO(base64.b64decode(source["data"], validate=True))
        size = max(imagesize.get(image))
    except ValueError:
        return False
    return 0 < size <= limit and len(source["data"]) <= MAX_BASE64


def images(part: Any) -> int:
    if isinstance(part, list):
        return sum(images(item) for item in part)
    if not isinstance(part, dict):
        return 0
    if part.get("type") == "image":
        return 1
    return images(part.get("content")) + images(part.get("source"))


def empty(block: Any) -> bool:
    text = isinstance(block, dict) and block.get("type") == "text"
    return text and not block["text"].strip()


def thinks(block: Any) -> bool:
    return block["type"] in ("thinking", "redacted_thinking")


def without_latest_thinking(
    messages: list[MessageParam],
) -> list[MessageParam]:
    end = len(messages)
    while end and messages[end - 1]["role"] != "assistant":
        end -= 1
    start = end
    while start and messages[start - 1]["role"] == "assistant":
        start -= 1
    latest: list[MessageParam] = []
    for message in messages[start:end]:
        old = blocks(message)
        kept = [block for block in old if not thinks(block)]
        if len(kept) == len(old):
            latest.append(message)
        elif kept:
            latest.append({"role": "assistant", "content": kept})
    return [*messages[:start], *latest, *messages[end:]]


def send(
    messages: list[MessageParam],
) -> tuple[Message, list[MessageParam]]:
    """Return the reply, and the history that the API has taken."""
    while True:
        try:
            reply = client.messages.create(
                model="claude-sonnet-5-5",
                max_tokens=4096,
                messages=messages,
            )
        except BadRequestError:
            mended = repair(messages)
            if mended == messages:
                raise  # Nothing left to mend: read what the error says.
            messages = mended
        else:
            return reply, messages


stuck: list[MessageParam] = [
    {"role": "user", "content": "Is it raining in Seoul?"},
    {
        "role": "assistant",
        "content": [
            {"type": "text", "text": ""},
            {
                "type": "tool_use",
                "id": "toolu_1",
                "name": "weather",
                "input": {"city": "Seoul"},
            },
        ],
    },
    {"role": "user", "content": "Never mind. And in Busan?"},
]
reply, history = send(stuck)
print(reply.stop_reason, len(history))
# endregion
