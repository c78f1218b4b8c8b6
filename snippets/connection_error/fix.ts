// region: show
import Anthropic, { APIConnectionError } from "@anthropic-ai/sdk";

// Six tries over about 15 seconds outlast a short cut.
const client = new Anthropic({ maxRetries: 5 });

try {
  const message = await client.messages.create({
    model: "claude-sonnet-5-5",
    max_tokens: 4096,
    messages: [{ role: "user", content: "Name three primes." }],
  });
  console.log(message.content);
} catch (error) {
  if (error instanceof APIConnectionError) {
    // The text is always the same; the cause tells them apart.
    console.error("No connection:", error.cause);
  }
  throw error;
}
// endregion
