/** An answer of the server that says no; `code` is its own word for why. */
export class ApiError extends Error {
  /** @param {number} status @param {string} code @param {string} message */
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const TIMEOUT_MS = 10_000;

/** Asks our server. @param {string} path @param {RequestInit & { bearer?: string, patienceMs?: number }} [options] */
export async function call(path, { bearer, patienceMs = TIMEOUT_MS, ...options } = {}) {
  const headers = new Headers(options.headers);
  if (bearer) headers.set("Authorization", `Bearer ${bearer}`);
  if (options.body) headers.set("Content-Type", "application/json");
  const answer = await reach(path, { ...options, headers }, patienceMs);
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok)
    throw new ApiError(answer.status, body.error?.code ?? "", body.error?.message ?? answer.statusText);
  return body;
}

/** @param {string} path @param {unknown} body @param {string} [bearer] @param {number} [patienceMs] */
export function post(path, body, bearer, patienceMs) {
  return call(path, { method: "POST", body: JSON.stringify(body), bearer, patienceMs });
}

/** @param {string} path @param {RequestInit} options @param {number} patienceMs */
async function reach(path, options, patienceMs) {
  try {
    return await fetch(path, { ...options, cache: "no-store", signal: AbortSignal.timeout(patienceMs) });
  } catch {
    throw new ApiError(0, "unreachable", "The server can't be reached.");
  }
}
