/** What every page does: find elements, fill them, keep the place when the language changes. */
import { html } from "./html.js";
import { text } from "./i18n.js";

export const $ = (id) => document.getElementById(id);
/** Replace what is in an element. */
export const fill = (element, ...nodes) => element.replaceChildren(...nodes.flat().filter((node) => node !== null && node !== undefined && node !== false));
export const show = (element, visible = true) => { element.hidden = !visible; };
/** The page's address in this language: path("track") is "/en/track". */
export const path = (page) => `/${location.pathname.split("/")[1]}/${page}`;

const ICONS = { "": "M12 8v5M12 16.5v.1", danger: "M12 8v5M12 16.5v.1", good: "M8 12.5l3 3 5-6" };

/** A framed message; kind is "", "danger" or "good". */
export function notice(message, kind = "", ...more) {
  return html`<div class="notice ${kind && `notice-${kind}`}">
    <svg class="notice-icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><circle cx="12" cy="12" r="9"/><path d=${ICONS[kind]} /></svg>
    <div><p>${message}</p>${more}</div>
  </div>`;
}

export const button = (label, onclick, look = "quiet") => html`<button class="button button-${look}" type="button" onclick=${onclick}>${label}</button>`;

/** One row of a list of facts; nothing if there is no value. */
export const fact = (name, value) => (value === null || value === undefined || value === "" ? null
  : html`<div><dt>${name}</dt><dd>${value}</dd></div>`);

/** Say a message to screen readers and eyes; an empty one clears it. */
export const say = (element, message, kind) => fill(element, message ? notice(message, kind) : "");

/** A button must not be pressed twice: it says so while `work` runs. */
export async function busy(control, label, work) {
  if (control.getAttribute("aria-disabled") === "true") return;
  const before = [...control.childNodes];
  control.setAttribute("aria-disabled", "true");
  fill(control, label);
  try {
    await work();
  } finally {
    control.removeAttribute("aria-disabled");
    fill(control, ...before);
  }
}

/** Characters left under a text area, said only when it gets tight. */
export function countdown(area, output, max) {
  const update = () => {
    const left = max - [...area.value.trim()].length;
    fill(output, left > max / 5 ? "" : text(left < 0 ? "common.js.tooMany" : "common.js.characters", { count: Math.abs(left) }));
  };
  area.addEventListener("input", update);
  update();
}

const menu = document.querySelector(".languages");
document.addEventListener("click", (event) => {
  if (menu && !menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu?.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

/* A language link leads to the same place: query and fragment come along. */
menu?.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (link) link.href = link.pathname + location.search + location.hash;
});
