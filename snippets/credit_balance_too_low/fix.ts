// region: show
import Anthropic, { BadRequestError } from "@anthropic-ai/sdk";

const client = new Anthropic();

const questions = ["Name three primes.", "Name a sea.", "Name a gas."];
const answers: string[] = [];
for (const [n, question] of questions.entries()) {
  let message: Anthropic.Message;
  try {
    message = await client.messages.create({
      model: "claude-sonnet-5-5",
      max_tokens: 4096,
      messages: [{ role: "user", content: question }],
    });
  } catch (error) {
    if (!(error instanceof BadRequestError)) throw error;
    // There is no error code for this: only the text tells.
    const text = error.apiMessage ?? "";
    if (!text.includes("credit balance is too low")) throw error;
    // Every later call fails too: stop, and keep what is left.
    const left = questions.slice(n);
    console.log("Add credit, then send:", left, error.requestID);
    break;
  }
  for (const b of message.content) {
    if (b.type === "text") answers.push(b.text);
  }
}
console.log(answers);
// endregion
