// region: show
import { setTimeout as sleep } from "node:timers/promises";

import Anthropic from "@anthropic-ai/sdk";

// Only these may succeed when the same request is sent again.
const TRANSIENT = new Set<string>([
  "api_error",
  "overloaded_error",
  "rate_limit_error",
  "timeout_error",
]);

const client = new Anthropic();

const reviews = [
  { id: "r1", lang: "ko-KR", text: "배송이 빨라요." },
  { id: "r2", lang: "ko-KR", text: "색이 사진과 달라요." },
  { id: "r3", lang: "en-US", text: "Too small for me." },
];
const requests: Anthropic.Messages.BatchCreateParams.Request[] = reviews
  .filter((review) => review.lang.startsWith("ko"))
  .map((review) => ({
    custom_id: review.id,
    params: {
      model: "claude-sonnet-5-5",
      max_tokens: 4096,
      system: "Is the review positive? Answer yes or no.",
      messages: [{ role: "user", content: review.text }],
    },
  }));
if (requests.length === 0) {
  throw new Error("No review matched, so there is no batch.");
}
const batch = await client.messages.batches.create({ requests });
console.log(batch.id);

while (true) {
  const state = await client.messages.batches.retrieve(batch.id);
  if (state.processing_status === "ended") break;
  await sleep(60_000);
}

const resend: string[] = [];
const results = await client.messages.batches.results(batch.id);
for await (const entry of results) {
  const result = entry.result;
  if (result.type === "succeeded") {
    console.log(entry.custom_id, result.message.content);
  } else if (result.type === "errored") {
    const error = result.error.error;
    console.log(entry.custom_id, error.type, error.message);
    if (TRANSIENT.has(error.type)) resend.push(entry.custom_id);
  } else {
    // Canceled or expired: there is no answer and no charge.
    resend.push(entry.custom_id);
  }
}
console.log("Send again:", resend);
// endregion
