/** @import { Event, PageState, PresenceState } from "../types.d.ts" */

/** @type {PresenceState} */
export const initialPresence = { line: "none", heardAt: 0, tries: 0, retryAt: 0 };

/** The server beats every 15 s; a line that is silent for longer was cut on the way. */
export const SILENT_AFTER_MS = 40_000;
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 30_000;

/**
 * The connection that tells our server that a page is open.
 *
 * @param {PresenceState} state
 * @param {Event} event
 * @param {number} now
 * @returns {PresenceState}
 */
export function reducePresence(state, event, now) {
  switch (event.type) {
    case "presence/opened":
      return { ...state, line: "held", heardAt: now };
    case "presence/heard":
      return { ...state, heardAt: now, tries: 0 };
    case "presence/lost":
      return { ...state, line: "lost", tries: state.tries + 1, retryAt: now + pause(state.tries) };
    case "presence/closed":
      return initialPresence;
    default:
      return state;
  }
}

/** @param {number} tries */
function pause(tries) {
  return Math.min(FIRST_RETRY_MS * 2 ** tries, LAST_RETRY_MS);
}

/**
 * What is to be done about the connection now. A page that nobody sees and that is in no call lets go of it.
 *
 * @param {PageState} page
 * @param {boolean} hidden
 * @returns {"open" | "close" | "nothing"}
 */
export function presenceStep({ presence, call, now }, hidden) {
  const { line, heardAt, retryAt } = presence;
  const wanted = !hidden || call.phase === "call" || call.phase === "joining";
  if (!wanted) return line === "none" ? "nothing" : "close";
  if (line === "none" || (line === "lost" && now >= retryAt)) return "open";
  return line === "held" && now - heardAt > SILENT_AFTER_MS ? "open" : "nothing";
}
