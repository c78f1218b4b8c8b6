// region: show
import Anthropic, { ConflictError } from "@anthropic-ai/sdk";

const client = new Anthropic();
const AGENT = "agent_011CZkYpogX7uDKUyvBTophP";
const SYSTEM = "Answer in one sentence.";

async function save(version: number): Promise<void> {
  await client.beta.agents.update(AGENT, { version, system: SYSTEM });
}

try {
  await save(3);
} catch (error) {
  if (!(error instanceof ConflictError)) throw error;
  // A code names a conflict that reading again does not solve.
  if (error.errorCode !== null) throw error;
  // Somebody changed the agent: read it, then decide.
  const current = await client.beta.agents.retrieve(AGENT);
  if (current.system !== SYSTEM) await save(current.version);
}
console.log("Saved.");
// endregion
