// Plain SVG charts: x in percent and y in pixels, so that text keeps its size at every width. Ink only: lines are told
// apart by their dashes and by the names at their ends. Texts become text nodes, never HTML.

const SVG = "http://www.w3.org/2000/svg";
const TOP = 22;
const BOTTOM = 212;
const LEFT = 7;
const RIGHT = 70;
const APART = 16; // pixels between the names of lines
const LONG = 5; // characters of a label from which only some fit on a phone

let number = 0;

function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function picture(height, title, text) {
  number += 1;
  const ids = [`chart-${number}-title`, `chart-${number}-text`];
  return svg(
    "svg",
    { role: "img", "aria-labelledby": ids.join(" "), height, class: "ce-chart" },
    svg("title", { id: ids[0] }, title),
    svg("desc", { id: ids[1] }, text),
  );
}

/**
 * Lines over the same places. `ticks` are the labels of the places, `marked` the index of the reader's own,
 * `series` [{name, values}], `levels` [{value, label}] the horizontal lines from 0 to the highest.
 */
export function lines({ title, text, ticks, marked, series, levels }) {
  const chart = picture(BOTTOM + 34, title, text);
  const highest = levels.at(-1).value || 1;
  const x = (index) => LEFT + ((RIGHT - LEFT) * index) / Math.max(ticks.length - 1, 1);
  const y = (value) => BOTTOM - ((BOTTOM - TOP) * value) / highest;
  for (const { value, label } of levels) {
    chart.append(svg("line", { class: "ax", x1: "0", x2: `${RIGHT}%`, y1: y(value), y2: y(value) }), svg("text", { x: "0", y: y(value) - 4 }, label));
  }
  const sparse = ticks.some((tick) => tick.length > LONG);
  const middle = marked >= 0 ? marked : (ticks.length - 1) / 2;
  ticks.forEach((tick, index) => {
    const end = index === 0 || index === ticks.length - 1;
    if (sparse && !end && index !== middle) return;
    const mine = index === marked;
    if (mine) chart.append(svg("line", { class: "mine", x1: `${x(index)}%`, x2: `${x(index)}%`, y1: TOP, y2: BOTTOM }));
    const attributes = { x: `${x(index)}%`, y: BOTTOM + 20, "text-anchor": "middle", ...(mine ? { class: "s" } : {}) };
    chart.append(svg("text", attributes, tick));
  });
  const ends = series.map(({ values }, index) => ({ index, place: y(values.at(-1)) })).sort((a, b) => a.place - b.place);
  ends.forEach((end, order) => {
    if (order > 0) end.place = Math.max(end.place, ends[order - 1].place + APART);
  });
  const over = ends.at(-1).place - BOTTOM;
  if (over > 0) {
    ends.at(-1).place = BOTTOM;
    for (let order = ends.length - 2; order >= 0; order -= 1) ends[order].place = Math.min(ends[order].place, ends[order + 1].place - APART);
  }
  series.forEach(({ name, values }, index) => {
    values.forEach((value, place) => {
      if (place > 0) {
        const from = values[place - 1];
        chart.append(svg("line", { class: `line line--${index}`, x1: `${x(place - 1)}%`, y1: y(from), x2: `${x(place)}%`, y2: y(value) }));
      }
      if (place === marked) chart.append(svg("svg", { x: `${x(place)}%`, y: y(value), overflow: "visible" }, svg("circle", { r: 4 })));
    });
    const { place } = ends.find((end) => end.index === index);
    chart.append(svg("svg", { x: `${RIGHT}%`, y: place, overflow: "visible" }, svg("text", { class: "s", x: 8, y: 4 }, name)));
  });
  return chart;
}

/** Bars below one another. `rows` [{label, value, shown}]. */
export function bars({ title, text, rows }) {
  const chart = picture(rows.length * 46 + 4, title, text);
  const highest = Math.max(...rows.map(({ value }) => value)) || 1;
  rows.forEach(({ label, value, shown }, index) => {
    const top = index * 46;
    const width = (RIGHT * value) / highest;
    chart.append(
      svg("text", { x: "0", y: top + 14 }, label),
      svg("rect", { class: "bar", x: "0", y: top + 21, width: `${width}%`, height: 14, rx: 2 }),
      svg("svg", { x: `${width}%`, y: top + 21, overflow: "visible" }, svg("text", { class: "s", x: 6, y: 12 }, shown)),
    );
  });
  return chart;
}
