// region: show
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();

const stream = client.messages.stream({
  model: "claude-sonnet-5-5",
  max_tokens: 64000,
  messages: [{ role: "user", content: "Write a whole novel." }],
});
const message = await stream.finalMessage();
console.log(message.stop_reason);
// endregion
