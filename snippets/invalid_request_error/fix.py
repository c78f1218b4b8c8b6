# region: show
import json

from anthropic import Anthropic, BadRequestError

client = Anthropic()

# A message that was saved for another API.
saved = """[
  {"type": "text", "text": "What is in this picture?"},
  {"type": "image_url",
   "image_url": {"url": "https://example.com/cat.jpg"}}
]"""
content = json.loads(saved)
# The message named this block: messages.0.content.1
for block in content:
    if block["type"] == "image_url":
        url = block.pop("image_url")["url"]
        block.update(type="image", source={"type": "url", "url": url})
try:
    message = client.messages.create(
        model="claude-sonnet-5-5",
        max_tokens=4096,
        messages=[{"role": "user", "content": content}],
    )
    print(message.content)
except BadRequestError as error:
    # Branch on the code. The text is for people and can change.
    if error.error_code == "image_dimensions_too_large":
        print("The picture is too large. Send a smaller one.")
    else:
        print(error.error_code, error.api_message, error.request_id)
        raise
# endregion
