// region: show
import Anthropic, { APIUserAbortError } from "@anthropic-ai/sdk";

const client = new Anthropic();

async function ask(prompt: string, budget: number) {
  // Requests, answers and the pauses between them, all together.
  const signal = AbortSignal.timeout(budget);
  try {
    return await client.messages.create(
      {
        model: "claude-sonnet-5-5",
        max_tokens: 1024,
        messages: [{ role: "user", content: prompt }],
      },
      { signal },
    );
  } catch (err) {
    if (!(err instanceof APIUserAbortError)) throw err;
    console.log("Budget used up");
    return null;
  }
}

console.log(await ask("Name three primes.", 1000));
// endregion
