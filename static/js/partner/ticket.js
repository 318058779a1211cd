/** One job: what is wrong, whom to call, what happened, and the steps that are possible now. */
import { explain, formKey } from "../core/api.js";
import { draft } from "../core/draft.js";
import { clearErrors, showErrors } from "../core/form.js";
import { country, date } from "../core/format.js";
import { html } from "../core/html.js";
import { label, text } from "../core/i18n.js";
import { $, busy, countdown, fact, fill, notice, say, show } from "../core/page.js";
import { callSigned } from "../core/session.js";
import { eventItem } from "../core/timeline.js";

const NOTE_MAX = 4000;
/* The likeliest step first; steps that end a job last. */
const ORDER = ["accepted", "done", "verified", "appointed", "in_work", "waiting_parts", "declined", "cancelled"];
const DANGER = ["declined", "cancelled"];
const name = (key) => text(`partner.js.${key}`);
const key = formKey();
let url, viewer, etag, kept, older;

function renderHead(job) {
  document.title = `${job.number} – ${document.title}`;
  fill($("ticket-head"), html`<div class="page-head"><div>
    <p class="step">${job.model} · <span class="code">${job.serial}</span></p>
    <h1>${job.number} <span class="state state-${job.state}">${label("ticketState", job.state)}</span></h1>
  </div></div>`);
}

function renderFacts(job) {
  const { contact } = job;
  const gone = !contact?.name && !contact?.email;
  fill($("facts"), fact(name("reason"), label("reason", job.reason)), fact(name("description"), html`<span class="typed">${job.description}</span>`),
    fact(name("model"), job.model), fact(name("serial"), html`<span class="code">${job.serial}</span>`),
    fact(name("received"), date(job.created_at)), viewer.role !== "partner_tech" && fact(name("company"), job.partner_name));
  fill($("contact"), ...(gone ? [html`<div><dd>${name("contactGone")}</dd></div>`] : [
    fact(name("name"), contact.name), fact(name("country"), country(job.country)),
    contact.phone && fact(name("phone"), html`<a href="tel:${contact.phone}">${contact.phone}</a>`),
    fact(name("email"), html`<a href="mailto:${contact.email}?subject=${encodeURIComponent(job.number)}">${contact.email}</a>`)]));
}

function renderMoves(job) {
  const allowed = [...(job.allowed || [])].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
  const look = (to, i) => (DANGER.includes(to) ? "danger" : i ? "quiet" : "main");
  fill($("moves"), ...allowed.map((to, i) => html`<button class="button button-${look(to, i)}" type="submit" value=${to}>${label("partner.js.to", to)}</button>`));
  show($("move"), allowed.length > 0);
  say($("move-problem"), "");
  if (!allowed.length) fill($("move-status"), name("nothingToDo"));
}

function render({ data, etag: seen }) {
  etag = seen;
  renderHead(data);
  renderFacts(data);
  renderMoves(data);
}

async function loadEvents(from) {
  const { data } = await callSigned("GET", from);
  if (from !== older) fill($("timeline"));
  older = data.page.next;
  $("timeline").append(...data.items.map(eventItem(viewer.role)));
  show($("older"), Boolean(older));
}

async function load() {
  const [job] = await Promise.all([callSigned("GET", url), loadEvents(`${url}/events`)]);
  render(job);
}

/** Somebody was faster: show how it stands now and leave the note alone. */
async function reload(why) {
  key.answered();
  await load();
  say($("move-problem"), name(why), "danger");
  $("move-problem").scrollIntoView({ block: "center" });
}

async function move(to) {
  const body = { to, note: $("note").value.trim() };
  try {
    const moved = await callSigned("POST", `${url}/transitions`, { body, etag, key: key.of({ body, etag }) });
    key.answered();
    kept.forget();
    $("note").value = "";
    $("note").dispatchEvent(new Event("input"));
    render(moved);
    fill($("move-status"), text("partner.js.saved", { state: label("ticketState", moved.data.state) }));
    await loadEvents(`${url}/events`);
  } catch (problem) {
    if (problem.status === 412) await reload("changed");
    else if (problem.code === "transition_not_allowed") await reload("notAllowed");
    else {
      if (problem.kind === "") key.answered();
      say($("move-problem"), explain(problem, text), "danger");
    }
  }
}

function onSubmit(event) {
  const note = $("note").value.trim();
  event.preventDefault();
  clearErrors($("move"));
  say($("move-problem"), "");
  fill($("move-status"));
  if (!note) showErrors(null, [["note", name("noteMissing")]]);
  else if ([...note].length > NOTE_MAX) showErrors(null, [["note", name("noteLong")]]);
  else if (event.submitter) busy(event.submitter, name("saving"), () => move(event.submitter.value));
}

/** Show one job. */
export async function openTicket(id, who) {
  viewer = who;
  url = `/api/v1/tickets/${encodeURIComponent(id)}`;
  kept = draft(`note-${id}`, () => globalThis.sessionStorage);
  $("note").value = kept.read() || "";
  countdown($("note"), $("note-count"), NOTE_MAX);
  $("note").addEventListener("input", () => kept.write($("note").value));
  $("move").addEventListener("submit", onSubmit);
  fill($("older"), name("older"));
  $("older").addEventListener("click", () => loadEvents(older).catch((problem) => fill($("problem"), notice(explain(problem, text), "danger"))));
  await load();
  show($("ticket"));
}
