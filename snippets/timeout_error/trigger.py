# region: show
from anthropic import Anthropic

client = Anthropic()

message = client.messages.create(
    model="claude-sonnet-5-5",
    max_tokens=20000,
    messages=[{"role": "user", "content": "Write a long report."}],
)
print(message.stop_reason)
# endregion
