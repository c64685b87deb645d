/** @import { ConsentText, Info, Role, StoredHint } from "./types.d.ts" */

import { tokenExpiry } from "./token.js";

/** An answer of the server that says no; `code` is its own word for why. */
export class ApiError extends Error {
  /** @param {number} status @param {string} code @param {string} message */
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** @typedef {{ server_url: string, participant_token: string, session_id: string, seat: string }} Ticket */

const TIMEOUT_MS = 10_000;

/** Our server's HTTP interface, as one person's page uses it. @param {Role} role */
export function createApi(role) {
  /** @type {Ticket | null} */
  let ticket = null;
  let own = "";

  /** @param {string} path @param {RequestInit & { bearer?: string }} [options] */
  async function call(path, { bearer, ...options } = {}) {
    const headers = new Headers(options.headers);
    if (bearer) headers.set("Authorization", `Bearer ${bearer}`);
    if (options.body) headers.set("Content-Type", "application/json");
    const answer = await reach(path, { ...options, headers });
    const body = await answer.json().catch(() => ({}));
    if (!answer.ok)
      throw new ApiError(answer.status, body.error?.code ?? "", body.error?.message ?? answer.statusText);
    return body;
  }

  /** @param {string} path @param {unknown} body @param {string} [bearer] */
  function post(path, body, bearer) {
    return call(path, { method: "POST", body: JSON.stringify(body), bearer });
  }

  /** A fresh ticket for the room: asked at the click of Join, never kept. @param {string | null} room null: the invitation knows @param {string} identity @param {string} name @returns {Promise<Ticket>} */
  async function enter(room, identity, name) {
    const request = { room_name: room, participant_identity: identity, participant_name: name };
    const entered = /** @type {Ticket} */ (await post("/api/token", request, invitation()));
    ticket = entered;
    own = identity;
    return entered;
  }

  return {
    role,
    enter,
    identity: () => own,
    session: () => ticket?.session_id ?? "",
    /** When the ticket of the last entry ends. */
    expiry: () => tokenExpiry(ticket?.participant_token ?? ""),
    /** @returns {Promise<Info>} */
    info: () => call("/api/info"),
    /** @returns {Promise<ConsentText>} */
    consentText: () => call("/api/consent"),
    /** @param {boolean} agreed @param {string} version */
    consent: (agreed, version) => post("/api/consent", { agreed, version }, ticket?.seat),
    /** @param {number} after @returns {Promise<{ hints: StoredHint[] }>} */
    hints: (after) =>
      call(`/api/sessions/${encodeURIComponent(ticket?.session_id ?? "")}/hints?after=${after}`, {
        bearer: ticket?.seat,
      }),
    /** @returns {Promise<{ state: string }>} */
    coach: () => post("/api/coach", {}, ticket?.seat),
  };
}

/** @typedef {ReturnType<typeof createApi>} Api */

/** @param {string} path @param {RequestInit} options */
async function reach(path, options) {
  try {
    return await fetch(path, { ...options, cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch {
    throw new ApiError(0, "unreachable", "The server can't be reached.");
  }
}

/** The secret of an invitation link stands after the #, which browsers never send to a server. */
function invitation() {
  return new URLSearchParams(location.hash.slice(1)).get("invite") ?? undefined;
}
