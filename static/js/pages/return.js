/** A customer files a return: four short steps, checked answers, one request that is safe to repeat. */
import { call, explain, formKey } from "../core/api.js";
import { countries, dialCode, foldPhone, likelyCountries } from "../core/countries.js";
import { draft } from "../core/draft.js";
import { clearErrors, fieldErrors, showErrors } from "../core/form.js";
import { country } from "../core/format.js";
import { html } from "../core/html.js";
import { has, locale, text } from "../core/i18n.js";
import { $, busy, button, countdown, fact, fill, notice, path, show } from "../core/page.js";
import { showDone, showKeptDone } from "../return/done.js";
import { loadProducts } from "../return/products.js";

const STEPS = {
  machine: ["product", "serial"],
  problem: ["reason", "description"],
  contact: ["country", "name", "email", "phone"],
  check: [],
};
const NAMES = Object.keys(STEPS);
const FIELDS = Object.values(STEPS).flat();
/* What the service will not take; it checks again. */
const GOOD = {
  serial: (value) => /^[A-Z0-9][A-Z0-9./_-]{2,39}$/.test(value),
  description: (value) => [...value].length >= 10 && [...value].length <= 4000,
  name: (value) => [...value].length <= 120,
  email: (value) => /^[^@\s]{1,64}@[^@\s]+\.[^@\s]{2,}$/.test(value) && value.length <= 254,
  phone: (value) => value === "" || /^\+[1-9][0-9]{6,14}$/.test(value),
};
const FOLD = { serial: (typed) => typed.toUpperCase().replace(/\s/g, ""), phone: foldPhone };

const form = $("form");
const summary = $("errors");
const title = document.title;
const kept = draft("return-draft");
const saved = kept.read() || {};
const key = formKey(saved.once);
/* Where the next step shown puts the focus: on errors, on a field, or on its heading. */
let next = null;

const value = (name) => (FOLD[name] || ((typed) => typed.trim()))(form.elements[name].value);
const step = () => (NAMES.includes(location.hash.slice(1)) ? location.hash.slice(1) : "machine");
const stepOf = (name) => NAMES.find((candidate) => STEPS[candidate].includes(name));

function keep() {
  const values = Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value]));
  if (Object.values(values).every((typed) => typed === "")) return;
  kept.write({ values, once: key.memory });
  show($("draft"));
}

const words = (name, kind) => text(`return.js.${kind}.${name}`);

/** The errors of a step, [[name, message], ...]. */
function check(name) {
  return STEPS[name].flatMap((field) => {
    const typed = value(field);
    if (typed === "" && has(`return.js.missing.${field}`)) return [[field, words(field, "missing")]];
    return GOOD[field] && !GOOD[field](typed) ? [[field, words(field, "bad")]] : [];
  });
}

/** Go to a step; when it is shown, `what` says what to do there. */
function go(name, what = null) {
  next = what;
  if (step() === name) render();
  else location.hash = name;
}

function render() {
  const name = step();
  /* Nobody gets past a step that is not filled in, whatever the address says. */
  const hole = NAMES.slice(0, NAMES.indexOf(name)).find((earlier) => check(earlier).length);
  if (hole) {
    history.replaceState(null, "", `#${hole}`);
    render();
    return;
  }
  clearErrors(form, summary);
  for (const section of form.querySelectorAll("[data-step]")) show(section, section.dataset.step === name);
  const place = NAMES.indexOf(name);
  $("back").href = place ? `#${NAMES[place - 1]}` : path("");
  const heading = form.querySelector(`[data-step=${name}] h1`);
  document.title = place ? `${heading.textContent} – ${title}` : title;
  if (name === "check") renderCheck();
  const { errors, field } = next || {};
  if (errors) showErrors(summary, errors);
  else if (field) $(field).focus();
  else if (next) heading.focus({ preventScroll: true });
  if (next && !errors && !field) scrollTo(0, 0);
  next = {};
}

const shown = {
  product: () => form.elements.product.selectedOptions[0].textContent,
  reason: () => form.querySelector("[name=reason]:checked").nextSibling.textContent,
  country: () => country(value("country")),
};

