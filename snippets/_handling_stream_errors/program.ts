// region: show
import { setTimeout as sleep } from "node:timers/promises";
import Anthropic, { APIError } from "@anthropic-ai/sdk";

const client = new Anthropic();
const PASSING = [
  "api_error",
  "overloaded_error",
  "rate_limit_error",
  "timeout_error",
];

/** Returns JSON, which is of no use in two parts. */
async function answer(prompt: string): Promise<string> {
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      const stream = client.messages.stream({
        model: "claude-sonnet-5-5",
        max_tokens: 4096,
        messages: [{ role: "user", content: prompt }],
      });
      return await stream.finalText();
    } catch (error) {
      if (!(error instanceof APIError)) throw error;
      // No status: the stream had begun, so the SDK sent nothing again.
      if (error.status !== undefined) throw error;
      if (!PASSING.includes(error.type ?? "")) throw error;
      console.log("again after", error.type);
    }
    await sleep(Math.random() * Math.min(8000, 500 * 2 ** attempt));
  }
  throw new Error("Every stream carried an error.");
}

console.log(await answer("Name three primes as a JSON array."));
// endregion
