/** @import { CoachState, CoachStatus, Event } from "../types.d.ts" */

/** @type {CoachState} */
export const initialCoach = {
  status: null,
  identity: "",
  beatAt: 0,
  graceFrom: 0,
  graceMs: 0,
  tickAt: 0,
  connected: false,
  offline: false,
  ownPause: null,
  held: false,
};

/** A beat comes every 2 s; with a look every half second the line stands within 5 s of the last one. */
export const OFFLINE_AFTER_MS = 4500;
const FIRST_BEAT_MS = 10_000;
const FROZEN_AFTER_MS = 3000;

/**
 * Age is counted between timestamps and never while the call itself is away or the tab was asleep.
 *
 * @param {CoachState} state
 * @param {Event} event
 * @param {number} now
 * @returns {CoachState}
 */
export function reduceCoach(state, event, now) {
  switch (event.type) {
    case "call/connected":
      return {
        ...state,
        connected: true,
        graceFrom: now,
        graceMs: state.beatAt ? OFFLINE_AFTER_MS : FIRST_BEAT_MS,
      };
    case "call/reconnected":
      return { ...state, connected: true, graceFrom: now, graceMs: OFFLINE_AFTER_MS };
    case "call/reconnecting":
    case "call/lost":
      return { ...state, connected: false, offline: false };
    case "call/ended":
    case "call/failed":
      return initialCoach;
    case "tick":
      return tick(state, now);
    default:
      return reduceSignals(state, event, now);
  }
}

/** What the coach says and what the facilitator asks of it. @param {CoachState} state @param {Event} event @param {number} now @returns {CoachState} */
function reduceSignals(state, event, now) {
  switch (event.type) {
    case "coach/status":
      return heard(state, event.status, event.identity, now);
    case "call/people":
      return seen(state, event.snapshot.agent?.state ?? "");
    case "coach/pause":
      return { ...state, ownPause: event.own };
    case "coach/held":
      return { ...state, held: event.held };
    case "coach/pace":
      return withStatus(state, { pace: event.pace });
    case "coach/listening":
      return withStatus(state, { listening: event.listening });
    case "coach/captions":
      return withStatus(state, { captions: event.on });
    default:
      return state;
  }
}

/** @param {CoachState} state @param {CoachStatus} status @param {string} identity @param {number} now @returns {CoachState} */
function heard(state, status, identity, now) {
  const known =
    status.reason === "paused_by_facilitator" || (state.ownPause === true && status.state === "paused");
  return { ...state, status, identity, beatAt: now, graceMs: 0, offline: false, ownPause: known };
}

/** After a reload it is unknown whose pause it is, until the coach is seen at work. @param {CoachState} state @param {string} agent @returns {CoachState} */
function seen(state, agent) {
  const atWork = agent !== "" && agent !== "paused";
  return state.ownPause === null && atWork ? { ...state, ownPause: false } : state;
}

/** @param {CoachState} state @param {Partial<CoachStatus>} change @returns {CoachState} */
function withStatus(state, change) {
  return state.status ? { ...state, status: { ...state.status, ...change } } : state;
}

/** @param {CoachState} state @param {number} now @returns {CoachState} */
function tick(state, now) {
  const slept = state.tickAt > 0 && now - state.tickAt > FROZEN_AFTER_MS;
  const next = slept ? { ...state, graceFrom: now, graceMs: OFFLINE_AFTER_MS } : state;
  return { ...next, tickAt: now, offline: next.connected && isStale(next, now) };
}

/** @param {CoachState} state @param {number} now */
function isStale(state, now) {
  const beatGone = now - state.beatAt >= OFFLINE_AFTER_MS;
  return beatGone && now - state.graceFrom >= state.graceMs;
}

/** How long the coach has been silent, in milliseconds; 0 when it never spoke. @param {CoachState} state @param {number} now */
export function beatAge(state, now) {
  return state.beatAt ? now - state.beatAt : 0;
}
