// region: show
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();
const TASK = "Write a short poem about rain.";
const parts: string[] = [];

async function write(prompt: string): Promise<void> {
  const stream = client.messages.stream({
    model: "claude-sonnet-5-5",
    max_tokens: 4096,
    messages: [{ role: "user", content: prompt }],
  });
  stream.on("text", (delta) => parts.push(delta));
  await stream.finalMessage();
}

await write(TASK);
console.log(parts.join(""));
// endregion
