// region: show
import Anthropic, { BadRequestError } from "@anthropic-ai/sdk";

const client = new Anthropic();

// A message that was saved for another API.
const saved = `[
  {"type": "text", "text": "What is in this picture?"},
  {"type": "image_url",
   "image_url": {"url": "https://example.com/cat.jpg"}}
]`;
const content = JSON.parse(saved);
// The message named this block: messages.0.content.1
for (const block of content) {
  if (block.type === "image_url") {
    block.type = "image";
    block.source = { type: "url", url: block.image_url.url };
    delete block.image_url;
  }
}
try {
  const message = await client.messages.create({
    model: "claude-sonnet-5-5",
    max_tokens: 4096,
    messages: [{ role: "user", content }],
  });
  console.log(message.content);
} catch (error) {
  if (!(error instanceof BadRequestError)) throw error;
  // Branch on the code. The text is for people and can change.
  if (error.errorCode === "image_dimensions_too_large") {
    console.log("The picture is too large. Send a smaller one.");
  } else {
    console.log(error.errorCode, error.apiMessage, error.requestID);
    throw error;
  }
}
// endregion
