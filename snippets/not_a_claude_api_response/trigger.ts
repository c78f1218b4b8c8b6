// region: show
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();

function ask(): Promise<Anthropic.Message> {
  return client.messages.create({
    model: "claude-sonnet-5-5",
    max_tokens: 4096,
    messages: [{ role: "user", content: "Name three primes." }],
  });
}

const message = await ask();
console.log(message.content);
// endregion
