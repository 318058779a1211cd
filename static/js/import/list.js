/** Files that were sent in lately. */
import { time } from "../core/format.js";
import { html } from "../core/html.js";
import { label, text } from "../core/i18n.js";
import { $, fill } from "../core/page.js";
import { callSigned } from "../core/session.js";

const SHOWN = "10";

const row = (job) => html`<li><a href="?job=${job.id}">${job.file_name || text("import.js.noName")}</a>
  <span class="state state-${job.state}">${label("import.js.state", job.state)}</span>
  <span class="hint"><time datetime=${job.created_at}>${time(job.created_at)}</time></span></li>`;

/** Show the newest jobs. */
export async function showJobs() {
  const { data } = await callSigned("GET", `/api/v1/jobs?limit=${SHOWN}`);
  fill($("jobs"), data.items.length ? html`<ul class="job-list">${data.items.map(row)}</ul>`
    : html`<div class="empty"><p class="empty-title">${text("import.js.noJobs")}</p></div>`);
}
