// region: show
import { existsSync, readFileSync } from "node:fs";

import Anthropic, { AuthenticationError } from "@anthropic-ai/sdk";

const SECRET = "/run/secrets/anthropic_api_key";

function connect(): Anthropic {
  // Without this file the SDK takes the key of the environment.
  if (!existsSync(SECRET)) return new Anthropic();
  const apiKey = readFileSync(SECRET, "utf8").trim();
  return new Anthropic({ apiKey });
}

function ask(
  client: Anthropic,
  question: string,
): Promise<Anthropic.Message> {
  return client.messages.create({
    model: "claude-sonnet-5-5",
    max_tokens: 4096,
    messages: [{ role: "user", content: question }],
  });
}

let client = connect();
for (const question of ["Name three primes.", "Name a sea."]) {
  let message: Anthropic.Message;
  try {
    message = await ask(client, question);
  } catch (error) {
    if (!(error instanceof AuthenticationError)) throw error;
    // A 401 has no error code: only the text tells these apart.
    const text = error.apiMessage ?? "";
    // No key helps a request with an Origin header.
    if (text.startsWith("CORS requests")) throw error;
    console.log("401:", error.type, text);
    // The key may have been replaced: read it again, once.
    client = connect();
    message = await ask(client, question);
  }
  console.log(message.content);
}
// endregion
