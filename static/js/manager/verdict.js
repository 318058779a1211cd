/** The verdict on a product line: in words, with a sign of its own, and what it stands on. */
import { chance, percent } from "../core/format.js";
import { html } from "../core/html.js";
import { label, text } from "../core/i18n.js";

const SIGNS = { loss_making: "M6 6l8 8M14 6l-8 8", at_risk: "M10 5v6M10 14v.1", watch: "M5 10h.1M10 10h.1M15 10h.1", earning: "M5.5 10.5l3 3 6-7", no_verdict: "M6 10h8" };
const MORE = { at_risk: "atRiskMore", watch: "watchMore", no_verdict: "noVerdictMore" };

/** A code that is known here, with its subject; one that is newer than the page as words. */
const why = ({ code, subject }) => label("manager.js.code", code).replace("{{subject}}", subject ?? "");

/** Never by colour alone. */
export const verdict = ({ status, reason, reasons }) => html`<span class="flag flag-${status}">
  <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><circle cx="10" cy="10" r="9"/><path d=${SIGNS[status] || SIGNS.no_verdict} /></svg>
  <span>${label("manager.js", status)}
    ${reason && html`<span class="faint">${label("manager.js.reason", reason)}</span>`}
    ${reasons.filter(({ level }) => level !== "no_verdict").map((one) => html`<span class="faint">${why(one)}</span>`)}</span>
</span>`;

/** The figures in a sentence; for one line alone its verdict and numbers. */
export function sentence(items, single = false) {
  const by = (status) => items.filter((item) => item.status === status).length;
  if (!items.length) return [text("manager.js.summaryEmpty")];
  if (single) {
    const [line] = items;
    return [verdict(line), html`<span class="sentence-rate">${text("manager.js.rate")} ${percent(line.nrr.rate)} · ${text("manager.js.breakEven")} ${percent(line.money.break_even)} · ${text("manager.js.chance")} ${chance(line.money.p_loss)}</span>`];
  }
  const losing = by("loss_making");
  const more = Object.keys(MORE).filter(by).map((status) => html` <span>${text(`manager.js.${MORE[status]}`, { count: by(status) })}</span>`);
  return [html`<strong>${losing ? text("manager.js.summary", { count: losing, all: items.length }) : text("manager.js.summaryNone")}</strong>`, ...more];
}
