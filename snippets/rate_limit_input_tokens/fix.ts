// region: show
import Anthropic from "@anthropic-ai/sdk";

// The SDK waits as long as the retry-after header says.
const client = new Anthropic({ maxRetries: 5 });

const handbook = "반품은 30일 안에 신청해야 합니다. ".repeat(2000);
const questions = ["How long may I wait?", "Is there a deadline?"];
for (const question of questions) {
  const message = await client.messages.create({
    model: "claude-sonnet-5-5",
    max_tokens: 4096,
    system: [
      {
        type: "text",
        text: handbook,
        // What is read from the cache does not count.
        cache_control: { type: "ephemeral" },
      },
    ],
    messages: [{ role: "user", content: question }],
  });
  console.log(question, message.content);
}
// endregion
