// region: show
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();

// The type is gone since 1.0, but a spread is not checked for it.
const sampling = { temperature: 1.0 };
const message = await client.messages.create({
  model: "claude-sonnet-5-5",
  max_tokens: 4096,
  messages: [{ role: "user", content: "Name three primes." }],
  ...sampling,
});
console.log(message.content);
// endregion
