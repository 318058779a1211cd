/** Sales files: check or import one, and see what came of it. With ?job=<id> that one's report. */
import { account } from "../core/session.js";
import { call, explain, formKey } from "../core/api.js";
import { countries } from "../core/countries.js";
import { html } from "../core/html.js";
import { label, text } from "../core/i18n.js";
import { $, busy, fill, notice, show } from "../core/page.js";
import { follow, job, send } from "../import/send.js";
import { showJobs } from "../import/list.js";
import { showReport } from "../import/report.js";

const FORMATS = ["fba_returns", "mfn_returns", "all_orders", "fulfilled_shipments", "replacements", "settlement_v1",
  "settlement_v2", "reimbursements", "date_range_transactions", "shopify_orders", "b2b_shipments"];
const OPTIONS = ["line", "format", "map", "country", "date_order", "decimal", "currency", "encoding", "skip_rejects"];
const name = (key, values) => text(`import.js.${key}`, values);
const fail = (problem) => fill($("problem"), notice(problem.status === 403 ? name("forbidden") : explain(problem, text), "danger"));

/* Another file, or another way to read it, is another thing to send. */
const sending = formKey();
const keyOf = ({ name: called, size, lastModified }, options) => sending.of([called, size, lastModified, options]);

function chosen(validateOnly) {
  const said = (option) => (option === "currency" ? $(option).value.trim().toUpperCase() : $(option).value);
  const options = Object.fromEntries(OPTIONS.map((option) => [option, said(option)]).filter(([, value]) => value));
  return validateOnly ? { ...options, validate_only: "true" } : options;
}

function showProgress({ state, progress: { processed, total }, rejected }) {
  const share = total ? Math.floor((100 * processed) / total) : 0;
  fill($("progress"), html`<p>${label("import.js.state", state)}${state === "running" && ` · ${share} %`}${rejected > 0 && ` · ${name("rejectedSoFar", { count: rejected })}`}</p>
    <progress max="100" value=${state === "queued" ? null : share} aria-label=${name("progress")}></progress>`);
}

/** Send the chosen file, follow its job and show what came of it. */
async function run(control, validateOnly) {
  const [file] = $("file").files;
  show($("file-error"), !file);
  fill($("file-error"), file ? "" : name("chooseFile"));
  if (!file) return $("file").focus();
  fill($("problem"));
  return busy(control, name(validateOnly ? "checking" : "importing"), async () => {
    try {
      const options = chosen(validateOnly);
      fill($("progress"), html`<p>${name("sending")}</p>`);
      const { id } = await send(file, options, keyOf(file, options));
      const over = await follow(id, showProgress);
      sending.answered();
      await Promise.all([showReport(over, (option, value) => again(option, value, validateOnly)), showJobs()]);
      $("report").focus();
    } catch (problem) {
      fail(problem);
    }
    fill($("progress"));
  });
}

function again(option, value, validateOnly) {
  $(option).value = value;
  $("more-options").open = true;
  return run($(validateOnly ? "check" : "submit"), validateOnly);
}

const options = (select, list) => select.append(...list.map(([value, words]) => html`<option value=${value}>${words}</option>`));

async function fillChoices() {
  const [lines, maps] = await Promise.all(["product-lines?limit=100", "import-maps?limit=100"].map((path) => call("GET", `/api/v1/${path}`)));
  options($("line"), lines.data.items.map(({ code, name: words }) => [code, words]));
  options($("map"), maps.data.items.map(({ name: words }) => [words, words]));
  options($("format"), FORMATS.map((format) => [format, label("import.js.formats", format)]));
  options($("country"), countries());
}

async function start() {
  const shown = new URLSearchParams(location.search).get("job");
  await account();
  await Promise.all([fillChoices(), showJobs()]);
  $("check").addEventListener("click", () => run($("check"), true));
  $("send").addEventListener("submit", (event) => {
    event.preventDefault();
    run($("submit"), false);
  });
  if (shown) await showReport(await follow(shown, showProgress).finally(() => fill($("progress"))), (option, value) => again(option, value, true));
}

start().catch(fail);
