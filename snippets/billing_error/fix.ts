// region: show
import Anthropic, { PaymentRequiredError } from "@anthropic-ai/sdk";

const client = new Anthropic();

try {
  const message = await client.messages.create({
    model: "claude-sonnet-5-5",
    max_tokens: 4096,
    messages: [{ role: "user", content: "Name three primes." }],
  });
  console.log(message.content);
} catch (error) {
  if (!(error instanceof PaymentRequiredError)) throw error;
  // The code tells whose account it is; it may be absent.
  const code = error.errorCode ?? "";
  if (code.startsWith("linked_organization_")) {
    console.log("Your customer has to settle this:", code);
  } else if (error.type === "billing_error") {
    console.log("Check your payment details in the Console.");
  } else {
    console.log("Not an answer of the Claude API:", client.baseURL);
  }
  console.log("request", error.requestID, error.apiMessage);
}
// endregion
