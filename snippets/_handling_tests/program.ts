// region: show
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import Anthropic, {
  AnthropicError,
  APIError,
  BadRequestError,
} from "@anthropic-ai/sdk";

const MOCK = process.env["ANTHROPIC_BASE_URL"]!.split("/scenario/")[0];
const GO_ON = (text: string) =>
  `Your previous response was interrupted and ended with
[${text}]. Continue from where you left off.`;

/** What is tested; in your suite it is imported. */
async function write(client: Anthropic, task: string): Promise<string> {
  let text = "";
  for (let attempt = 0; attempt < 3; attempt++) {
    const content = text ? `${task}\n\n${GO_ON(text)}` : task;
    const stream = client.messages.stream({
      model: "claude-sonnet-5-5",
      max_tokens: 1024,
      messages: [{ role: "user", content }],
    });
    stream.on("text", (delta) => (text += delta));
    try {
      await stream.finalMessage();
      return text;
    } catch (error) {
      if (error instanceof APIError) throw error;
      if (!(error instanceof AnthropicError)) throw error;
    }
  }
  throw new Error("The stream broke again and again.");
}

/** A client in a scenario of its own, and what it sends. */
function under(scenario: string): [Anthropic, unknown[]] {
  const sent: unknown[] = [];
  const client = new Anthropic({
    apiKey: "any-key-will-do",
    baseURL: `${MOCK}/scenario/${scenario};id=${randomUUID()}`,
    fetch: (url, init) => {
      sent.push(url);
      return fetch(url, init);
    },
  });
  return [client, sent];
}

test("an overload passes and costs two more requests", async () => {
  const [client, sent] = under("overloaded_error;times=2");
  assert.ok(await write(client, "Write."));
  assert.equal(sent.length, 3);
});

test("an empty account is asked only once", async () => {
  const [client, sent] = under("credit_balance_too_low");
  await assert.rejects(write(client, "Write."), BadRequestError);
  assert.equal(sent.length, 1);
});

test("the wait that the API names is kept", async () => {
  const [client, sent] = under(
    "rate_limit_error;times=1;retry_after=1",
  );
  const began = performance.now();
  assert.ok(await write(client, "Write."));
  assert.ok(performance.now() - began >= 1000);
  assert.equal(sent.length, 2);
});

test("the text of a cut stream is whole and not doubled", async () => {
  const [sunny] = under("");
  const whole = await write(sunny, "Write.");
  const [client, sent] = under("stream_interrupted;times=1");
  assert.equal(await write(client, "Write."), whole);
  assert.equal(sent.length, 2);
});
// endregion
