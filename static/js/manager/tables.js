/** Tables of rates. Every figure stands as a number; the bar beside it only helps the eye. */
import { chance, count, country, month, percent } from "../core/format.js";
import { html } from "../core/html.js";
import { label, text } from "../core/i18n.js";
import { verdict } from "./verdict.js";
import { axis, scaleFor, whisker } from "./whisker.js";

const name = (key, values) => text(`manager.js.${key}`, values);
const head = (...keys) => html`<thead role="rowgroup"><tr role="row">${keys.filter(Boolean).map(([words, look]) => html`<th role="columnheader" scope="col" class=${look || null}>${words}</th>`)}</tr></thead>`;
const range = (interval) => (interval ? name("range", { low: percent(interval.low), high: percent(interval.high) }) : "–");

const numbers = (item) => [
  html`<td role="cell" class="number" data-label=${name("sold")}>${count(item.sold)}</td>`,
  html`<td role="cell" class="number" data-label=${name("returned")}>${count(item.returned)}</td>`,
  html`<td role="cell" class="number strong" data-label=${name("splitRate")}>${percent(item.rate)}</td>`,
];

const rangeCell = (item, even, scale) => html`<td role="cell" class="range" data-label=${name("interval")}>
  <span class="range-text">${range(item.interval)}</span>${whisker(item, even, scale)}</td>`;

const legend = () => html`<p class="legend" aria-hidden="true"><span class="legend-rate">${name("legendRate")}</span><span class="legend-even">${name("legendEven")}</span></p>`;

/** What a bar shows of a line: its loss rate at the age of the table. */
const bar = ({ nrr, status }) => ({ ...nrr, flag: status });

/** All lines; `href(line)` leads to one of them. */
export function linesTable(items, age, period, href) {
  const scale = scaleFor(items.map(bar), items.filter((item) => item.status !== "no_verdict").map((item) => item.money.break_even));
  return html`<div class="table-frame" tabindex="0" role="region" aria-labelledby="caption"><table class="cards rates" role="table">
    <caption id="caption">${name("caption", { age, period })}</caption>
    ${head([name("line")], [name("flag")], [name("sold"), "number"], [name("back"), "number"], [name("rate"), "number"],
    [html`${name("interval")}${axis(scale)}`, "range"], [name("breakEven"), "number"])}
    <tbody role="rowgroup">${items.map((item) => html`<tr role="row">
      <th role="rowheader" scope="row"><a href=${href(item)}>${item.name}</a></th>
      <td role="cell" data-label=${name("flag")}>${verdict(item)}</td>
      <td role="cell" class="number" data-label=${name("sold")}>${count(item.shipped)}</td>
      <td role="cell" class="number" data-label=${name("back")}>${name("of", { x: item.nrr.x, n: item.nrr.n })}</td>
      <td role="cell" class="number strong" data-label=${name("rate")}>${percent(item.nrr.rate)}</td>
      ${rangeCell(bar(item), item.money.break_even, scale)}
      <td role="cell" class="number" data-label=${name("breakEven")}>${percent(item.money.break_even)}
        ${item.money.p_loss !== null && html`<span class="range-text faint">${name("lossChance", { chance: chance(item.money.p_loss) })}</span>`}</td>
    </tr>`)}</tbody>
  </table></div>${legend()}`;
}

const KEYS = { country, month };

/** One line by country, month, channel or model. */
export function splitTable(items, line, by, period) {
  const scale = scaleFor(items, [line.money.break_even]);
  const key = KEYS[by] || ((code) => String(code).replaceAll("_", " "));
  return html`<div class="table-frame" tabindex="0" role="region" aria-labelledby="caption"><table class="cards rates" role="table">
    <caption id="caption">${name("splitCaption", { line: line.name, by: label("manager.js.by", by), period })}</caption>
    ${head([label("manager.js.key", by)], [name("sold"), "number"], [name("returned"), "number"], [name("splitRate"), "number"], [html`${name("interval")}${axis(scale)}`, "range"])}
    <tbody role="rowgroup">${items.map((item) => html`<tr role="row">
      <th role="rowheader" scope="row">${key(item.key)}</th>${numbers(item)}${rangeCell(item, line.money.break_even, scale)}
    </tr>`)}</tbody>
  </table></div>${legend()}`;
}
