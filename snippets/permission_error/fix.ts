// region: show
import Anthropic, { PermissionDeniedError } from "@anthropic-ai/sdk";

const client = new Anthropic();

try {
  const message = await client.messages.create({
    model: "claude-sonnet-5-5",
    max_tokens: 4096,
    messages: [{ role: "user", content: "Name three primes." }],
  });
  console.log(message.content);
} catch (error) {
  if (!(error instanceof PermissionDeniedError)) throw error;
  // What an admin needs: whose key it was, and why.
  const headers = error.headers;
  console.log("organization", headers.get("anthropic-organization-id"));
  console.log("workspace", error.workspaceID);
  console.log("request", error.requestID);
  console.log("reason", error.errorCode, error.apiMessage);
}
// endregion
