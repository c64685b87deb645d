/** @import { Agent, CallState, ConsentState, Event } from "../types.d.ts" */

/** @type {ConsentState} */
export const initialConsent = {
  text: null,
  failed: false,
  choice: null,
  keep: null,
  sending: false,
  told: null,
  retryAt: 0,
  review: false,
};

const RETRY_MS = 3000;

/**
 * @param {ConsentState} state
 * @param {Event} event
 * @param {number} now
 * @returns {ConsentState}
 */
export function reduceConsent(state, event, now) {
  switch (event.type) {
    case "consent/text":
      return { ...state, text: event.text, failed: false };
    case "consent/failed":
      return { ...state, failed: true };
    case "consent/choose":
      return { ...state, choice: event.agreed, keep: event.keep, told: null, retryAt: 0, review: false };
    case "consent/forget":
      return initialConsent;
    case "consent/sending":
      return { ...state, sending: true };
    case "consent/saved":
      return { ...state, sending: false, told: event.agreed };
    case "consent/unsaved":
      return { ...state, sending: false, retryAt: now + RETRY_MS };
    case "call/connected":
      return { ...state, sending: false, told: null, retryAt: 0 };
    case "consent/review":
      return { ...state, review: event.open };
    default:
      return state;
  }
}

/**
 * Whether the person's choice has still to be told to the server. `recorded` is the participant
 * attribute that the server set: granted, declined, withdrawn or nothing.
 *
 * @param {ConsentState} state
 * @param {string} recorded
 * @param {number} now
 */
export function mustSend(state, recorded, now) {
  if (state.choice === null || state.sending || !state.text) return false;
  if (state.told === state.choice || now < state.retryAt) return false;
  if (state.choice) return recorded !== "granted";
  return recorded !== "declined" && recorded !== "withdrawn";
}

/** Whether the coach's part is over, so that pausing it would change nothing. @param {Agent | null} agent */
export function hasStopped(agent) {
  return agent?.state === "stopped";
}

/**
 * What the partner can do about the coach now. There is something to stop for as long as the consent
 * stands, and something to pause only while a coach is there that may listen.
 *
 * @param {CallState} call
 * @param {ConsentState} consent
 */
export function partnersChoices({ agent, me }, { choice, sending }) {
  const agreed = me?.consent === "granted" || (choice === true && sending);
  return { pause: agreed && agent !== null && !hasStopped(agent), withdraw: agreed, allow: !agreed };
}
