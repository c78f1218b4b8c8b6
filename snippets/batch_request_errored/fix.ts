// region: show
import { setTimeout as sleep } from "node:timers/promises";

import Anthropic from "@anthropic-ai/sdk";

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
  const result = entry.result;
  if (result.type === "succeeded") {
    console.log(entry.custom_id, result.message.content);
  } else if (result.type === "errored") {
    // chat-2 ends with the assistant: correct it, send it again.
    const error = result.error.error;
    console.log(entry.custom_id, error.type, error.message);
  } else {
    // Canceled or expired: send it again as it is.
    console.log(entry.custom_id, result.type);
  }
}
// endregion
