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

let message = await ask("claude-opus-5-5");
if (message.stop_reason === "refusal") {
  // The same model usually refuses again; another one may answer.
  message = await ask("claude-opus-4-8");
}
if (message.stop_reason === "refusal") {
  console.log("Refused:", message.stop_details);
} else {
  for (const block of message.content) {
    if (block.type === "text") console.log(block.text);
  }
}
// endregion
