# region: show
import json

from anthropic import Anthropic

client = Anthropic()

# A message that was saved for another API.
saved = """[
  {"type": "text", "text": "What is in this picture?"},
  {"type": "image_url",
   "image_url": {"url": "https://example.com/cat.jpg"}}
]"""
content = json.loads(saved)
message = client.messages.create(
    model="claude-sonnet-5-5",
    max_tokens=4096,
    messages=[{"role": "user", "content": content}],
)
print(message.content)
# endregion
