// region: show
import { setTimeout } from "node:timers/promises";
import Anthropic, { APIError } from "@anthropic-ai/sdk";

const client = new Anthropic();
const WORTH_A_RETRY = [
  "overloaded_error",
  "api_error",
  "rate_limit_error",
];

async function write(): Promise<string> {
  const stream = client.messages.stream({
    model: "claude-sonnet-5-5",
    max_tokens: 4096,
    messages: [{ role: "user", content: "Write a short poem." }],
  });
  return stream.finalText();
}

let poem: string;
try {
  poem = await write();
} catch (error) {
  // Inside a stream there is no status: branch on the type.
  if (!(error instanceof APIError) || error.status !== undefined)
    throw error;
  if (!WORTH_A_RETRY.includes(error.type ?? "")) throw error;
  await setTimeout(1000);
  poem = await write();
}
console.log(poem);
// endregion
