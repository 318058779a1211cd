/** Sending a file and following the job that reads it. */
import { Problem } from "../core/api.js";
import { locale } from "../core/i18n.js";
import { callSigned } from "../core/session.js";

const POLL_MS = 2000;

/** POST the file as it is; the answer is its job. The same key again is the same job. */
export async function send(file, options, key) {
  const query = new URLSearchParams({ file_name: file.name, ...options });
  let response, data;
  try {
    response = await fetch(`/api/v1/sales-imports?${query}`, {
      method: "POST", body: file, credentials: "same-origin",
      headers: { Accept: "application/json", "Accept-Language": locale, "Idempotency-Key": key, "Content-Type": "application/octet-stream" },
    });
    data = await response.json().catch(() => ({}));
  } catch {
    throw new Problem(0);
  }
  if (!response.ok) throw new Problem(response.status, data, response.headers);
  return data;
}

export const job = async (id) => (await callSigned("GET", `/api/v1/jobs/${encodeURIComponent(id)}`)).data;
const isOver = ({ finished_at: over }) => Boolean(over);

/**
 * Call `told` with the job at each change; resolves to the job when it is over. Where events do
 * not come through, it asks now and then.
 */
export function follow(id, told) {
  return new Promise((resolve, reject) => {
    const events = new EventSource(`/api/v1/jobs/${encodeURIComponent(id)}/events`);
    const hear = (heard) => {
      told(heard);
      if (!isOver(heard)) return false;
      events.close();
      resolve(heard);
      return true;
    };
    const ask = async () => {
      try {
        if (!hear(await job(id)) && events.readyState === EventSource.CLOSED) setTimeout(ask, POLL_MS);
      } catch (problem) {
        events.close();
        reject(problem);
      }
    };
    events.addEventListener("job", ({ data }) => hear(JSON.parse(data)));
    events.addEventListener("error", () => { if (events.readyState === EventSource.CLOSED) setTimeout(ask, POLL_MS); });
  });
}
