// region: show
import Anthropic, { APIError } from "@anthropic-ai/sdk";

const client = new Anthropic({ maxRetries: 2 }); // the only layer

async function ask(prompt: string): Promise<Anthropic.Message | null> {
  try {
    return await client.messages.create({
      model: "claude-sonnet-5-5",
      max_tokens: 1024,
      messages: [{ role: "user", content: prompt }],
    });
  } catch (err) {
    if (!(err instanceof APIError)) throw err;
    console.log("Given up:", err.status, err.requestID);
    return null;
  }
}

console.log(await ask("Name three primes."));
// endregion