function renderCheck() {
  const rows = FIELDS.map((name) => {
    const what = form.querySelector(`label[for=${name}]`)?.firstChild.textContent.trim() || form.querySelector("legend").dataset.short;
    const change = (event) => {
      event.preventDefault();
      go(stepOf(name), { field: name });
    };
    const row = fact(what, (shown[name] || (() => value(name)))());
    row?.append(html`<dd class="change"><a href="#${stepOf(name)}" onclick=${change}>${text("return.js.change")}<span class="unseen"> ${what}</span></a></dd>`);
    return row;
  });
  fill($("summary"), ...rows);
}

/** The field a refusal is about: by its pointer, its code, or the name of the broken rule. */
function errorsOf(problem) {
  const said = fieldErrors(problem, (name, code, detail) => (code === "missing" && has(`return.js.missing.${name}`) ? words(name, "missing")
    : has(`return.js.bad.${name}`) ? words(name, "bad") : detail));
  if (said.length) return said;
  if (problem.code === "unknown_product") return [["product", words("product", "bad")]];
  if (problem.code === "return_already_open") return [["", text("return.js.alreadyOpen")]];
  const field = problem.code === "invalid_value" && FIELDS.find((name) => problem.detail.includes(name));
  return [field ? [field, words(field, "bad")] : ["", explain(problem, text)]];
}

async function send() {
  const body = Object.fromEntries(FIELDS.map((name) => [name, value(name)]).filter(([, typed]) => typed !== ""));
  body.locale = locale;
  const once = key.of(body);
  keep();
  try {
    const { data } = await call("POST", "/api/v1/returns", { body, key: once });
    kept.forget();
    show($("draft"), false);
    show(form, false);
    showDone(data);
  } catch (problem) {
    if (problem.kind === "") key.answered();
    keep();
    const errors = errorsOf(problem);
    go(stepOf(errors[0][0]) || "check", { errors });
  }
}

function onSubmit(event) {
  event.preventDefault();
  const name = step();
  const errors = check(name);
  clearErrors(form, summary);
  if (errors.length) showErrors(summary, errors);
  else if (name === "check") busy(event.submitter || form.querySelector("[data-step=check] .button"), text("common.js.sending"), send);
  else go(NAMES[NAMES.indexOf(name) + 1], {});
}

function renderReason() {
  const box = $("safety").firstElementChild;
  show(box, value("reason") === "safety");
}

function renderPhoneHint() {
  const code = dialCode(value("country"));
  if (code) fill($("phone-hint"), text("return.js.phoneCode", { code, country: country(value("country")) }));
}

function fillCountries() {
  const option = ([code, name]) => html`<option value=${code}>${name}</option>`;
  const likely = likelyCountries().map((code) => [code, country(code)]);
  if (likely.length) form.elements.country.append(html`<optgroup label=${text("return.js.suggested")}>${likely.map(option)}</optgroup>`);
  form.elements.country.append(html`<optgroup label=${text("return.js.allCountries")}>${countries().map(option)}</optgroup>`);
}

/** A product line as a heading: its code in words. */
const lineName = (code) => code.charAt(0).toUpperCase() + code.slice(1).replaceAll("_", " ");

async function fillProducts() {
  const status = $("product-status");
  const chosen = saved.values?.product;
  fill(status, html`<p class="hint">${text("return.js.modelsLoading")}</p>`);
  try {
    const groups = await loadProducts();
    for (const [line, products] of groups)
      form.elements.product.append(html`<optgroup label=${lineName(line)}>
        ${products.map(({ id, model, name }) => html`<option value=${id}>${model} – ${name}</option>`)}</optgroup>`);
    if (chosen) form.elements.product.value = chosen;
    fill(status);
  } catch (problem) {
    fill(status, notice(text("return.js.modelsFailed"), "", html`<p>${explain(problem, text)}</p>`, button(text("common.js.tryAgain"), fillProducts)));
  }
}

function restore() {
  for (const [name, typed] of Object.entries(saved.values || {}))
    if (name !== "product" && form.elements[name]) form.elements[name].value = typed;
  show($("draft"), Boolean(saved.values));
}

$("draft-delete").addEventListener("click", () => {
  kept.forget();
  form.reset();
  location.replace(location.pathname);
});
form.addEventListener("submit", onSubmit);
form.addEventListener("input", keep);
form.addEventListener("change", () => {
  renderReason();
  renderPhoneHint();
});
addEventListener("hashchange", () => {
  next ??= {};
  render();
});

if (showKeptDone()) {
  show(form, false);
} else {
  fillCountries();
  restore();
  renderReason();
  renderPhoneHint();
  countdown(form.elements.description, $("description-count"), 4000);
  await fillProducts();
  render();
}
