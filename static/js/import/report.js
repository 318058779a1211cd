/** What an import says of a file: counts, what is to be known, what has to be answered. */
import { count, money as amount } from "../core/format.js";
import { html } from "../core/html.js";
import { has, label, text } from "../core/i18n.js";
import { $, button, fact, fill, notice, show } from "../core/page.js";
import { callSigned } from "../core/session.js";

const name = (key, values) => text(`import.js.${key}`, values);
const REJECTS_SHOWN = 10;
const CODES_SHOWN = 40;

/** A heading for how it ended. */
function ending({ state, result }) {
  if (state !== "succeeded") return [name(state), "danger"];
  if (result?.repeated) return [name("repeated"), ""];
  return [name(result?.dry_run ? "checked" : "imported"), "good"];
}

const table = (caption, head, rows) => html`<div class="table-frame" tabindex="0" role="region" aria-label=${caption}><table role="table">
  <caption>${caption}</caption>
  <thead role="rowgroup"><tr role="row">${head.map(([words, look]) => html`<th role="columnheader" scope="col" class=${look || null}>${words}</th>`)}</tr></thead>
  <tbody role="rowgroup">${rows.map((cells) => html`<tr role="row">${cells.map((cell, i) => html`<td role="cell" class=${head[i][1] || null}>${cell}</td>`)}</tr>`)}</tbody>
</table></div>`;

const units = ({ units: told }) => Object.entries(told).filter(([, number]) => number)
  .map(([what, number]) => fact(label("import.js.units", what), count(number)));

function facts(result) {
  const { rows, file, format } = result;
  return html`<dl class="summary">
    ${fact(name("formatFact"), [format && label("import.js.formats", format), result.encoding].filter(Boolean).join(" · "))}
    ${fact(name("rows"), name("rowsText", { read: rows.read, accepted: rows.accepted, skipped: rows.skipped, rejected: rows.rejected }))}
    ${rows.accepted > 0 && fact(name("news"), name("newsText", { new: rows.new, changed: rows.changed, unchanged: rows.unchanged }))}
    ${result.orders > 0 && fact(name("orders"), count(result.orders))}
    ${units(result)}
    ${fact(name("hash"), html`<span class="code faint">${file.hash?.slice(0, 16)}</span>`)}
  </dl>`;
}

/** A question with a button for each answer; `answer(option, value)` sends the file again. */
function question({ detail, options, code }, answer) {
  const choices = options.map((option) => option.split("="));
  return notice(has(`import.js.question.${code}`) ? label("import.js.question", code) : detail, "danger",
    has(`import.js.question.${code}`) && html`<p class="hint" lang="en">${detail}</p>`,
    html`<div class="actions">${choices.map(([option, value]) => button(label("import.js.answer", `${option}_${value}`), () => answer(option, value)))}</div>`);
}

const codes = (result) => result.codes.length > 0 && table(name("codes"),
  [[name("column")], [name("code")], [name("codeRows"), "number"], [name("meaning")]],
  result.codes.slice(0, CODES_SHOWN).map(({ column, code, rows, class: means, known }) =>
    [column, html`<span class="code">${code || "–"}</span>`, count(rows), known ? (means ? label("import.js.class", means) : "–") : name("unknownCode")]));

const money = (result) => result.money.length > 0 && table(name("money"),
  [[name("moneyType")], [name("moneyWhat")], [name("codeRows"), "number"], [name("amount"), "number"]],
  result.money.map(({ type, description, rows, amount_minor: minor, currency }) => [type, description, count(rows), amount(minor, currency)]));

async function rejects(id) {
  const { data } = await callSigned("GET", `/api/v1/jobs/${id}/rejects?limit=${REJECTS_SHOWN}`);
  if (!data.items.length) return null;
  return [table(name("rejects"), [[name("lineNumber"), "number"], [name("column")], [name("wrong")]],
    data.items.map(({ line, column, detail }) => [count(line), column || "–", html`<span lang="en">${detail}</span>`])),
  html`<p><a href="/api/v1/jobs/${id}/rejects.csv" download="">${name("allRejects")}</a></p>`];
}

/** Show the report of a job that is over. */
export async function showReport(job, answer) {
  const { result } = job;
  const [words, kind] = ending(job);
  const asked = result?.questions.length > 0;
  fill($("report-title"), job.file_name || name("noName"));
  fill($("report-body"), notice(words, kind, job.problem && !asked && html`<p lang="en">${job.problem}</p>`),
    result?.questions.map((each) => question(each, answer)),
    result?.warnings.map(({ detail }) => html`<p class="hint" lang="en">${detail}</p>`),
    result && facts(result),
    job.rejected > 0 && await rejects(job.id),
    result && codes(result), result && money(result));
  show($("report"));
}
