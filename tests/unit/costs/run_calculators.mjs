// Answers questions with the calculators' own arithmetic: standard input holds {data, questions}, standard output an answer for each.
import { readFileSync } from "node:fs";
import * as core from "../../../templates/assets/calculators-core.js";

const { data, questions } = JSON.parse(readFileSync(0, "utf8"));
const models = Object.fromEntries(data.models.map((model) => [model.id, model]));
const exact = (of) => Object.fromEntries(Object.entries(of).map(([name, value]) => [name, core.Exact.of(value)]));
const both = (amount) => [String(core.cents(amount)), core.money(amount)];

const answers = {
  caching({ model, tokens, ttl, pattern, requests, hours, burst }) {
    const lifetime = data.lifetimes[ttl];
    const period = { pattern, ...exact({ requests, hours, burst }) };
    const found = core.caching(models[model], exact(tokens), ttl, period, lifetime);
    const band = core.bandOf(models[model], core.Exact.of(tokens.prefix).plus(tokens.other));
    const even = core.breakEven(band, ttl);
    return {
      number: even === null ? null : Number(even),
      rate: core.breakEvenRate(band, ttl, pattern, lifetime),
      costs: found === null ? null : [...both(found.without), ...both(found.cached), ...both(found.without.minus(found.cached))],
      writes: found === null ? null : core.written(found.writes, 6),
    };
  },
  failures({ traffic, policy }) {
    const found = core.failures(exact(traffic), policy, data.backoff);
    return { money: both(found.money), ...Object.fromEntries(["attempts", "wasted", "failed", "waiting", "stalled"].map((name) => [name, String(found[name])])) };
  },
  batch({ requests, cost, failing, resubmissions }) {
    const found = core.batch({ ...exact({ requests, cost, failing }), resubmissions }, data.batch);
    return { single: both(found.single), batch: both(found.batch), batches: String(found.batches), left: String(found.left), rows: found.rows.map((row) => [String(row.sent), ...both(row.paid)]) };
  },
  written: ({ value, places }) => core.written(core.Exact.of(value), places),
  price: ({ value }) => core.price(core.Exact.of(value)),
  money: ({ value }) => both(core.Exact.of(value)),
  read({ text, rules }) {
    const { value, error } = core.readNumber(text, rules);
    return error ?? String(value);
  },
};

process.stdout.write(JSON.stringify(questions.map(({ kind, ...question }) => answers[kind](question))));
