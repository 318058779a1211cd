/** Return rates by product line; with ?line=<id>&by=country one line taken apart. */
import { account, callSigned } from "../core/session.js";
import { explain } from "../core/api.js";
import { calendar } from "../core/format.js";
import { html } from "../core/html.js";
import { label, text } from "../core/i18n.js";
import { $, fill, notice, show } from "../core/page.js";
import { periodQuery, periodText, showPeriod } from "../manager/period.js";
import { linesTable, splitTable } from "../manager/tables.js";
import { sentence } from "../manager/verdict.js";

const SPLITS = ["country", "month", "channel", "product"];
const query = new URLSearchParams(location.search);
const empty = () => html`<div class="empty"><p class="empty-title">${text("manager.js.summaryEmpty")}</p><p>${text("manager.js.noData")}</p></div>`;

/** This page's address with some parameters changed. */
function address(change) {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(change)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  return `?${next}`;
}

const rates = async (path, more = {}) => (await callSigned("GET", `/api/v1/analytics/lines${path}?${new URLSearchParams({ ...periodQuery(query), ...more })}`)).data;

function showLines(data) {
  const items = data.items.filter((line) => line.shipped || line.returned);
  fill($("sentence"), ...sentence(items));
  fill($("rates"), items.length ? linesTable(items, data.age, periodText(query), (line) => address({ line: line.id, by: "country" })) : empty());
}

async function openSplit(data, id) {
  const by = SPLITS.includes(query.get("by")) ? query.get("by") : "country";
  const line = data.items.find((item) => item.id === id);
  if (!line) {
    fill($("problem"), notice(text("manager.js.notFound"), "danger"));
    return;
  }
  const split = await rates(`/${encodeURIComponent(id)}/rate`, { by, basis: "flow" });
  fill($("title"), line.name);
  document.title = `${line.name} – ${document.title}`;
  fill($("sentence"), ...sentence([line], true));
  fill($("split"), ...SPLITS.map((name) => html`<a href=${address({ by: name })} aria-current=${name === by && "page"}>${label("manager.js.by", name)}</a>`));
  show($("split"));
  fill($("rates"), split.items.length ? splitTable(split.items, line, by, periodText(query)) : empty());
}

async function start() {
  const id = query.get("line");
  await account();
  showPeriod(query, address);
  $("back-link").href = address({ line: "", by: "" });
  show($("back"), Boolean(id));
  fill($("rates"), html`<p class="hint">${text("common.js.loading")}</p>`);
  const data = await rates("");
  if (data.as_of) fill($("as-of"), text("manager.js.asOf", { when: calendar(data.as_of) }));
  if (id) await openSplit(data, id);
  else showLines(data);
}

start().catch((problem) => {
  fill($("rates"));
  fill($("problem"), notice(problem.status === 403 ? text("manager.js.forbidden") : explain(problem, text), "danger"));
});
