# region: show
from anthropic import Anthropic

client = Anthropic()

with client.messages.stream(
    model="claude-sonnet-5-5",
    max_tokens=20000,
    messages=[{"role": "user", "content": "Write a long report."}],
) as stream:
    message = stream.get_final_message()
print(message.stop_reason)
# endregion
