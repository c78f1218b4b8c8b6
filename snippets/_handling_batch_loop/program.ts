// region: show
import { setTimeout as sleep } from "node:timers/promises";
import Anthropic from "@anthropic-ai/sdk";

type Job = Anthropic.MessageCreateParamsNonStreaming;

const { batches } = new Anthropic().messages;
// Only these may succeed when the same request is sent again.
const PASSING = [
  "api_error",
  "overloaded_error",
  "rate_limit_error",
  "timeout_error",
];

const job = (text: string): Job => ({
  model: "claude-sonnet-5-5",
  max_tokens: 4096,
  messages: [{ role: "user", content: text }],
});

const waiting = new Map<string, Job>();
for (let n = 0; n < 7; n++) {
  waiting.set(`review-${n}`, job(`Sum up review ${n}.`));
}
// A mistake of ours: this model takes no prefill.
waiting.set("review-7", {
  ...job("Sum up review 7."),
  messages: [{ role: "assistant", content: "In short," }],
});
const answers = new Map<string, string>();
const refused = new Map<string, string>();

for (let round = 0; round < 5 && waiting.size > 0; round++) {
  const batch = await batches.create({
    requests: [...waiting].map(([custom_id, params]) => ({
      custom_id,
      params,
    })),
  });
  console.log(batch.id); // Save it now: the only way to the results.
  const status = async () =>
    (await batches.retrieve(batch.id)).processing_status;
  while ((await status()) !== "ended") await sleep(60_000);
  // In any order: only the custom_id says which request it was.
  for await (const row of await batches.results(batch.id)) {
    const { result } = row;
    if (result.type === "succeeded") {
      const { content } = result.message;
      const texts = content.filter((block) => block.type === "text");
      const text = texts.map((block) => block.text).join("");
      answers.set(row.custom_id, text);
      waiting.delete(row.custom_id);
    } else if (result.type === "errored") {
      const { error } = result.error;
      if (!PASSING.includes(error.type)) {
        refused.set(row.custom_id, error.message);
        waiting.delete(row.custom_id);
      }
    }
    // What errored in passing, expired or was canceled goes again.
  }
}

console.log("answered", answers.size);
console.log("refused", refused.size);
console.log("left", waiting.size);
// endregion
