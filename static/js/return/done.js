/** What a customer sees after a return was filed: its number and the link that follows it. */
import { draft } from "../core/draft.js";
import { text } from "../core/i18n.js";
import { $, fill, path, show } from "../core/page.js";

/* Only as long as the tab: a reload must not lose the link, the next person must not find it. */
const kept = draft("return-done", () => globalThis.sessionStorage);

async function copy(link) {
  try {
    await navigator.clipboard.writeText(link);
    fill($("copy-status"), text("common.js.copied"));
  } catch {
    /* No clipboard on plain http: mark the link, so that one touch copies it. */
    getSelection().selectAllChildren($("done-link"));
  }
}

function render({ number, link }) {
  fill($("done-number"), number);
  fill($("done-link"), link);
  $("open").href = link;
  $("copy").addEventListener("click", () => copy(link));
  $("another").addEventListener("click", () => {
    kept.forget();
    location.replace(location.pathname);
  });
  show($("share"), Boolean(navigator.share));
  $("share").addEventListener("click", () => navigator.share({ title: number, url: link }).catch(() => {}));
  $("back").closest("p").hidden = true;
  show($("done"));
  document.title = $("done").querySelector("h1").textContent;
}

/** Show a return just filed. */
export function showDone({ id, number, token }) {
  const done = { number, link: `${location.origin}${path("track")}#${id}.${token}` };
  kept.write(done);
  render(done);
  $("done").querySelector("h1").focus();
  scrollTo(0, 0);
}

/** Show it again after a reload; false if there is nothing to show. */
export function showKeptDone() {
  const done = kept.read();
  if (done) render(done);
  return Boolean(done);
}
