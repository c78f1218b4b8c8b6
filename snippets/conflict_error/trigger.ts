// region: show
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();
const AGENT = "agent_011CZkYpogX7uDKUyvBTophP";
const SYSTEM = "Answer in one sentence.";

async function save(version: number): Promise<void> {
  await client.beta.agents.update(AGENT, { version, system: SYSTEM });
}

await save(3);
console.log("Saved.");
// endregion
