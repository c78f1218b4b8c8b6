// region: show
import Anthropic, { APIError } from "@anthropic-ai/sdk";

const client = new Anthropic();

function ask(): Promise<Anthropic.Message> {
  return client.messages.create({
    model: "claude-sonnet-5-5",
    max_tokens: 4096,
    messages: [{ role: "user", content: "Name three primes." }],
  });
}

let message: Anthropic.Message;
try {
  message = await ask();
} catch (error) {
  if (!(error instanceof APIError) || !error.status) throw error;
  // The Claude API gives a type: handle its error as usual.
  if (error.type !== null) throw error;
  console.error("Not the Claude API:", error.message.slice(0, 200));
  console.error(process.env["ANTHROPIC_BASE_URL"]);
  console.error(error.headers?.get("content-type"));
  // One more try, in case the gateway has only just restarted.
  message = await ask();
}
console.log(message.content);
// endregion
