/** Error summary and field errors in the manner of GOV.UK: said once on top, and once at the field. */
import { html } from "./html.js";
import { text } from "./i18n.js";
import { $, fill, show } from "./page.js";

const control = (name) => $(name);
const group = (element) => element.closest("fieldset") || element;

function mark(name, message) {
  const field = control(name);
  const error = $(`${name}-error`);
  if (!field || !error) return;
  fill(error, message ? html`<span class="unseen">${text("common.js.errorPrefix")} </span>` : "", message || "");
  show(error, Boolean(message));
  field.closest(".field").classList.toggle("field-wrong", Boolean(message));
  if (message) group(field).setAttribute("aria-invalid", "true");
  else group(field).removeAttribute("aria-invalid");
}

/** Take all errors of a form away. */
export function clearErrors(form, summary) {
  for (const error of form.querySelectorAll(".error")) mark(error.id.replace(/-error$/, ""), "");
  if (summary) show(summary, false);
}

/**
 * Show errors, [[name, message], ...]: at the fields, and in a summary that takes
 * focus and links to them. A name that is no field stands in the summary alone.
 */
export function showErrors(summary, errors) {
  for (const [name, message] of errors) mark(name, message);
  if (!summary) {
    control(errors[0][0])?.focus();
    return;
  }
  const jump = (event) => {
    event.preventDefault();
    const field = control(event.target.hash.slice(1));
    field.focus();
    field.closest(".field").scrollIntoView({ block: "start" });
  };
  fill(summary, html`<h2>${text("common.js.errorTitle")}</h2>
    <ul>${errors.map(([name, message]) => (name && control(name)
      ? html`<li><a href="#${name}" onclick=${jump}>${message}</a></li>` : html`<li>${message}</li>`))}</ul>`);
  show(summary);
  summary.focus();
  summary.scrollIntoView({ block: "start" });
}

/** The server's field errors as [[name, message], ...]; `say(name, code, detail)` gives the words. */
export const fieldErrors = (problem, say) => problem.errors.map((error) => {
  const name = String(error.pointer || "").split("/")[1] || "";
  return [name, say(name, error.code, error.detail)];
});
