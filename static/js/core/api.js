/**
 * The API as the pages use it. Every change carries an Idempotency-Key made when
 * its form opens, so that sending twice does it once and a retry is always safe.
 */
import { locale } from "./i18n.js";

const TIMEOUT_MS = 20000;
/* Waits before another try, when no answer came or the service asked for one. */
const PAUSES_MS = [700, 2500];

/** An answer that is a problem document; `kind` says what a person can do about it. */
export class Problem extends Error {
  constructor(status, body = {}, headers = new Headers()) {
    super(body.title || `HTTP ${status}`);
    this.status = status;
    this.code = body.code || "";
    this.title = body.title || "";
    this.detail = body.detail || "";
    this.errors = Array.isArray(body.errors) ? body.errors : [];
    this.requestId = headers.get("Request-Id");
    this.retryAfter = Number(headers.get("Retry-After")) || 0;
  }

  /** "offline": nothing arrived; "busy": later; "failed": our fault; "" : the request's fault. */
  get kind() {
    if (this.status === 0) return "offline";
    if (this.status === 503 || this.status === 429) return "busy";
    return this.status >= 500 ? "failed" : "";
  }

  /** Whether the very same request may be sent again without a person's doing. */
  get again() {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504
      || this.code === "idempotency_in_progress";
  }
}

/** A new key. getRandomValues, because randomUUID is missing on plain http. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The key of one form: it stays while the same thing is sent again, and changes
 * when something else is sent. `memory` may be kept with a draft.
 */
export function formKey(memory = {}) {
  memory.key ??= newKey();
  return {
    memory,
    /** The key to send this body with. */
    of(body) {
      const json = JSON.stringify(body);
      if (memory.sent && memory.sent !== json) memory.key = newKey();
      memory.sent = json;
      return memory.key;
    },
    /** There was an answer: what is sent next is something new. */
    answered() {
      memory.key = newKey();
      memory.sent = null;
    },
  };
}

/** A `file` is sent as it is, for as long as it takes; a `body` as JSON. */
async function once(method, path, { body, file, key, etag, token }) {
  const headers = { Accept: "application/json", "Accept-Language": locale };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (file) headers["Content-Type"] = "application/octet-stream";
  if (key) headers["Idempotency-Key"] = key;
  if (etag) headers["If-Match"] = etag;
  if (token) headers.Authorization = `Bearer ${token}`;
  let response, data;
  try {
    response = await fetch(path, {
      method, headers,
      body: file ?? (body === undefined ? undefined : JSON.stringify(body)),
      /* A link's token and a session cookie must not meet in one request. */
      credentials: token ? "omit" : "same-origin",
      signal: file ? undefined : AbortSignal.timeout?.(TIMEOUT_MS),
    });
    data = response.status === 204 ? null : await response.json().catch(() => ({}));
  } catch {
    throw new Problem(0);
  }
  if (!response.ok) throw new Problem(response.status, data, response.headers);
  return { data, etag: response.headers.get("ETag"), status: response.status };
}

const sleep = (ms) => new Promise((wake) => { setTimeout(wake, ms); });

/** Send a request; tries again by itself where that is safe. Throws a Problem. */
export async function call(method, path, options = {}) {
  const safe = method === "GET" || options.key;
  for (let tried = 0; ; tried++) {
    try {
      return await once(method, path, options);
    } catch (problem) {
      if (!safe || !problem.again || tried >= PAUSES_MS.length) throw problem;
      await sleep(Math.max(PAUSES_MS[tried], Math.min(problem.retryAfter, 5) * 1000));
    }
  }
}

/** The words for a problem that is not about a single field. */
export function explain(problem, text) {
  const said = problem instanceof Problem
    ? (problem.kind ? text(`common.js.${problem.kind}`) : problem.title) || text("common.js.failed")
    : text("common.js.failed");
  return problem.kind === "failed" && problem.requestId
    ? `${said} ${text("common.js.requestId", { id: problem.requestId })}` : said;
}
