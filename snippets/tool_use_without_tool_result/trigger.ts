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
messages.push({ role: "user", content: "Is that too warm?" });
console.log((await ask()).content);
// endregion
