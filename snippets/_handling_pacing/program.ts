// region: show
import { setTimeout as sleep } from "node:timers/promises";
import Anthropic from "@anthropic-ai/sdk";

const RESERVE = 1; // requests left for others; a tenth is good
const client = new Anthropic();

/** Returns the milliseconds until the bucket has one more request. */
function pause(headers: Headers): number {
  const name = "anthropic-ratelimit-requests-";
  const limit = Number(headers.get(name + "limit") ?? 0);
  const left = Number(headers.get(name + "remaining") ?? 1);
  if (left > RESERVE || limit <= left) return 0;
  const full = Date.parse(headers.get(name + "reset") ?? "");
  // It fills evenly, and is full again at that time.
  return Math.max(0, full - Date.now()) / (limit - left);
}

async function ask(prompt: string): Promise<Anthropic.Message> {
  const { data, response } = await client.messages
    .create({
      model: "claude-sonnet-5-5",
      max_tokens: 1024,
      messages: [{ role: "user", content: prompt }],
    })
    .withResponse();
  await sleep(pause(response.headers));
  return data;
}

for (let number = 0; number < 8; number += 1) {
  const message = await ask("Name three primes.");
  console.log(number, message.stop_reason);
}
// endregion
