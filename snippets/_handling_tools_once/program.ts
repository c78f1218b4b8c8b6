// region: show
import { setTimeout as sleep } from "node:timers/promises";
import Anthropic, { AnthropicError, APIError } from "@anthropic-ai/sdk";

const client = new Anthropic();
const REFUND: Anthropic.Tool = {
  name: "refund",
  description: "Pays an order back.",
  input_schema: {
    type: "object",
    properties: { order: { type: "string" } },
    required: ["order"],
  },
};
const paid: string[] = [];

function refund(order: string): string {
  paid.push(order);
  return "Paid back.";
}

/** Returns a whole answer; nothing of a broken one is used. */
async function answer(
  messages: Anthropic.MessageParam[],
): Promise<Anthropic.Message> {
  for (let attempt = 0; attempt < 4; attempt++) {
    await sleep(500 * attempt);
    try {
      const stream = client.messages.stream({
        model: "claude-sonnet-5-5",
        max_tokens: 4096,
        tools: [REFUND],
        messages,
      });
      return await stream.finalMessage();
    } catch (error) {
      // An APIError is an answer of the API, not a cut stream.
      if (error instanceof APIError) throw error;
      if (!(error instanceof AnthropicError)) throw error;
    }
  }
  throw new Error("The stream broke again and again.");
}

// Save both after each step, before the next request.
const messages: Anthropic.MessageParam[] = [
  { role: "user", content: "Please pay my order back." },
];
const done = new Map<string, string>();

while (true) {
  const message = await answer(messages);
  messages.push({ role: "assistant", content: message.content });
  if (message.stop_reason !== "tool_use") break;
  const results: Anthropic.ToolResultBlockParam[] = [];
  for (const block of message.content) {
    if (block.type !== "tool_use") continue;
    const { order } = block.input as { order: string };
    if (!done.has(block.id)) done.set(block.id, refund(order));
    results.push({
      type: "tool_result",
      tool_use_id: block.id,
      content: done.get(block.id)!,
    });
  }
  messages.push({ role: "user", content: results });
}
console.log("Paid back:", paid.length);
// endregion
