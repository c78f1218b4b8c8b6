// region: show
import { readFileSync } from "node:fs";
import Anthropic from "@anthropic-ai/sdk";

interface Errors {
  errors: {
    slug: string;
    urls: { en: string };
    family: string | null;
    identities: {
      status: number | null;
      type: string | null;
      error_code: string | null;
    }[];
    verdict: { retry: string };
    messages: { template: string }[];
    pending: {
      urls: { en: string };
      error_codes: string[];
      retry: string;
    }[];
  }[];
}

const { errors }: Errors = JSON.parse(
  readFileSync("errors.json", "utf8"),
);

/** Returns the address of the guide and whether to retry. */
function lookUp(err: Error): [string, string] | null {
  const sdk = err instanceof Anthropic.APIError ? err : null;
  const code = sdk?.errorCode;
  const status = sdk?.status ?? null;
  const type = sdk?.type ?? null;
  const text = sdk?.apiMessage ?? err.message;
  // A code names one error, with or without a guide of its own.
  for (const error of code ? errors : []) {
    const pending = error.pending.find((each) =>
      each.error_codes.includes(code!),
    );
    if (pending) return [pending.urls.en, pending.retry];
    if (error.identities.some((each) => each.error_code === code)) {
      return answer(error);
    }
  }
  // Else, or when the code is new: status, type and message.
  const found = errors.filter((error) =>
    error.identities.some(
      (each) =>
        each.status === status &&
        each.type === type &&
        each.error_code === null,
    ),
  );
  let told = found.filter((error) => says(error, text));
  const umbrellas = told.map((error) => error.family);
  told = told.filter((error) => !umbrellas.includes(error.slug));
  if (told.length === 1) return answer(told[0]!);
  // Not one: the family of all, else the error named like the type.
  const rest = told.length > 0 ? told : found;
  const families = new Set(rest.map((e) => e.family ?? e.slug));
  const slug = families.size === 1 ? [...families][0] : type;
  const general = errors.find((error) => error.slug === slug);
  return general ? answer(general) : null;
}

/** Tells whether the text is one of the messages of the error. */
function says(error: Errors["errors"][number], text: string) {
  return error.messages.some(({ template }) =>
    fits(template.split(/<[a-z][a-z0-9_]*>/), text),
  );
}

/** Tells whether all parts stand in the text in their order. */
function fits(parts: string[], text: string): boolean {
  let at = 0;
  return parts.every((part) => {
    const place = text.indexOf(part, at);
    at = place + part.length;
    return place >= 0;
  });
}

function answer(error: Errors["errors"][number]): [string, string] {
  return [error.urls.en, error.verdict.retry];
}

try {
  await new Anthropic().messages.create({
    model: "claude-sonnet-5-5",
    max_tokens: 1024,
    messages: [
      { role: "user", content: "Name three primes as JSON." },
      { role: "assistant", content: "[" },
    ],
  });
} catch (err) {
  if (!(err instanceof Anthropic.AnthropicError)) throw err;
  console.log(lookUp(err));
}
// endregion
