# region: show
from anthropic import Anthropic, types

client = Anthropic()

thermometer: types.ToolParam = {
    "name": "read_thermometer",
    "description": "Reads the temperature of the server room.",
    "input_schema": {"type": "object", "properties": {}},
}
messages: list[types.MessageParam] = [
    {"role": "user", "content": "How warm is the server room?"}
]


def ask() -> types.Message:
    return client.messages.create(
        model="claude-sonnet-5-5",
        max_tokens=4096,
        thinking={"type": "adaptive", "display": "summarized"},
        tools=[thermometer],
        messages=messages,
    )


reply = ask()  # Claude thinks and calls the tool.
for block in reply.content:
    if block.type == "thinking":
        # Our users must not see the reasoning.
        block.thinking = "[hidden]"
messages.append({"role": "assistant", "content": reply.content})
results: list[types.ToolResultBlockParam] = [
    {"type": "tool_result", "tool_use_id": b.id, "content": "24.5 °C"}
    for b in reply.content
    if b.type == "tool_use"
]
messages.append({"role": "user", "content": results})
print(ask().content)
# endregion
