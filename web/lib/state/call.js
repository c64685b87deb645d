/** @import { CallState, EndReason, Event } from "../types.d.ts" */

/** @type {CallState} */
export const initialCall = {
  phase: "prejoin",
  connection: "idle",
  everConnected: false,
  reconnectedAt: 0,
  attempt: 0,
  end: null,
  problem: "",
  sharing: "none",
  me: null,
  other: null,
  agent: null,
  canPlay: true,
};

const RECONNECTED_NOTE_MS = 4000;

/**
 * @param {CallState} state
 * @param {Event} event
 * @param {number} now
 * @returns {CallState}
 */
export function reduceCall(state, event, now) {
  switch (event.type) {
    case "call/phase":
      return { ...state, phase: event.phase, problem: "" };
    case "call/connecting":
      return connecting(state);
    case "call/connected":
      return connected(state, now);
    case "call/reconnecting":
      return { ...state, connection: "reconnecting" };
    case "call/reconnected":
      return { ...state, connection: "connected", reconnectedAt: now };
    case "call/lost":
      return { ...state, connection: "lost", attempt: state.attempt + 1, sharing: "none" };
    case "call/failed":
      return { ...initialCall, problem: event.problem };
    case "call/ended":
      return { ...initialCall, phase: "ended", end: event.reason };
    case "call/people":
      return { ...state, ...event.snapshot };
    case "call/sharing":
      return { ...state, sharing: event.surface };
    default:
      return state;
  }
}

/** @param {CallState} state @returns {CallState} */
function connecting(state) {
  const phase = state.everConnected ? state.phase : "joining";
  return { ...state, phase, connection: "connecting", problem: "" };
}

/** @param {CallState} state @param {number} now @returns {CallState} */
function connected(state, now) {
  const reconnectedAt = state.everConnected ? now : 0;
  return { ...state, phase: "call", connection: "connected", everConnected: true, attempt: 0, reconnectedAt };
}

/** @param {CallState} state @param {number} now */
export function justReconnected(state, now) {
  return (
    state.connection === "connected" &&
    state.reconnectedAt > 0 &&
    now - state.reconnectedAt < RECONNECTED_NOTE_MS
  );
}

const SETTLED_AFTER_MS = 5000;

/** Whether the connection, or the one after a loss, is so new that messages may still go astray. @param {CallState} state @param {number} now */
export function isFresh(state, now) {
  return state.reconnectedAt > 0 && now - state.reconnectedAt < SETTLED_AFTER_MS;
}

/**
 * Why the room was left for good, or null when the page should come back by itself.
 * The numbers are LiveKit's DisconnectReason.
 *
 * @param {number | undefined} reason
 * @param {boolean} leaving the person pressed Leave
 * @returns {EndReason | null}
 */
export function endOf(reason, leaving) {
  if (leaving) return "left";
  if (reason === 2) return "duplicate";
  if (reason === 4) return "removed";
  if (reason === 5 || reason === 10) return "room_closed";
  return null;
}

const RETRY_DELAYS_MS = [500, 1000, 2000, 4000, 8000, 15000];

/** How long to wait before trying again, in milliseconds. @param {number} attempt from 0 */
export function retryDelay(attempt) {
  return RETRY_DELAYS_MS[Math.min(attempt, RETRY_DELAYS_MS.length - 1)] ?? 0;
}
