// region: show
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();

// Prompt caching is part of the ordinary method now.
const message = await client.messages.create({
  model: "claude-sonnet-5-5",
  max_tokens: 4096,
  messages: [{ role: "user", content: "Name three primes." }],
});
console.log(message.content);
// endregion
