// region: show
import { existsSync, readFileSync } from "node:fs";

import Anthropic from "@anthropic-ai/sdk";

const SECRET = "/run/secrets/anthropic_api_key";

function connect(): Anthropic {
  // Without this file the SDK takes the key of the environment.
  if (!existsSync(SECRET)) return new Anthropic();
  const apiKey = readFileSync(SECRET, "utf8").trim();
  return new Anthropic({ apiKey });
}

const client = connect();
for (const question of ["Name three primes.", "Name a sea."]) {
  const message = await client.messages.create({
    model: "claude-sonnet-5-5",
    max_tokens: 4096,
    messages: [{ role: "user", content: question }],
  });
  console.log(message.content);
}
// endregion
