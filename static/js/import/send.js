/** Sending a file and following the job that reads it. */
import { callSigned } from "../core/session.js";

const POLL_MS = 2000;

/** Send the file; the answer is its job. The same key again is the same job. */
export async function send(file, options, key) {
  const query = new URLSearchParams({ file_name: file.name, ...options });
  return (await callSigned("POST", `/api/v1/sales-imports?${query}`, { file, key })).data;
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
