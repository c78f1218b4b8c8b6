"""What is often written instead: a loop around everything that begins again from nothing, and retries of the SDK below it."""

import os
import time

from anthropic import Anthropic

SECOND = float(os.environ.get("SECOND", "1"))
MODEL = "claude-sonnet-5-5"
api = Anthropic()


def again(call):
    while True:
        try:
            return call()
        except Exception:
            time.sleep(SECOND)


def write(prompt):
    parts = []

    def call():
        with api.messages.stream(model=MODEL, max_tokens=4096, messages=[{"role": "user", "content": prompt}]) as stream:
            parts.extend(stream.text_stream)

    again(call)
    return "".join(parts)


def ask(prompt, tools, run):
    def call():
        chat = [{"role": "user", "content": prompt}]
        while True:
            message = api.messages.create(model=MODEL, max_tokens=4096, messages=chat, tools=tools)
            uses = [block for block in message.content if block.type == "tool_use"]
            if not uses:
                return message.content[0].text
            told = [{"type": "tool_result", "tool_use_id": use.id, "content": run(use.name, use.input)} for use in uses]
            chat += [{"role": "assistant", "content": message.content}, {"role": "user", "content": told}]

    return again(call)


def batch(prompts):
    def call():
        params = {"model": MODEL, "max_tokens": 4096}
        rows = [
            {"custom_id": name, "params": {**params, "messages": [{"role": "user", "content": text}]}} for name, text in prompts.items()
        ]
        made = api.messages.batches.create(requests=rows)
        while api.messages.batches.retrieve(made.id).processing_status != "ended":
            time.sleep(SECOND)
        return {row.custom_id: row.result.message.content[0].text for row in api.messages.batches.results(made.id)}

    for _ in range(5):
        try:
            return call()
        except Exception:
            time.sleep(SECOND)
    return call()
