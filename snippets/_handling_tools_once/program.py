# region: show
import time

import httpx2
from anthropic import Anthropic
from anthropic.types import (
    Message,
    MessageParam,
    ToolParam,
    ToolResultBlockParam,
)

client = Anthropic()
REFUND: ToolParam = {
    "name": "refund",
    "description": "Pays an order back.",
    "input_schema": {
        "type": "object",
        "properties": {"order": {"type": "string"}},
        "required": ["order"],
    },
}
paid: list[str] = []


def refund(order: str) -> str:
    paid.append(order)
    return "Paid back."


def answer(messages: list[MessageParam]) -> Message:
    """Return a whole answer; nothing of a broken one is used."""
    for attempt in range(4):
        time.sleep(0.5 * attempt)
        try:
            with client.messages.stream(
                model="claude-sonnet-5-5",
                max_tokens=4096,
                tools=[REFUND],
                messages=messages,
            ) as stream:
                message = stream.get_final_message()
        except httpx2.TransportError:
            continue
        if message.stop_reason:
            return message
    raise ConnectionError("The stream broke again and again.")


# Save both after each step, before the next request.
messages: list[MessageParam] = [
    {"role": "user", "content": "Please pay my order back."}
]
done: dict[str, str] = {}

while True:
    message = answer(messages)
    messages.append({"role": "assistant", "content": message.content})
    if message.stop_reason != "tool_use":
        break
    results: list[ToolResultBlockParam] = []
    for block in message.content:
        if block.type == "tool_use":
            if block.id not in done:
                done[block.id] = refund(str(block.input["order"]))
            results.append(
                {
                    "type": "tool_result",
                    "tool_use_id": block.id,
                    "content": done[block.id],
                }
            )
    messages.append({"role": "user", "content": results})
print("Paid back:", len(paid))
# endregion
