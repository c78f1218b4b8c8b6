// region: show
import Anthropic, { APIError } from "@anthropic-ai/sdk";

// For work that may take a while. Both hold for each call.
const client = new Anthropic({ maxRetries: 4, timeout: 60_000 });
// For somebody who waits: options of the single call.
const impatient = { maxRetries: 0, timeout: 10_000 };

function ask(options?: Anthropic.RequestOptions) {
  return client.messages.create(
    {
      model: "claude-sonnet-5-5",
      max_tokens: 1024,
      messages: [{ role: "user", content: "Name three primes." }],
    },
    options,
  );
}

try {
  console.log((await ask(impatient)).content);
} catch (err) {
  if (!(err instanceof APIError)) throw err;
  console.log("Busy, not tried again:", err.status);
}
console.log((await ask()).content);
// endregion
