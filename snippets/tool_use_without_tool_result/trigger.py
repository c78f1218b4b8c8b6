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
        tools=[thermometer],
        messages=messages,
    )


reply = ask()  # Claude calls the tool.
messages.append({"role": "assistant", "content": reply.content})
messages.append({"role": "user", "content": "Is that too warm?"})
print(ask().content)
# endregion
