// region: show
import Anthropic from "@anthropic-ai/sdk";

const CACHE: Anthropic.CacheControlEphemeral = { type: "ephemeral" };
// A stand-in for long instructions.
const SYSTEM = "You are a guide to the museums of Seoul. ".repeat(100);

const client = new Anthropic();

const messages: Anthropic.MessageParam[] = [];
for (const question of [
  "Free?",
  "Open on Monday?",
  "Cafes?",
  "Shops?",
]) {
  messages.push({ role: "user", content: question });
  const message = await client.messages.create({
    model: "claude-sonnet-5-5",
    max_tokens: 4096,
    // Moves to the last block by itself: always one breakpoint.
    cache_control: CACHE,
    system: [{ type: "text", text: SYSTEM, cache_control: CACHE }],
    messages,
  });
  messages.push({ role: "assistant", content: message.content });
  console.log(message.content);
}
// endregion
