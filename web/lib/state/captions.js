/** @import { CaptionsState, Event } from "../types.d.ts" */

/** @type {CaptionsState} */
export const initialCaptions = { lines: [] };

const KEPT = 3;
const STAY_MS = 15_000;

/**
 * The partner's last words; nothing older is kept.
 *
 * @param {CaptionsState} state
 * @param {Event} event
 * @param {number} now
 * @returns {CaptionsState}
 */
export function reduceCaptions(state, event, now) {
  switch (event.type) {
    case "caption": {
      const others = state.lines.filter((line) => line.segment !== event.segment);
      return { lines: [...others, { segment: event.segment, text: event.text, at: now }].slice(-KEPT) };
    }
    case "tick":
      return fresh(state, now);
    case "call/ended":
      return initialCaptions;
    case "coach/captions":
      return event.on ? state : initialCaptions;
    default:
      return state;
  }
}

/** @param {CaptionsState} state @param {number} now @returns {CaptionsState} */
function fresh(state, now) {
  const lines = state.lines.filter((line) => now - line.at < STAY_MS);
  return lines.length === state.lines.length ? state : { lines };
}
