// region: show
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();

const message = await client.messages.create({
  model: "claude-sonnet-5-5",
  max_tokens: 64000,
  messages: [{ role: "user", content: "Write a whole novel." }],
});
console.log(message.stop_reason);
// endregion
