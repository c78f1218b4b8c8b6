# region: show
from anthropic import Anthropic

client = Anthropic()

message = client.messages.create(
    model="claude-sonnet-5-5",
    max_tokens=4096,
    messages=[
        {
            "role": "user",
            "content": "Name and price as JSON: desk lamp, 39 euros",
        },
        # The answer should go on from here.
        {"role": "assistant", "content": "{"},
    ],
)
for block in message.content:
    if block.type == "text":
        print("{" + block.text)
# endregion
