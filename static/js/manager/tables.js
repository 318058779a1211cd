/** Tables of rates. Every figure stands as a number; the bar beside it only helps the eye. */
import { count, country, month, percent } from "../core/format.js";
import { html } from "../core/html.js";
import { label, text } from "../core/i18n.js";
import { axis, scaleFor, whisker } from "./whisker.js";

const name = (key, values) => text(`manager.js.${key}`, values);
const head = (...keys) => html`<thead role="rowgroup"><tr role="row">${keys.filter(Boolean).map(([words, look]) => html`<th role="columnheader" scope="col" class=${look || null}>${words}</th>`)}</tr></thead>`;
const FLAGS = { red: "M6 6l8 8M14 6l-8 8", amber: "M10 5v6M10 14v.1", green: "M5.5 10.5l3 3 6-7", insufficient: "M6 10h8" };

/** The verdict in words, with a sign of its own: never by colour alone. */
const flag = ({ flag: code, reason }) => html`<span class="flag flag-${code}">
  <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><circle cx="10" cy="10" r="9"/><path d=${FLAGS[code] || FLAGS.insufficient} /></svg>
  <span>${label("manager.js", code)}${reason && html`<span class="faint">${label("manager.js.reason", reason)}</span>`}</span>
</span>`;

const range = (interval) => (interval ? name("range", { low: percent(interval.low), high: percent(interval.high) }) : "–");

const numbers = (item) => [
  html`<td role="cell" class="number" data-label=${name("sold")}>${count(item.sold)}</td>`,
  html`<td role="cell" class="number" data-label=${name("returned")}>${count(item.returned)}</td>`,
  html`<td role="cell" class="number strong" data-label=${name("rate")}>${percent(item.rate)}</td>`,
];

const rangeCell = (item, even, scale) => html`<td role="cell" class="range" data-label=${name("interval")}>
  <span class="range-text">${range(item.interval)}</span>${whisker(item, even, scale)}</td>`;

const legend = () => html`<p class="legend" aria-hidden="true"><span class="legend-rate">${name("legendRate")}</span><span class="legend-even">${name("legendEven")}</span></p>`;

/** All lines; `href(line)` leads to one of them. */
export function linesTable(items, period, href) {
  const scale = scaleFor(items, items.filter((item) => item.flag !== "insufficient").map((item) => item.break_even));
  return html`<div class="table-frame" tabindex="0" role="region" aria-labelledby="caption"><table class="cards rates" role="table">
    <caption id="caption">${name("caption", { period })}</caption>
    ${head([name("line")], [name("flag")], [name("sold"), "number"], [name("returned"), "number"], [name("rate"), "number"],
    [html`${name("interval")}${axis(scale)}`, "range"], [name("breakEven"), "number"])}
    <tbody role="rowgroup">${items.map((item) => html`<tr role="row">
      <th role="rowheader" scope="row"><a href=${href(item)}>${item.name}</a></th>
      <td role="cell" data-label=${name("flag")}>${flag(item)}</td>
      ${numbers(item)}
      ${rangeCell(item, item.break_even, scale)}
      <td role="cell" class="number" data-label=${name("breakEven")}>${percent(item.break_even)}</td>
    </tr>`)}</tbody>
  </table></div>${legend()}`;
}

const KEYS = { country, month };

/** One line by country, month, channel or model. */
export function splitTable(items, line, by, period) {
  const scale = scaleFor(items, [line.break_even]);
  const key = KEYS[by] || ((code) => String(code).replaceAll("_", " "));
  return html`<div class="table-frame" tabindex="0" role="region" aria-labelledby="caption"><table class="cards rates" role="table">
    <caption id="caption">${name("splitCaption", { line: line.name, by: label("manager.js.by", by), period })}</caption>
    ${head([label("manager.js.key", by)], [name("sold"), "number"], [name("returned"), "number"], [name("rate"), "number"], [html`${name("interval")}${axis(scale)}`, "range"])}
    <tbody role="rowgroup">${items.map((item) => html`<tr role="row">
      <th role="rowheader" scope="row">${key(item.key)}</th>${numbers(item)}${rangeCell(item, line.break_even, scale)}
    </tr>`)}</tbody>
  </table></div>${legend()}`;
}

/** The figures in a sentence; for one line alone its verdict and numbers. */
export function sentence(items, single = false) {
  const by = (code) => items.filter((item) => item.flag === code).length;
  if (!items.length) return [name("summaryEmpty")];
  if (single) {
    const [line] = items;
    return [flag(line), html`<span class="sentence-rate">${name("rate")} ${percent(line.rate)} · ${name("breakEven")} ${percent(line.break_even)}</span>`];
  }
  const more = ["amber", "insufficient"].filter(by).map((code) => html` <span>${name(code === "amber" ? "amberMore" : "insufficientMore", { count: by(code) })}</span>`);
  return [html`<strong>${by("red") ? name("summary", { count: by("red"), all: items.length }) : name("summaryNone")}</strong>`, ...more];
}

