/** The list of jobs: a table, on a narrow screen cards; more is added below. */
import { country, date } from "../core/format.js";
import { html } from "../core/html.js";
import { label, text } from "../core/i18n.js";
import { $, busy, fill, notice, show } from "../core/page.js";
import { callSigned } from "../core/session.js";

const name = (key) => text(`partner.js.${key}`);

const row = (staff) => (job) => html`<tr role="row">
  <th role="rowheader" scope="row"><a class="stretched" href="?ticket=${job.id}"><span class="code keep">${job.number}</span></a></th>
  <td role="cell" data-label=${name("state")}><span class="state state-${job.state}">${label("ticketState", job.state)}</span></td>
  <td role="cell" data-label=${name("machine")}>${job.model}<br/><span class="code faint keep">${job.serial}</span></td>
  <td role="cell" data-label=${name("reason")}>${label("reasonShort", job.reason)}</td>
  <td role="cell" data-label=${name("country")}>${country(job.country)}</td>
  ${staff && html`<td role="cell" data-label=${name("company")}>${job.partner_name}</td>`}
  <td role="cell" data-label=${name("received")}><time class="keep" datetime=${job.created_at}>${date(job.created_at)}</time></td>
</tr>`;

const table = (staff) => html`<div class="table-frame"><table class="cards" role="table">
  <caption class="unseen">${name("caption")}</caption>
  <thead role="rowgroup"><tr role="row">${["job", "state", "machine", "reason", "country", staff && "company", "received"].filter(Boolean)
    .map((key) => html`<th role="columnheader" scope="col">${name(key)}</th>`)}</tr></thead>
  <tbody role="rowgroup"></tbody>
</table></div>`;

function showEmpty(all) {
  fill($("jobs"), html`<div class="empty"><p class="empty-title">${name(all ? "emptyAll" : "emptyOpen")}</p><p>${name("emptyOpenText")}</p></div>`);
}

async function load(url, staff) {
  const { data } = await callSigned("GET", url);
  const body = $("jobs").querySelector("tbody");
  body.append(...data.items.map(row(staff)));
  show($("more"), Boolean(data.page.next));
  $("more").onclick = () => busy($("more"), text("common.js.loading"), () => load(data.page.next, staff)
    .catch(() => fill($("problem"), notice(text("common.js.offline"), "danger"))));
  fill($("shown"), text("partner.js.shown", { count: body.children.length }));
  return body.children.length;
}

/** Show the list; ?show=all shows ended jobs as well. */
export async function openList({ role }) {
  const all = new URLSearchParams(location.search).get("show") === "all";
  const staff = role !== "partner_tech";
  if (staff) fill($("list-title"), name("staffTitle"));
  show($("list-lead"), !staff);
  for (const link of document.querySelectorAll("[data-show]"))
    if ((link.dataset.show === "all") === all) link.setAttribute("aria-current", "page");
  fill($("more"), name("more"));
  fill($("jobs"), table(staff));
  show($("list"));
  if (!(await load(`/api/v1/tickets${all ? "" : "?open=true"}`, staff))) showEmpty(all);
}
