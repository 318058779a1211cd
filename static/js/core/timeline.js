/** What happened to a return, newest first: the same list for the customer and the partner. */
import { html } from "./html.js";
import { label, text } from "./i18n.js";
import { time } from "./format.js";

const STATES = { state_changed: "returnState", ticket_moved: "ticketState" };

const what = (event) => (STATES[event.kind]
  ? text(`timeline.${event.kind}`, { state: label(STATES[event.kind], event.to_state) })
  : label("timeline", event.kind));

function who(event, viewer) {
  if (event.actor_role === viewer && viewer === "customer") return text("timeline.by.you");
  return event.actor_name || label("timeline.by", event.actor_role);
}

export const eventItem = (viewer) => (event) => html`<li class="event event-${event.kind}">
  <p class="event-what">${what(event)}${event.internal && html` <span class="tag">${text("timeline.internal")}</span>`}</p>
  ${event.note && html`<p class="event-note">${event.note}</p>`}
  <p class="event-who"><span>${who(event, viewer)}</span> <time datetime=${event.created_at}>${time(event.created_at)}</time></p>
</li>`;
