// region: show
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();

const message = await client.messages.create({
  // An active id. client.models.list() tells what your key sees.
  model: "claude-sonnet-5-5",
  max_tokens: 4096,
  messages: [{ role: "user", content: "Name three primes." }],
});
console.log(message.content);
// endregion
