// region: show
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic({ maxRetries: 0 });

const handbook = "반품은 30일 안에 신청해야 합니다. ".repeat(2000);
const questions = ["How long may I wait?", "Is there a deadline?"];
for (const question of questions) {
  const message = await client.messages.create({
    model: "claude-sonnet-5-5",
    max_tokens: 4096,
    system: handbook,
    messages: [{ role: "user", content: question }],
  });
  console.log(question, message.content);
}
// endregion
