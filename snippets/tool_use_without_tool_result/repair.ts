// region: show
import type Anthropic from "@anthropic-ai/sdk";

type Message = Anthropic.MessageParam;
type Block = Anthropic.ContentBlockParam;

function blocks(message: Message): Block[] {
  const { content } = message;
  if (typeof content !== "string") return content;
  return [{ type: "text", text: content }];
}

const lost = (call: string): Anthropic.ToolResultBlockParam => ({
  type: "tool_result",
  tool_use_id: call,
  content: "The call was interrupted; there is no result.",
  is_error: true,
});

/** Put a result for every tool call right after the call. */
export function repair(messages: Message[]): Message[] {
  const fixed: Message[] = [];
  let done = 0;
  for (const [i, message] of messages.entries()) {
    if (i < done) continue;
    fixed.push(message);
    const calls = blocks(message)
      .filter((b) => b.type === "tool_use")
      .map((b) => b.id);
    // The API reads consecutive user messages as one.
    const rest = messages.slice(i + 1);
    const end = rest.findIndex((m) => m.role !== "user");
    const answers = end < 0 ? rest : rest.slice(0, end);
    const found = answers.flatMap(blocks);
    const isResult = (b: Block) => b.type === "tool_result";
    const first = found.slice(0, calls.length).filter(isResult);
    const ids = new Set(first.map((b) => b.tool_use_id));
    if (calls.every((call) => ids.has(call))) continue;
    const results = new Map(
      found.filter(isResult).map((b) => [b.tool_use_id, b]),
    );
    const ordered = calls.map(
      (call) => results.get(call) ?? lost(call),
    );
    const other = found.filter((b) => !isResult(b));
    fixed.push({ role: "user", content: [...ordered, ...other] });
    done = i + 1 + answers.length;
  }
  return fixed;
}
// endregion
