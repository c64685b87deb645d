import { initialPage, reducePage } from "../lib/state/page.js";

/** @import { Agent, CoachStatus, Event, PageState, Person, Role, Snapshot } from "../lib/types.d.ts" */

/**
 * A page that has seen these events, each with its time.
 *
 * @param {[number, Event][]} events
 * @param {Role} [role]
 * @returns {PageState}
 */
export function after(events, role = "facilitator") {
  return events.reduce((state, [now, event]) => reducePage(state, event, now), initialPage(role));
}

/** @param {Partial<CoachStatus>} [change] @returns {CoachStatus} */
export function status(change = {}) {
  return {
    state: "listening",
    reason: "",
    last_heard_at: null,
    last_seq: 0,
    session: "s1",
    pace: "balanced",
    listening: "continuous",
    captions: false,
    mode: "live",
    at: 0,
    ...change,
  };
}

/** @param {Partial<CoachStatus>} [change] @returns {Event} */
export function beat(change) {
  return { type: "coach/status", status: status(change), identity: "coach" };
}

/** @param {Partial<Person>} [change] @returns {Person} */
export function person(change = {}) {
  return {
    identity: "partner",
    name: "Ada",
    speaking: false,
    quality: "good",
    micOn: true,
    camera: "TR_1",
    cameraPaused: false,
    screen: null,
    consent: "granted",
    ...change,
  };
}

/** @param {Partial<Snapshot>} [change] @returns {Event} */
export function people(change = {}) {
  return {
    type: "call/people",
    snapshot: {
      me: person(),
      other: person({ identity: "facilitator" }),
      agent: null,
      canPlay: true,
      ...change,
    },
  };
}

/** @param {string} state @returns {Agent} */
export function agent(state) {
  return { identity: "coach", state };
}

/** @param {number} seq @param {"hint" | "safety" | "test"} [card] @returns {Event} */
export function open(seq, card = "hint") {
  return { type: "hint/open", seq, hintId: `h${seq}`, card, heardAt: 0 };
}

/** @param {number} seq @param {import("../lib/types.d.ts").HintLine} body @returns {Event} */
export function line(seq, body) {
  return { type: "hint/line", seq, line: body };
}

/** @param {number} seq @returns {Event} */
export function done(seq) {
  return line(seq, { done: true, latency_ms: { total: 1 } });
}
