/** Partners and staff sign in and go where their role works. */
import { call, explain } from "../core/api.js";
import { clearErrors, showErrors } from "../core/form.js";
import { text } from "../core/i18n.js";
import { $, busy, fill, path, show } from "../core/page.js";

const WORK = { partner_tech: "partner", agent: "manager", manager: "manager", admin: "manager" };
const NOTICES = { ended: "ended", out: "signedOut" };
const form = $("form");
const query = new URLSearchParams(location.search);

/** Where to go: back where the person came from, if that is where the role works. */
function target(role) {
  const [, page] = /^(partner|manager)(\?.*)?$/.exec(query.get("for") || "") || [];
  const back = page && (role !== "partner_tech" || page === "partner");
  return path(back ? query.get("for") : WORK[role] || "partner");
}

async function signIn() {
  const body = { email: form.elements.email.value.trim(), password: form.elements.password.value };
  try {
    const { data } = await call("POST", "/api/v1/sessions", { body });
    location.replace(target(data.role));
  } catch (problem) {
    const wrong = problem.status === 401 || problem.status === 422;
    const message = wrong ? text("signIn.js.wrong") : problem.status === 429 ? text("signIn.js.tooMany") : explain(problem, text);
    showErrors($("errors"), [[wrong ? "email" : "", message]]);
  }
}

form.addEventListener("submit", (event) => {
  const missing = ["email", "password"].filter((name) => form.elements[name].value.trim() === "");
  event.preventDefault();
  clearErrors(form, $("errors"));
  if (missing.length) showErrors($("errors"), missing.map((name) => [name, text(`signIn.js.missing.${name}`)]));
  else busy(event.submitter || form.querySelector("[type=submit]"), text("signIn.js.signingIn"), signIn);
});

$("reveal").addEventListener("click", () => {
  const field = form.elements.password;
  const visible = field.type === "password";
  field.type = visible ? "text" : "password";
  fill($("reveal"), text(visible ? "signIn.js.hide" : "signIn.js.show"));
  fill($("reveal-status"), text(visible ? "signIn.js.shown" : "signIn.js.hidden"));
});

if (NOTICES[query.get("why")]) {
  fill($("notice"), text(`signIn.js.${NOTICES[query.get("why")]}`));
  show($("notice"));
}
