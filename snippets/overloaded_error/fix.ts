// region: show
import Anthropic, { OverloadedError } from "@anthropic-ai/sdk";

// Five tries, with a longer pause before each: about 7 seconds.
const client = new Anthropic({ maxRetries: 4 });

function ask(model: string): Promise<Anthropic.Message> {
  return client.messages.create({
    model,
    max_tokens: 4096,
    messages: [{ role: "user", content: "Name three primes." }],
  });
}

let message: Anthropic.Message;
try {
  message = await ask("claude-sonnet-5-5");
} catch (error) {
  if (!(error instanceof OverloadedError)) throw error;
  // Capacity is tracked per model, so another one may be free.
  message = await ask("claude-haiku-5-5");
}
console.log(message.content);
// endregion
