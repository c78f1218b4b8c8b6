// region: show
import { setTimeout as sleep } from "node:timers/promises";
import Anthropic, { APIError } from "@anthropic-ai/sdk";

const client = new Anthropic(); // tries three times by itself

async function ask(prompt: string): Promise<Anthropic.Message | null> {
  // A second layer around the first.
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      return await client.messages.create({
        model: "claude-sonnet-5-5",
        max_tokens: 1024,
        messages: [{ role: "user", content: prompt }],
      });
    } catch (err) {
      if (!(err instanceof APIError)) throw err;
      console.log("Loop, round", attempt + 1, err.status);
      await sleep(10);
    }
  }
  return null;
}

console.log(await ask("Name three primes."));
// endregion
