// region: show
import { setTimeout as sleep } from "node:timers/promises";

import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();

const files = [
  { name: "보고서 1.txt", text: "서울 지점의 매출이 늘었습니다." },
  { name: "보고서 2.txt", text: "부산 지점의 매출이 줄었습니다." },
];
// Unique and allowed, whatever the names are.
const byId = Object.fromEntries(
  files.map((file, n) => [`report-${n}`, file]),
);
const batch = await client.messages.batches.create({
  requests: Object.entries(byId).map(([customId, file]) => ({
    custom_id: customId,
    params: {
      model: "claude-sonnet-5-5",
      max_tokens: 4096,
      system: "Summarize the report.",
      messages: [{ role: "user", content: file.text }],
    },
  })),
});
console.log(batch.id);

while (true) {
  const state = await client.messages.batches.retrieve(batch.id);
  if (state.processing_status === "ended") break;
  await sleep(60_000);
}

// Results come in any order: the id leads back to the name.
const results = await client.messages.batches.results(batch.id);
for await (const entry of results) {
  console.log(byId[entry.custom_id]?.name, entry.result.type);
}
// endregion
