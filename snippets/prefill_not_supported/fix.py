# region: show
from anthropic import Anthropic

client = Anthropic()

schema = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "price": {"type": "number"},
    },
    "required": ["name", "price"],
    "additionalProperties": False,
}
message = client.messages.create(
    model="claude-sonnet-5-5",
    max_tokens=4096,
    messages=[
        {
            "role": "user",
            "content": "Name and price as JSON: desk lamp, 39 euros",
        },
    ],
    output_config={"format": {"type": "json_schema", "schema": schema}},
)
for block in message.content:
    if block.type == "text":
        # The whole object, with its first brace.
        print(block.text)
# endregion
