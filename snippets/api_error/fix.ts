// region: show
import Anthropic, { InternalServerError } from "@anthropic-ai/sdk";

// Six tries over about 15 seconds outlast a short failure.
const client = new Anthropic({ maxRetries: 5 });

try {
  const message = await client.messages.create({
    model: "claude-sonnet-5-5",
    max_tokens: 4096,
    messages: [{ role: "user", content: "Name three primes." }],
  });
  console.log(message.content);
} catch (error) {
  if (error instanceof InternalServerError) {
    // If it persists, support needs the id of the request.
    console.error(error.status, error.type, error.requestID);
  }
  throw error;
}
// endregion
