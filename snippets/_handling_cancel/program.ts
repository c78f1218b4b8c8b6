// region: show
import { setTimeout as sleep } from "node:timers/promises";
import Anthropic, { APIUserAbortError } from "@anthropic-ai/sdk";

const client = new Anthropic();

function ask(prompt: string, signal?: AbortSignal) {
  return client.messages.create(
    {
      model: "claude-sonnet-5-5",
      max_tokens: 1024,
      messages: [{ role: "user", content: prompt }],
    },
    { signal },
  );
}

const leaving = new AbortController();
const call = ask("Write a long poem.", leaving.signal).catch(
  (err: unknown) => {
    if (!(err instanceof APIUserAbortError)) throw err;
    console.log("Cancelled, not tried again");
  },
);
await sleep(500); // the user closes the window
leaving.abort();
await call;
console.log((await ask("Name three primes.")).content);
// endregion
