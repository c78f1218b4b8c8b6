"""Gives the jobs of `jobs.json` to the client beside it and prints what came of them as JSON."""

import json
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path.cwd()))
plan = json.loads(Path("jobs.json").read_text(encoding="utf-8"))
os.environ["SECOND"] = str(1 / plan["scale"])

import client  # noqa: E402 - it reads the environment

TOOL = {
    "name": "book",
    "input_schema": {"type": "object", "properties": {"job": {"type": "integer"}}, "required": ["job"]},
}
texts: dict[str, list[str]] = {}
failures: dict[str, str] = {}
booked: list[int] = []
lock = threading.Lock()


def book(name: str, arguments: dict[str, int]) -> str:
    with lock:
        booked.append(arguments["job"])
    return f"{name}: done"


def do(job: dict[str, object]) -> None:
    prompt = f"job {job['number']}"
    try:
        if job["kind"] == "stream":
            found = {prompt: client.write(prompt)}
        elif job["kind"] == "batch":
            found = client.batch({name.replace(" ", "-"): name for name in job["prompts"]})
        else:
            found = {prompt: client.ask(prompt, [TOOL] if job["kind"] == "tool" else [], book)}
    except Exception as error:
        with lock:
            failures[prompt] = repr(error)
        return
    with lock:
        for name, text in found.items():
            texts.setdefault(name.replace("-", " "), []).append(text)


with ThreadPoolExecutor(plan["workers"]) as pool:
    list(pool.map(do, plan["jobs"]))
print(json.dumps({"texts": texts, "failures": failures, "booked": booked}))
