// region: show
import { setTimeout as sleep } from "node:timers/promises";

import Anthropic from "@anthropic-ai/sdk";

type Succeeded = Anthropic.Messages.MessageBatchSucceededResult;

const chats: Record<string, Anthropic.MessageParam[]> = {
  "chat-1": [{ role: "user", content: "Name three primes." }],
  "chat-2": [
    { role: "user", content: "Name three fruits." },
    { role: "assistant", content: "Apple," },
  ],
};
const { batches } = new Anthropic().messages;
const batch = await batches.create({
  requests: Object.entries(chats).map(([chatId, messages]) => ({
    custom_id: chatId,
    params: { model: "claude-sonnet-5-5", max_tokens: 4096, messages },
  })),
});
while (
  (await batches.retrieve(batch.id)).processing_status !== "ended"
) {
  await sleep(60_000);
}

for await (const entry of await batches.results(batch.id)) {
  const result = entry.result as Succeeded;
  console.log(entry.custom_id, result.message.content);
}
// endregion
