// region: show
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();

async function write(): Promise<string> {
  const stream = client.messages.stream({
    model: "claude-sonnet-5-5",
    max_tokens: 4096,
    messages: [{ role: "user", content: "Write a short poem." }],
  });
  return stream.finalText();
}

const poem = await write();
console.log(poem);
// endregion
