// region: show
import Anthropic, { APIError } from "@anthropic-ai/sdk";

const client = new Anthropic();

async function ask(job: string, model: string, prompt: string) {
  const line: Record<string, unknown> = { event: "claude.call", job };
  line.model = model;
  const began = performance.now();
  try {
    const message = await client.messages.create({
      model,
      max_tokens: 1024,
      messages: [{ role: "user", content: prompt }],
    });
    line.stop_reason = message.stop_reason;
    line.output_tokens = message.usage.output_tokens;
    line.request_id = message._request_id;
    return message;
  } catch (err) {
    if (!(err instanceof Anthropic.AnthropicError)) throw err;
    line.error = err.constructor.name;
    if (err instanceof APIError && err.status) {
      line.status = err.status;
      line.type = err.type;
      line.error_code = err.errorCode;
      line.request_id = err.requestID;
      line.workspace_id = err.workspaceID;
    }
    return null;
  } finally {
    // One line a call, however it ends.
    line.seconds = Math.round(performance.now() - began) / 1000;
    console.error(JSON.stringify(line));
  }
}

await ask("job-1", "claude-sonnet-5-5", "Name three primes.");
await ask("job-2", "claude-sonnet-5-5", "Name three primes.");
// endregion
