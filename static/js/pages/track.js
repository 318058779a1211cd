/** A customer follows a return with a personal link: /en/track#<return id>.<token> */
import { call, explain, formKey } from "../core/api.js";
import { showErrors, clearErrors } from "../core/form.js";
import { country, time } from "../core/format.js";
import { html } from "../core/html.js";
import { label, text } from "../core/i18n.js";
import { $, busy, button, countdown, fact, fill, notice, path, say, show } from "../core/page.js";
import { eventItem } from "../core/timeline.js";

const LINK = /#?(ret_[0-9a-z]{26})\.([\w-]{43})$/;
const REFRESH_MS = 60000;
/* What to say, who acts, and how far it is: 0 filed, 1 accepted, 2 in work, 3 done, 4 all over. */
const STAGES = {
  submitted: ["us", 0], offered: ["partner", 0], need_info: ["you", 0],
  approved: ["us", 1], accepted: ["partner", 1], appointed: ["partner", 1],
  in_work: ["partner", 2], waiting_parts: ["partner", 2],
  settled: ["us", 3], closed: ["nobody", 4], rejected: ["nobody"], cancelled: ["nobody"],
};
const PROGRESS = ["filed", "accepted", "work", "done"];

let link = null;
let etag = null;
let events = new Map();
let older = null;
let readAt = 0;
let shown = 4; /* the newest are enough to begin with */
const messageKey = formKey();
const cancelKey = formKey();

const api = (method, rest, options) => call(method, rest.startsWith("/") ? rest : `/api/v1/returns/${link.id}${rest && `/${rest}`}`, { ...options, token: link.token });

/** A return's state, made finer by what its service partner does. */
function stageOf(data) {
  const last = [...events.values()].find(({ kind }) => kind === "ticket_offered" || kind === "ticket_moved");
  const job = last && (last.kind === "ticket_offered" ? "offered" : last.to_state);
  const fits = data.state === "submitted" ? job === "offered" : data.state === "approved" && ["accepted", "appointed", "in_work", "waiting_parts"].includes(job);
  return fits ? job : data.state in STAGES ? data.state : "submitted";
}

function progress(reached) {
  if (reached === undefined) return null;
  return html`<ol class="progress" aria-label=${text("track.js.progress")}>${PROGRESS.map((name, i) => html`
    <li class=${i < reached ? "past" : i === reached ? "now" : ""} aria-current=${i === reached && "step"}>
      <span>${text(`track.js.step.${name}`)}</span>
      ${i <= reached && html`<span class="unseen"> (${text(i < reached ? "track.js.stepDone" : "track.js.stepNow")})</span>`}
    </li>`)}</ol>`;
}

function renderHead(data) {
  const stage = stageOf(data);
  const [who, reached] = STAGES[stage];
  const words = stage === "cancelled" ? "cancelledState" : stage;
  fill($("headline"), html`<div class="headline">
    <p class="step">${text("track.js.number")} <span class="code">${data.number}</span></p>
    <h1 tabindex="-1">${text(`track.js.${words}`)}</h1>
    <p class="lead">${text(`track.js.${words}Next`)}</p>
    ${progress(reached)}
    <dl class="summary"><div><dt>${text("track.js.whoNext")}</dt><dd>${text(`track.js.who.${who}`)}</dd></div></dl>
    <p class="hint">${text("track.js.updated", { when: time(data.updated_at) })}</p>
  </div>`);
  show($("cancel"), data.state === "submitted" || data.state === "need_info");
}

function renderDetails(data) {
  const name = (key) => text(`track.js.label.${key}`);
  fill($("details"), fact(name("model"), data.model), fact(name("serial"), html`<span class="code">${data.serial}</span>`),
    fact(name("reason"), label("reason", data.reason)), fact(name("description"), html`<span class="typed">${data.description}</span>`),
    fact(name("country"), country(data.country)));
}

function renderTimeline() {
  fill($("timeline"), ...[...events.values()].slice(0, shown).map(eventItem("customer")));
  show($("older"), events.size > shown || Boolean(older));
}

/* Newest first; what is shown already stays where it is. */
function takeEvents({ items, page }, first) {
  const known = events;
  if (first) {
    events = new Map(items.map((event) => [event.id, event]));
    for (const [id, event] of known) events.set(id, event);
    if (!known.size) older = page.next;
  } else {
    for (const event of items) events.set(event.id, event);
    older = page.next;
  }
}

