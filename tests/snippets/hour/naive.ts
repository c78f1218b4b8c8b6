// What is often written instead: a loop around everything that begins again from nothing, and retries of the SDK below it.
import { setTimeout as sleep } from "node:timers/promises";
import Anthropic from "@anthropic-ai/sdk";

const SECOND = 1000 * Number(process.env["SECOND"] ?? 1);
const model = "claude-sonnet-5-5";
const client = new Anthropic();

async function again<T>(call: () => Promise<T>, times = Infinity): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await call();
    } catch (error) {
      if (tried > times) throw error;
      await sleep(SECOND);
    }
  }
}

export async function write(prompt: string): Promise<string> {
  let text = "";
  await again(() => {
    const stream = client.messages.stream({ model, max_tokens: 4096, messages: [{ role: "user", content: prompt }] });
    stream.on("text", (piece) => (text += piece));
    return stream.finalMessage();
  });
  return text;
}

export async function ask(prompt: string, tools: any[], run: (name: string, input: unknown) => Promise<string>): Promise<string> {
  return again(async () => {
    const messages: any[] = [{ role: "user", content: prompt }];
    while (true) {
      const message: any = await client.messages.create({ model, max_tokens: 4096, messages, tools });
      const uses = message.content.filter((block: any) => block.type === "tool_use");
      if (uses.length === 0) return message.content[0].text;
      const told = [];
      for (const use of uses) told.push({ type: "tool_result", tool_use_id: use.id, content: await run(use.name, use.input) });
      messages.push({ role: "assistant", content: message.content }, { role: "user", content: told });
    }
  });
}

export async function batch(prompts: Record<string, string>): Promise<Record<string, string>> {
  return again(async () => {
    const requests = Object.entries(prompts).map(([custom_id, content]) => ({
      custom_id,
      params: { model, max_tokens: 4096, messages: [{ role: "user" as const, content }] },
    }));
    const made = await client.messages.batches.create({ requests });
    while ((await client.messages.batches.retrieve(made.id)).processing_status !== "ended") await sleep(SECOND);
    const texts: Record<string, string> = {};
    for await (const row of await client.messages.batches.results(made.id)) texts[row.custom_id] = (row.result as any).message.content[0].text;
    return texts;
  }, 5);
}
