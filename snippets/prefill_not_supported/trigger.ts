// region: show
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();

const message = await client.messages.create({
  model: "claude-sonnet-5-5",
  max_tokens: 4096,
  messages: [
    {
      role: "user",
      content: "Name and price as JSON: desk lamp, 39 euros",
    },
    // The answer should go on from here.
    { role: "assistant", content: "{" },
  ],
});
for (const block of message.content) {
  if (block.type === "text") console.log("{" + block.text);
}
// endregion
