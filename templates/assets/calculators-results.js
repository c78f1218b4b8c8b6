// What the calculators say: sentences, table, chart and formulas for numbers that are all right. Texts become text nodes, never HTML.
import * as core from "./calculators-core.js";
import { bars, lines } from "./calculators-charts.js";

const { Exact, money, price, written } = core;
const TTLS = ["5m", "1h"];
const STEPS = [-3, -2, -1, 0, 1, 2, 3]; // doublings on both sides of the reader's own rate
const BURSTS = 8;
const THOUSAND = Exact.of(1000);
const HUNDRED = Exact.of(100);

const amount = (value, places = 0) => written(Exact.of(value), places);
const percent = (value, places = 1) => written(value.times(HUNDRED), places);
const power = (exponent) => ["1", "a"][exponent] ?? `a^${exponent}`;

/** A number with about three digits that count, for the ticks of a chart. */
function short(value) {
  const size = value.number();
  return written(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 4);
}

/** Puts a view into its place: {say, warnings, head, rows, chart, formulas}, all but the first may be missing. */
export function show(result, { say, warnings = [], head, rows = [], chart = null, formulas = [] }) {
  result.querySelector("[data-example]")?.remove();
  const place = (name) => result.querySelector(`[data-${name}]`);
  place("say").replaceChildren(...say.map((sentence) => element("p", {}, sentence)));
  place("warnings").replaceChildren(...warnings.map((sentence) => element("p", { class: "ce-calc__warning" }, sentence)));
  place("table").replaceChildren(...(rows.length === 0 ? [] : [table(head, rows)]));
  place("chart").replaceChildren(...(chart === null ? [] : [figure(chart)]));
  place("formulas").replaceChildren(
    ...formulas.map(([label, line]) => element("div", {}, element("dt", {}, label), element("dd", {}, element("code", {}, line)))),
  );
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function table(head, rows) {
  const line = (cells) => element("tr", {}, ...cells.map((cell, index) => element("td", index === 0 ? {} : { "data-l": head[index] }, cell)));
  const top = element("tr", {}, ...head.map((cell) => element("th", { scope: "col" }, cell)));
  return element("table", { class: "ce-table ce-calc__table" }, element("thead", {}, top), element("tbody", {}, ...rows.map(line)));
}

function figure({ title, picture, head, rows = [] }) {
  const caption = element("figcaption", {}, title);
  const beside = rows.length === 0 ? [] : [table(head, rows)];
  return element("figure", { class: "ce-time ce-calc__figure" }, picture, caption, ...beside);
}

// --- Caching ---------------------------------------------------------------------------------------------------------

export function caching(values, { data, t: words, dollars }) {
  const { model, ttl, pattern, requests, burst, prefix, other, output } = values;
  const t = (key, slots) => words(`caching.${key}`, slots);
  const prompt = prefix.plus(other);
  const band = core.bandOf(model, prompt);
  const hours = Exact.of(data.periods[values.period]);
  const perHour = requests.over(hours);
  const without = core.plainCost(model, prompt, output).times(requests);
  const found = Object.fromEntries(
    TTLS.map((each) => [each, core.caching(model, values, each, { pattern, requests, hours, burst }, data.lifetimes[each])]),
  );
  const chosen = found[ttl];
  const small = model.minimum !== null && prefix.compare(model.minimum) < 0;
  const plainLine = `${amount(requests)} × (${amount(prompt)} × ${price(band.input)} + ${amount(output)} × ${price(band.output)}) ÷ 1,000,000 = ${money(without)}`;
  const view = {
    say: [],
    warnings: cachingWarnings(model, prompt, t),
    head: ["way", "cost", "writes", "reads", "difference"].map((key) => t(key)),
    rows: [[t("plain"), dollars(without), "0", "0", ""]],
    formulas: [[t("f_plain"), plainLine]],
  };
  if (chosen === null) return { ...view, say: [t("no_price", { model: model.id, without: dollars(without) })] };
  if (small) return { ...view, say: [t("short", { model: model.id, minimum: amount(model.minimum), without: dollars(without) })] };

  for (const each of TTLS) {
    const { cached, writes, reads } = found[each];
    const more = cached.minus(without);
    const change = without.top === 0n ? "" : ` (${percent(more.over(without))}%)`;
    view.rows.push([words(each), dollars(cached), written(writes, 1), written(reads, 1), `${dollars(more)}${change}`]);
  }
  view.say = cachingSentences(values, { found, without, band, perHour, data, words, t, dollars });
  view.formulas.push(...cachingFormulas(values, { chosen, band, perHour, hours, data, t }));
  view.chart = cachingChart(values, { band, perHour, data, words, t, dollars });
  return view;
}

function cachingWarnings(model, prompt, t) {
  const warnings = [];
  const [first] = model.bands;
  if (!model.confirmed) warnings.push(t("unconfirmed", { model: model.id }));
  if (model.minimum === null) warnings.push(t("unknown_minimum", { model: model.id }));
  else if (!model.minimum_confirmed) warnings.push(t("unconfirmed_minimum", { model: model.id, minimum: amount(model.minimum) }));
  if (first.up_to !== null && prompt.compare(first.up_to) > 0) warnings.push(t("band", { limit: amount(first.up_to), model: model.id }));
  if (model.retires !== null) warnings.push(t("retires", { model: model.id, day: model.retires }));
  return warnings;
}

function cachingSentences({ ttl, pattern }, { found, without, band, perHour, data, words, t, dollars }) {
  const { cached } = found[ttl];
  const order = cached.compare(without);
  const share = order === 0 ? "" : percent((order < 0 ? without.minus(cached) : cached.minus(without)).over(without));
  const say = [t(order < 0 ? "pays" : order > 0 ? "costs" : "same", { cached: dollars(cached), without: dollars(without), percent: share })];
  const number = core.breakEven(band, ttl);
  if (number !== null) say.push(t("number", { ttl: words(ttl), number }));
  const rate = core.breakEvenRate(band, ttl, pattern, data.lifetimes[ttl]);
  if (rate !== null) say.push(t("rate", { rate: amount(rate.toFixed(12), 2), yours: written(perHour, 2) }));
  const ways = [[t("plain"), without], ...TTLS.map((each) => [words(each), found[each].cached])];
  const [best] = ways.reduce((least, way) => (way[1].compare(least[1]) < 0 ? way : least));
  return [...say, t("best", { best })];
}

function cachingFormulas({ ttl, pattern, requests, burst, prefix, other, output }, { chosen, band, perHour, hours, data, t }) {
  const life = Exact.of(data.lifetimes[ttl]);
  const writes = written(chosen.writes, 2);
  const reads = written(chosen.reads, 2);
  const gap = hours.over(requests);
  const sign = { "-1": "<", 0: "=", 1: ">" }[gap.compare(life)];
  const counted = {
    random: `1 + ${amount(requests.minus(1))} × e^(−${written(perHour, 2)} × ${written(life, 4)}) = ${writes}`,
    even: `${amount(hours)} ÷ ${amount(requests)} = ${written(gap, 6)} ${sign} ${written(life, 6)} → ${writes}`,
    bursts: `⌈${amount(requests)} ÷ ${amount(burst)}⌉ = ${writes}`,
  }[pattern];
  const rest = `${amount(requests)} × (${amount(other)} × ${price(band.input)} + ${amount(output)} × ${price(band.output)})`;
  const [write, read] = [price(band[ttl]), price(band.read)];
  const lines = [
    [t("f_writes"), counted],
    [
      t("f_cached"),
      `(${writes} × ${amount(prefix)} × ${write} + ${reads} × ${amount(prefix)} × ${read} + ${rest}) ÷ 1,000,000 = ${money(chosen.cached)}`,
    ],
  ];
  const even = core.bound(band, ttl);
  if (even !== null) {
    const sum = `(${write} − ${read}) ÷ (${price(band.input)} − ${read}) = ${written(even, 2)} → ${core.breakEven(band, ttl)}`;
    lines.push([t("f_number"), sum]);
  }
  return lines;
}

/** The numbers of requests in a burst that the chart shows: 1 to 8, or seven up to the reader's own. */
function burstPlaces(burst) {
  const own = Number(burst.top);
  const all = own <= BURSTS ? Array.from({ length: BURSTS }, (_, index) => index + 1) : STEPS.map((_, index) => Math.max(1, Math.round((own * index) / 6)));
  return [...new Set(all)].map((place) => Exact.of(place));
}

function cachingChart(values, { perHour, data, words, t, dollars }) {
  const { model, pattern, burst } = values;
  const bursts = pattern === "bursts";
  const places = bursts ? burstPlaces(burst) : STEPS.map((step) => (step < 0 ? perHour.over(2 ** -step) : perHour.times(2 ** step)));
  const marked = places.findIndex((place) => place.compare(bursts ? burst : perHour) === 0);
  const costs = (ttl, place) => {
    const { plain, write, read } = core.requestCosts(model, values, ttl);
    if (bursts) return { plain: plain.times(place), cached: write.plus(read.times(place.minus(1))) };
    const share = core.missed(pattern, place, data.lifetimes[ttl], burst);
    return { plain: plain.times(THOUSAND), cached: write.times(share).plus(read.times(Exact.of(1).minus(share))).times(THOUSAND) };
  };
  const series = [
    { name: t("plain"), amounts: places.map((place) => costs("5m", place).plain) },
    ...TTLS.map((ttl) => ({ name: words(ttl), amounts: places.map((place) => costs(ttl, place).cached) })),
  ];
  const all = series.flatMap(({ amounts }) => amounts);
  const highest = all.reduce((most, one) => (one.compare(most) > 0 ? one : most));
  const levels = [Exact.of(0), highest.over(2), highest].map((value) => ({ value: value.number(), label: money(value) }));
  const title = t(bursts ? "chart_burst" : "chart_rate");
  const picture = lines({
    title,
    text: t("chart_text"),
    ticks: places.map(short),
    marked,
    series: series.map(({ name, amounts }) => ({ name, values: amounts.map((value) => value.number()) })),
    levels: highest.top === 0n ? levels.slice(0, 1) : levels,
  });
  const name = (place, index) => (index === marked ? `${short(place)} (${t("yours")})` : short(place));
  return {
    title,
    picture,
    head: [t(bursts ? "burst_head" : "rate_head"), ...series.map((one) => one.name)],
    rows: places.map((place, index) => [name(place, index), ...series.map(({ amounts }) => dollars(amounts[index]))]),
  };
}

// --- Failures --------------------------------------------------------------------------------------------------------

export function failures(values, { data, t: words, dollars }) {
  const t = (key, slots) => words(`failures.${key}`, slots);
  const { model, calls, retries, loops, timeout } = values;
  const part = (value) => value.over(HUNDRED);
  const cost = core.plainCost(model, values.input, values.output);
  const traffic = {
    calls,
    cost,
    ...Object.fromEntries(["invalid", "limited", "server", "timeout"].map((name) => [name, part(values[name])])),
    timeoutSeconds: values.timeout_seconds,
    retryAfter: values.retry_after,
  };
  const [own, tries, standard] = [Number(retries.top), Number(loops.top), data.sdk_retries];
  const policies = {
    none: { retries: 0, loops: 1 },
    sdk: { retries: standard, loops: 1, n: standard },
    own: { retries: own, loops: 1, n: own },
    loop: { retries: standard, loops: tries, n: tries },
  };
  const found = Object.fromEntries(Object.entries(policies).map(([name, policy]) => [name, core.failures(traffic, policy, data.backoff)]));
  const { none, sdk, loop } = found;
  const say = [
    t("say_default", { failed: written(sdk.failed, 1), calls: amount(calls), without: written(none.failed, 1) }),
    t("say_own", { n: own, failed: written(found.own.failed, 1) }),
    t("say_loop", { n: tries, wasted: written(loop.wasted, 1), sdk: written(sdk.wasted, 1), failed: written(loop.failed, 1) }),
    timeout.top === 0n ? t("say_free") : t("say_money", { money: dollars(sdk.money) }),
  ];
  const rows = Object.entries(found).map(([name, outcome]) => [
    t(name, policies[name]),
    written(outcome.wasted, 1),
    written(outcome.failed, 1),
    dollars(outcome.money),
    t("seconds", { n: written(outcome.waiting.over(calls), 4) }),
    t("hours", { n: written(outcome.stalled.over(3600), 2) }),
  ]);
  const title = t("chart");
  const picture = bars({
    title,
    text: t("chart_text"),
    rows: Object.entries(found).map(([name, { wasted }]) => ({ label: t(name, policies[name]), value: wasted.number(), shown: written(wasted, 1) })),
  });
  return {
    say,
    warnings: [],
    head: ["way", "wasted", "failed", "money", "waiting", "stalled"].map((key) => t(key)),
    rows,
    chart: { title, picture },
    formulas: failureFormulas(values, traffic, sdk, data, t),
  };
}

function failureFormulas(values, traffic, sdk, data, t) {
  const wrong = traffic.calls.times(traffic.invalid);
  const right = written(traffic.calls.minus(wrong), 2);
  const sent = written(sdk.attempts.minus(wrong), 2);
  const kinds = [values.limited, values.server, values.timeout];
  const failing = kinds.reduce((all, one) => all.plus(one));
  const retries = Array.from({ length: data.sdk_retries }, (_, index) => index);
  const formulas = [
    [t("f_failing"), `a = ${kinds.map((kind) => `${written(kind, 4)}%`).join(" + ")} = ${written(failing, 4)}%`],
    [t("f_attempts"), `${right} × (${[...retries, retries.length].map(power).join(" + ")}) = ${sent}`],
    [t("f_failed"), `${right} × ${power(retries.length + 1)} + ${written(wrong, 2)} = ${written(sdk.failed, 2)}`],
    [t("f_money"), `${sent} × ${written(values.timeout, 4)}% × ${money(traffic.cost)} = ${money(sdk.money)}`],
  ];
  if (values.retry_after.top !== 0n) return formulas; // the waits then differ from kind to kind
  const pauses = retries.map((retry) => `${power(retry + 1)} × ${written(core.meanWait(data.backoff, retry), 4)}`).join(" + ");
  return [...formulas, [t("f_waiting"), `${right} × (${pauses}) = ${written(sdk.waiting, 2)}`]];
}

// --- Batch -----------------------------------------------------------------------------------------------------------

export function batch(values, { data, t: words, dollars }) {
  const t = (key, slots) => words(`batch.${key}`, slots);
  const { model, requests, deadline } = values;
  const cost = core.plainCost(model, values.input, values.output);
  const failing = values.failing.over(HUNDRED);
  const found = core.batch({ requests, cost, failing, resubmissions: Number(values.resubmissions.top) }, data.batch);
  const rounds = found.rows.length;
  const [usual, most] = [data.batch.typical_hours, data.batch.longest_hours].map((hours) => Exact.of(hours).times(rounds));
  const verdict = deadline.compare(most) >= 0 ? "safe" : deadline.compare(usual) >= 0 ? "likely" : "late";
  const saved = found.single.minus(found.batch);
  const slots = { batch: dollars(found.batch), single: dollars(found.single), percent: saved.top === 0n ? "" : percent(saved.over(found.single)) };
  const say = [
    t(saved.top > 0n ? "saves" : "same", slots),
    t(verdict, { deadline: written(deadline, 2), usual: written(usual, 2), most: written(most, 2), rounds }),
  ];
  if (found.batches > 1n) say.push(t("several", { batches: written(new Exact(found.batches)), max: amount(data.batch.max_requests) }));
  if (found.left.top > 0n) say.push(t("left", { left: written(found.left, 1) }));
  const rest = found.left.times(cost);
  const answered = found.rows.map(({ sent }) => written(sent.times(Exact.of(1).minus(failing)), 2)).join(" + ");
  const factor = `${written(HUNDRED.minus(data.batch.discount), 2)}%`;
  const title = t("chart");
  const picture = bars({
    title,
    text: t("chart_text"),
    rows: [
      { label: t("total"), value: found.batch.number(), shown: money(found.batch) },
      { label: t("single"), value: found.single.number(), shown: money(found.single) },
    ],
  });
  return {
    say,
    warnings: [],
    head: ["step", "sent", "cost"].map((key) => t(key)),
    rows: [
      ...found.rows.map(({ sent, paid }, index) => [t("round", { n: index + 1 }), written(sent, 1), dollars(paid)]),
      [t("rest"), written(found.left, 1), dollars(rest)],
      [t("total"), amount(requests), dollars(found.batch)],
      [t("single"), amount(requests), dollars(found.single)],
    ],
    chart: { title, picture },
    formulas: [
      [t("f_single"), `${amount(requests)} × ${money(cost)} = ${money(found.single)}`],
      [t("f_batch"), `(${answered}) × ${money(cost)} × ${factor} + ${written(found.left, 2)} × ${money(cost)} = ${money(found.batch)}`],
    ],
  };
}
