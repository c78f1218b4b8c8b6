# region: show
from anthropic import Anthropic, ConflictError

client = Anthropic()
AGENT = "agent_011CZkYpogX7uDKUyvBTophP"
SYSTEM = "Answer in one sentence."


def save(version: int) -> None:
    client.beta.agents.update(AGENT, version=version, system=SYSTEM)


try:
    save(version=3)
except ConflictError as error:
    # A code names a conflict that reading again does not solve.
    if error.error_code is not None:
        raise
    # Somebody changed the agent: read it, then decide.
    current = client.beta.agents.retrieve(AGENT)
    if current.system != SYSTEM:
        save(current.version)
print("Saved.")
# endregion
