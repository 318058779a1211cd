/** Who is signed in, shown in the head of a page; who is not goes to the sign-in page and comes back. */
import { call } from "./api.js";
import { html } from "./html.js";
import { text } from "./i18n.js";
import { $, fill, path } from "./page.js";

/** Leave for the sign-in page; it leads back to where we are. */
export function signIn(why) {
  const here = location.pathname.split("/")[2] + location.search;
  location.replace(`${path("sign-in")}?${new URLSearchParams({ for: here, ...(why && { why }) })}`);
}

async function signOut() {
  await call("DELETE", "/api/v1/sessions/current").catch(() => {});
  location.href = `${path("sign-in")}?why=out`;
}

/** The account, once known to be signed in. Never settles if it is not: the page is left. */
export async function account() {
  try {
    const { data } = await call("GET", "/api/v1/me");
    const staff = data.role !== "partner_tech";
    const link = (page, key) => html`<a href=${path(page)} aria-current=${location.pathname === path(page) && "page"}>${text(`common.js.${key}`)}</a>`;
    fill($("account"), staff && link("manager", "rates"), staff && link("partner", "jobs"), staff && link("import", "files"), html`<span class="account-name">${data.partner_name || data.name}</span>
      <button class="link" type="button" onclick=${signOut}>${text("common.js.signOut")}</button>`);
    return data;
  } catch (problem) {
    if (problem.status !== 401) throw problem;
    signIn();
    return new Promise(() => {});
  }
}

/** Like call(), for pages that need a session: when it has ended, sign in again. */
export async function callSigned(...request) {
  try {
    return await call(...request);
  } catch (problem) {
    if (problem.status === 401) {
      signIn("ended");
      return new Promise(() => {});
    }
    throw problem;
  }
}
