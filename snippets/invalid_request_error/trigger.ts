// region: show
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();

// A message that was saved for another API.
const saved = `[
  {"type": "text", "text": "What is in this picture?"},
  {"type": "image_url",
   "image_url": {"url": "https://example.com/cat.jpg"}}
]`;
const content = JSON.parse(saved);
const message = await client.messages.create({
  model: "claude-sonnet-5-5",
  max_tokens: 4096,
  messages: [{ role: "user", content }],
});
console.log(message.content);
// endregion