function renderReturn({ data, etag: seen }) {
  etag = seen;
  renderHead(data);
  renderDetails(data);
}

async function refresh() {
  const [found, happened] = await Promise.all([api("GET", ""), api("GET", "events")]);
  readAt = Date.now();
  takeEvents(happened.data, true);
  renderReturn(found);
  renderTimeline();
}

function showBadLink() {
  say($("problem"), "");
  fill($("problem"), notice(text("track.js.badLink"), "danger", html`<p>${text("track.js.badLinkText")}</p>
    <p><a href=${path("return")}>${text("track.js.badLinkFile")}</a></p>`));
  show($("case"), false);
  show($("ask"));
}

async function open() {
  const [, id, token] = LINK.exec(location.hash) || [];
  events = new Map();
  show($("ask"), !id);
  show($("case"), false);
  fill($("problem"));
  if (!id) {
    if (location.hash) showBadLink();
    return;
  }
  link = { id, token };
  fill($("status"), html`<p class="hint">${text("common.js.loading")}</p>`);
  try {
    await refresh();
    show($("case"));
  } catch (problem) {
    if (problem.status === 401 || problem.status === 403 || problem.status === 404) showBadLink();
    else fill($("problem"), notice(explain(problem, text), "danger", button(text("common.js.tryAgain"), open)));
  }
  fill($("status"));
}

async function send() {
  const body = { note: $("note").value.trim() };
  try {
    const { data } = await api("POST", "messages", { body, key: messageKey.of(body) });
    messageKey.answered();
    $("note").value = "";
    $("note").dispatchEvent(new Event("input"));
    events = new Map([[data.id, data], ...events]);
    renderTimeline();
    fill($("message-status"), text("track.js.messageSent"));
  } catch (problem) {
    if (problem.kind === "") messageKey.answered();
    showErrors(null, [["note", explain(problem, text)]]);
  }
}

async function cancel() {
  const body = { to: "cancelled" };
  try {
    renderReturn(await api("POST", "transitions", { body, key: cancelKey.of({ body, etag }), etag }));
    say($("problem"), text("track.js.cancelled"), "good");
    await refresh();
  } catch (problem) {
    const changed = problem.status === 412 || problem.status === 409;
    if (problem.kind === "") cancelKey.answered();
    if (changed) await refresh().catch(() => {});
    say($("problem"), changed ? text("track.js.changed") : explain(problem, text), "danger");
  }
  $("cancel-dialog").close();
  $("problem").scrollIntoView({ block: "center" });
}

/* A message being typed is not touched: only the parts above and below it are drawn anew. */
function refreshIfOld() {
  if (document.visibilityState === "visible" && !$("case").hidden && Date.now() - readAt >= REFRESH_MS) refresh().catch(() => {});
}

$("ask-form").addEventListener("submit", (event) => {
  const [, id, token] = LINK.exec($("link").value.trim()) || [];
  event.preventDefault();
  clearErrors($("ask-form"));
  if (id) location.hash = `${id}.${token}`;
  else showErrors(null, [["link", text("track.js.linkWrong")]]);
});
$("message-form").addEventListener("submit", (event) => {
  event.preventDefault();
  clearErrors($("message-form"));
  fill($("message-status"));
  if ($("note").value.trim()) busy(event.submitter, text("common.js.sending"), send);
  else showErrors(null, [["note", text("track.js.messageMissing")]]);
});
async function showOlder() {
  const all = shown >= events.size;
  shown = Infinity;
  try {
    if (all) takeEvents((await api("GET", older)).data, false);
  } catch (problem) {
    say($("problem"), explain(problem, text), "danger");
  }
  renderTimeline();
}

$("older").addEventListener("click", showOlder);
$("cancel").addEventListener("click", () => $("cancel-dialog").showModal());
$("cancel-no").addEventListener("click", () => $("cancel-dialog").close());
$("cancel-yes").addEventListener("click", (event) => busy(event.currentTarget, text("common.js.sending"), cancel));
fill($("older"), text("track.js.older"));
countdown($("note"), $("note-count"), 4000);
addEventListener("hashchange", open);
document.addEventListener("visibilitychange", refreshIfOld);
setInterval(refreshIfOld, REFRESH_MS / 4);
open();
