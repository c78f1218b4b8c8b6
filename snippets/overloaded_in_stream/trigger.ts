// region: show
import Anthropic, { OverloadedError } from "@anthropic-ai/sdk";

const client = new Anthropic();

async function write(model: string): Promise<string> {
  let text = "";
  const stream = client.messages.stream({
    model,
    max_tokens: 4096,
    messages: [{ role: "user", content: "Write a short poem." }],
  });
  stream.on("text", (delta) => (text += delta));
  await stream.finalMessage();
  return text;
}

let poem: string;
try {
  poem = await write("claude-sonnet-5-5");
} catch (error) {
  if (!(error instanceof OverloadedError)) throw error;
  poem = await write("claude-haiku-5-5");
}
console.log(poem);
// endregion
