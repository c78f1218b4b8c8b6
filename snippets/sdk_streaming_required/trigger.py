# region: show
from anthropic import Anthropic

client = Anthropic()

message = client.messages.create(
    model="claude-sonnet-5-5",
    max_tokens=64000,
    messages=[{"role": "user", "content": "Write a whole novel."}],
)
print(message.stop_reason)
# endregion
