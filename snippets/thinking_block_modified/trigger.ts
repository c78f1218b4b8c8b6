// region: show
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();

const thermometer: Anthropic.Tool = {
  name: "read_thermometer",
  description: "Reads the temperature of the server room.",
  input_schema: { type: "object", properties: {} },
};
const messages: Anthropic.MessageParam[] = [
  { role: "user", content: "How warm is the server room?" },
];

function ask(): Promise<Anthropic.Message> {
  return client.messages.create({
    model: "claude-sonnet-5-5",
    max_tokens: 4096,
    thinking: { type: "adaptive", display: "summarized" },
    tools: [thermometer],
    messages,
  });
}

const reply = await ask(); // Claude thinks and calls the tool.
for (const block of reply.content) {
  // Our users must not see the reasoning.
  if (block.type === "thinking") block.thinking = "[hidden]";
}
messages.push({ role: "assistant", content: reply.content });
const results = reply.content
  .filter((block) => block.type === "tool_use")
  .map((block) => ({
    type: "tool_result" as const,
    tool_use_id: block.id,
    content: "24.5 °C",
  }));
messages.push({ role: "user", content: results });
console.log((await ask()).content);
// endregion
