// region: show
import type Anthropic from "@anthropic-ai/sdk";

type Message = Anthropic.MessageParam;

function withoutThinking(message: Message): Message {
  const { content } = message;
  if (typeof content === "string") return message;
  const types = ["thinking", "redacted_thinking"];
  const kept = content.filter((b) => !types.includes(b.type));
  return { role: "assistant", content: kept };
}

/** Drop all thinking of the latest assistant message. */
export function repair(messages: Message[]): Message[] {
  let end = messages.length;
  while (end && messages[end - 1]?.role !== "assistant") end -= 1;
  // The API reads consecutive assistant messages as one.
  let start = end;
  while (messages[start - 1]?.role === "assistant") start -= 1;
  const latest = messages.slice(start, end).map(withoutThinking);
  const filled = latest.filter((m) => m.content.length > 0);
  return [
    ...messages.slice(0, start),
    ...filled,
    ...messages.slice(end),
  ];
}
// endregion
