// region: show
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();

const schema = {
  type: "object",
  properties: {
    name: { type: "string" },
    price: { type: "number" },
  },
  required: ["name", "price"],
  additionalProperties: false,
};
const message = await client.messages.create({
  model: "claude-sonnet-5-5",
  max_tokens: 4096,
  messages: [
    {
      role: "user",
      content: "Name and price as JSON: desk lamp, 39 euros",
    },
  ],
  output_config: { format: { type: "json_schema", schema } },
});
for (const block of message.content) {
  // The whole object, with its first brace.
  if (block.type === "text") console.log(block.text);
}
// endregion
