// region: show
import { setTimeout as sleep } from "node:timers/promises";
import Anthropic, { AnthropicError, APIError } from "@anthropic-ai/sdk";

const client = new Anthropic();
// 4.5 and earlier go on from an assistant message.
const PREFILL = ["claude-opus-4-5", "claude-haiku-4-5"];
const GO_ON = (text: string) =>
  `Your previous response was interrupted and ended with
[${text}]. Continue from where you left off.`;
// Types of error events after which the rest is worth asking for.
const PASSING = [
  "api_error",
  "overloaded_error",
  "rate_limit_error",
  "timeout_error",
];

const prefills = (model: string) =>
  PREFILL.some((old) => model.startsWith(old));

function asking(
  model: string,
  task: string,
  text: string,
): Anthropic.MessageParam[] {
  if (text === "") return [{ role: "user", content: task }];
  if (prefills(model)) {
    return [
      { role: "user", content: task },
      { role: "assistant", content: text },
    ];
  }
  return [{ role: "user", content: `${task}\n\n${GO_ON(text)}` }];
}

async function write(model: string, task: string): Promise<string> {
  let text = "";
  for (let attempt = 0; attempt < 4; attempt++) {
    await sleep(500 * attempt);
    // It must not end with white space; the model adds it.
    if (prefills(model)) text = text.trimEnd();
    const stream = client.messages.stream({
      model,
      max_tokens: 4096,
      messages: asking(model, task, text),
    });
    stream.on("text", (delta) => (text += delta));
    try {
      await stream.finalMessage();
      return text;
    } catch (error) {
      // No status: an error event. Others the SDK has retried.
      if (error instanceof APIError) {
        if (!PASSING.includes(error.type ?? "")) throw error;
        if (error.status !== undefined) throw error;
      } else if (!(error instanceof AnthropicError)) throw error;
    }
  }
  throw new Error("The stream broke again and again.");
}

for (const model of ["claude-sonnet-5-5", "claude-haiku-4-5"]) {
  console.log(model, "wrote:", await write(model, "Write about rain."));
}
// endregion
