/** @import { ConsentText, Info, Role, StoredHint } from "./types.d.ts" */

import { call, post } from "./http.js";
import { tokenExpiry } from "./token.js";

export { ApiError } from "./http.js";

/** @typedef {{ server_url: string, participant_token: string, session_id: string, seat: string }} Ticket */

const PRIVACY_CHECK_MS = 65_000;

/** Our server's HTTP interface, as one person's page uses it. @param {Role} role */
export function createApi(role) {
  /** @type {Ticket | null} */
  let ticket = null;
  let own = "";

  /** A fresh ticket for the room: asked at the click of Join, never kept. @param {string | null} room null: the invitation knows @param {string} identity @param {string} name @returns {Promise<Ticket>} */
  async function enter(room, identity, name) {
    const secret = invitation();
    const wanted = { participant_identity: identity, participant_name: name };
    const request = secret ? wanted : { room_name: room, ...wanted };
    const entered = /** @type {Ticket} */ (await post("/api/token", request, secret));
    ticket = entered;
    own = identity;
    return entered;
  }

  const sessionPath = () => `/api/sessions/${encodeURIComponent(ticket?.session_id ?? "")}`;
  const notePath = () => `${sessionPath()}/note`;

  return {
    role,
    enter,
    /** Whether this page was opened by a link to a session. */
    isInvited: () => invitation() !== undefined,
    identity: () => own,
    session: () => ticket?.session_id ?? "",
    /** When the ticket of the last entry ends. */
    expiry: () => tokenExpiry(ticket?.participant_token ?? ""),
    /** @returns {Promise<Info>} */
    info: () => call("/api/info"),
    /** @returns {Promise<ConsentText>} */
    consentText: () => call("/api/consent"),
    /** @param {boolean} agreed @param {string} version @param {boolean | null} keep null leaves that answer as it is */
    consent: (agreed, version, keep) => post("/api/consent", { agreed, version, keep }, ticket?.seat),
    /** @param {number} after @returns {Promise<{ hints: StoredHint[] }>} */
    hints: (after) => call(`${sessionPath()}/hints?after=${after}`, { bearer: ticket?.seat }),
    /** What the coach wrote and the server still has; null when there is none. @returns {Promise<{ items: Record<string, string[]> | null }>} */
    note: () => call(notePath(), { bearer: ticket?.seat }),
    /** The server need not keep the note any longer. */
    forgetNote: () => call(notePath(), { method: "DELETE", bearer: ticket?.seat }),
    /** What a partner would receive of a hint: tried out in a room of its own. @returns {Promise<{ ok: boolean, found: string, remedy: string }>} */
    privacyCheck: () => post("/api/privacy-check", {}, invitation(), PRIVACY_CHECK_MS),
    /** @returns {Promise<{ state: string }>} */
    coach: () => post("/api/coach", {}, ticket?.seat),
  };
}

/** @typedef {ReturnType<typeof createApi>} Api */

/** The secret of an invitation link stands after the #, which browsers never send to a server. */
function invitation() {
  return new URLSearchParams(location.hash.slice(1)).get("invite") ?? undefined;
}
