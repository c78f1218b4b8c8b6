// region: show
import Anthropic from "@anthropic-ai/sdk";

// Do not do this: the answer takes longer than the timeout, so the SDK
// goes away and sends the same call again.
const client = new Anthropic({ timeout: 300 });
try {
  await client.messages.create({
    model: "claude-sonnet-5-5",
    max_tokens: 4096,
    messages: [{ role: "user", content: "Write a long report." }],
  });
} catch (err) {
  if (!(err instanceof Anthropic.APIConnectionTimeoutError)) throw err;
  console.log("No answer, and every attempt may be billed.");
}
// endregion
