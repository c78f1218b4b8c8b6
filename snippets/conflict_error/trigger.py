# region: show
from anthropic import Anthropic

client = Anthropic()
AGENT = "agent_011CZkYpogX7uDKUyvBTophP"
SYSTEM = "Answer in one sentence."


def save(version: int) -> None:
    client.beta.agents.update(AGENT, version=version, system=SYSTEM)


save(version=3)
print("Saved.")
# endregion
