"""What the hub tells users fits the verdict of each guide: it asks nobody to wait where waiting cannot help."""

from __future__ import annotations

import json

import pytest

from generator.content.project import Project
from mock_api.scenario import known
from snippet_runner import blocks
from snippet_runner.hosts import Hosts
from snippet_runner.run import Runner

IN_PYTHON = """
import json
def met(slug):
    try:
        Anthropic(max_retries=0, base_url=f"{root}/scenario/{slug};id=tell-py").messages.create(
            model="claude-sonnet-5-5", max_tokens=9, messages=[{"role": "user", "content": "Hello"}])
    except Exception as error:
        return kind(error)
print("TOLD" + json.dumps({slug: met(slug) for slug in slugs}))
"""
IN_TYPESCRIPT = """
const told: Record<string, string> = {};
for (const slug of slugs) {
  try {
    await new Anthropic({ maxRetries: 0, baseURL: `${root}/scenario/${slug};id=tell-ts` }).messages.create({
      model: "claude-sonnet-5-5", max_tokens: 9, messages: [{ role: "user", content: "Hello" }] });
  } catch (error) { told[slug] = kind(error); }
}
console.log("TOLD" + JSON.stringify(told));
"""


def kinds(runner: Runner, hosts: Hosts, name: str, slugs: list[str]) -> dict[str, str]:
    """Return what `kind` of the shown program makes of the error of each scenario."""
    snippet = runner.project.programs["_handling_tell"].files[name]
    declared = "{}slugs = {}\n{}root = {}\n" if name.endswith(".py") else "{}slugs = {};\n{}root = {};\n"
    const = "" if name.endswith(".py") else "const "
    tail = declared.format(const, json.dumps(slugs), const, json.dumps(runner.base_url))
    tail += IN_PYTHON if name.endswith(".py") else IN_TYPESCRIPT
    source = blocks.framed(snippet, snippet.shown, runner.project.root) + tail
    outcome = hosts.run(name, source, f"{runner.base_url}/scenario/;id=tell-{name}")
    assert outcome.well, outcome.output
    line = next(line for line in outcome.output.splitlines() if line.startswith("TOLD"))
    return dict(json.loads(line.removeprefix("TOLD")))


@pytest.mark.parametrize("name", ["program.py", "program.ts"])
def test_users_are_told_what_the_verdict_says(project: Project, runner: Runner, hosts: Hosts, name: str) -> None:
    entries = {slug: located.entry for slug, located in project.catalogue.by_slug.items()}
    slugs = [slug for slug in known(entries) if slug in entries and entries[slug].origin == "server" and entries[slug].main.status != 200]
    assert len(slugs) > 15

    told = kinds(runner, hosts, name, slugs)

    assert told.keys() == set(slugs)
    for slug, kind in told.items():
        verdict = entries[slug].verdict
        if verdict.retry in ("backoff", "after_delay"):
            assert kind == "busy", slug
        elif verdict.fault == "account":
            assert kind == "closed", slug
        elif verdict.retry in ("after_change", "never"):
            assert kind != "busy", slug
