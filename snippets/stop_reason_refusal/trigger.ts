// region: show
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();

function ask(model: string): Promise<Anthropic.Message> {
  return client.messages.create({
    model,
    max_tokens: 4096,
    messages: [{ role: "user", content: "Name three primes." }],
  });
}

const message = await ask("claude-opus-5-5");
const block = message.content[0]!;
if (block.type === "text") console.log(block.text);
// endregion
