/** A service partner's jobs: the list, or with ?ticket=<id> one of them. */
import { account } from "../core/session.js";
import { explain } from "../core/api.js";
import { text } from "../core/i18n.js";
import { $, fill, notice } from "../core/page.js";
import { openList } from "../partner/list.js";
import { openTicket } from "../partner/ticket.js";

try {
  const viewer = await account();
  const ticket = new URLSearchParams(location.search).get("ticket");
  await (ticket ? openTicket(ticket, viewer) : openList(viewer));
} catch (problem) {
  const missing = problem.status === 404 || problem.status === 403;
  fill($("problem"), notice(missing ? text("partner.js.notFound") : explain(problem, text), "danger"));
}
