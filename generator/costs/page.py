"""Gathers what the template of the calculators shows: examples, tables, and the data for the script.

Must not compute or write words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from generator.content.facts import Facts, written
from generator.costs import break_even, caching, calculators, examples, failures
from generator.text.writer import Writer


def values(facts: Facts, writer: Writer) -> dict[str, Any]:
    """Return the values for `calculators.md.j2` in the language of `writer`, which then knows the sources of the page."""
    for source_id in calculators.source_ids(facts):
        writer.cite(source_id)
    waits = failures.backoff(facts)
    found = calculators.data(facts)
    models = caching.current_models(facts)
    results = {name: getattr(examples, name)(facts, writer.t) for name in ("caching", "failures", "batch")}
    rules = [(name, "" if fact.value is True else written(fact), fact.checked.isoformat()) for name, fact in calculators.rules(facts)]
    data = json.dumps({**found, "words": writer.t.group("calculators.ui")}, ensure_ascii=False, separators=(",", ":"))
    return {
        "data": data.replace("<", "\\u003c"),  # nothing in it can look like the end of the script
        "models": models,
        "caching": calculators.CACHING,
        "failures": calculators.FAILURES,
        "batch": calculators.BATCH,
        "results": results,
        "rows": break_even.rows(facts),
        "picture": break_even.picture(facts, calculators.CACHING.model),
        "prices": list(_prices(facts, models)),
        "rules": rules,
        "slots": {
            "retries": found["sdk_retries"],
            "timeout": calculators.timeout_seconds(facts),
            "initial": caching.written(waits.initial, 2),
            "growth": caching.written(waits.growth, 2),
            "longest": caching.written(waits.longest, 2),
            "jitter": caching.written(waits.jitter * 100, 2),
            "discount": found["batch"]["discount"],
            "max": f"{int(found['batch']['max_requests']):,}",
            "old_after_days": calculators.OLD_AFTER_DAYS,
        },
        "checked": max(facts.prices.models[model].checked for model in models).isoformat(),
    }


def _prices(facts: Facts, models: list[str]) -> Iterator[dict[str, Any]]:
    for model in models:
        prices = caching.pricing(facts, model)
        for number, band in enumerate(prices.bands):
            limit = band.up_to or (prices.bands[number - 1].up_to if number else None)
            amounts = {
                "input": band.input,
                "output": band.output,
                "write_5m": band.write["5m"],
                "write_1h": band.write["1h"],
                "read": band.read,
            }
            yield {
                "model": model,
                "condition": None if limit is None else "up_to" if band.up_to else "above",
                "limit": "" if limit is None else f"{limit:,}",
                "checked": prices.checked.isoformat(),
                "confirmed": prices.confirmed,
                **{name: None if amount is None else caching.price(amount) for name, amount in amounts.items()},
            }
