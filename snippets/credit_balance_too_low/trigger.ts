// region: show
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();

const questions = ["Name three primes.", "Name a sea.", "Name a gas."];
const answers: string[] = [];
for (const question of questions) {
  const message = await client.messages.create({
    model: "claude-sonnet-5-5",
    max_tokens: 4096,
    messages: [{ role: "user", content: question }],
  });
  for (const b of message.content) {
    if (b.type === "text") answers.push(b.text);
  }
}
console.log(answers);
// endregion
