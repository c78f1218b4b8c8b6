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
    tools: [thermometer],
    messages,
  });
}

const reply = await ask(); // Claude calls the tool.
messages.push({ role: "assistant", content: reply.content });
// One result for each call, and all of them before any text.
const results = reply.content
  .filter((block) => block.type === "tool_use")
  .map((block) => ({
    type: "tool_result" as const,
    tool_use_id: block.id,
    content: "24.5 °C",
  }));
const text = { type: "text" as const, text: "Is that too warm?" };
messages.push({ role: "user", content: [...results, text] });
console.log((await ask()).content);
// endregion
