// region: show
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic({ maxRetries: 0 });

function ask(model: string): Promise<Anthropic.Message> {
  return client.messages.create({
    model,
    max_tokens: 4096,
    messages: [{ role: "user", content: "Name three primes." }],
  });
}

const message = await ask("claude-sonnet-5-5");
console.log(message.content);
// endregion
