/** The period of the figures. People name the last month they mean; the API the month after it. */
import { month } from "../core/format.js";
import { html } from "../core/html.js";
import { text } from "../core/i18n.js";
import { $, fill, show } from "../core/page.js";

const FORM = /^\d{4}-(0[1-9]|1[0-2])$/;
const read = (query, name) => (FORM.test(query.get(name) || "") ? query.get(name) : "");

/** A month moved by some months: shift("2026-12", 1) is "2027-01". */
export function shift(value, by) {
  const months = Number(value.slice(0, 4)) * 12 + Number(value.slice(5)) - 1 + by;
  return `${String(Math.floor(months / 12)).padStart(4, "0")}-${String((months % 12) + 1).padStart(2, "0")}`;
}

/** from and to as the API takes them, half-open. */
export function periodQuery(query) {
  const from = read(query, "from");
  const to = read(query, "to");
  return { ...(from && { from }), ...(to && { to: shift(to, 1) }) };
}

export function periodText(query) {
  const from = read(query, "from");
  const to = read(query, "to");
  if (from && to) return text("manager.js.periodText", { from: month(from), to: month(to) });
  if (from) return text("manager.js.since", { from: month(from) });
  return to ? text("manager.js.until", { to: month(to) }) : text("manager.js.allTime");
}

function presets() {
  const now = new Date().toISOString().slice(0, 7);
  const year = now.slice(0, 4);
  return [["presetAll", "", ""], ["last12", shift(now, -11), now], ["thisYear", `${year}-01`, `${year}-12`],
    ["lastYear", shift(`${year}-01`, -12), shift(`${year}-12`, -12)]];
}

function onSubmit(event) {
  const { from, to } = event.target.elements;
  const bad = [from, to].some(({ value }) => value && !FORM.test(value)) ? "badMonth"
    : from.value && to.value && from.value > to.value ? "badPeriod" : "";
  fill($("period-error"), bad && text(`manager.js.${bad}`));
  show($("period-error"), Boolean(bad));
  if (bad) event.preventDefault();
}

/** Fill the period form; `address` makes this page's address with parameters changed. */
export function showPeriod(query, address) {
  const form = $("period");
  form.elements.from.value = read(query, "from");
  form.elements.to.value = read(query, "to");
  for (const name of ["line", "by"])
    if (query.get(name)) form.append(html`<input type="hidden" name=${name} value=${query.get(name)} />`);
  form.addEventListener("submit", onSubmit);
  fill($("presets"), ...presets().map(([name, from, to]) => html`<a href=${address({ from, to })}
    aria-current=${read(query, "from") === from && read(query, "to") === to && "true"}>${text(`manager.js.${name}`)}</a>`));
}
