/** @import { Event, NoticesState, Tone } from "../types.d.ts" */

/** @type {NoticesState} */
export const initialNotices = { list: [], next: 1 };

const STAY_MS = { info: 5000, warn: 12_000, server: 60_000 };

/**
 * Short notes at the edge of the page; those on the call itself go with it.
 *
 * @param {NoticesState} state
 * @param {Event} event
 * @param {number} now
 * @returns {NoticesState}
 */
export function reduceNotices(state, event, now) {
  switch (event.type) {
    case "notice/add":
      return add(state, event.text, event.tone, now);
    case "notice/drop":
      return { ...state, list: state.list.filter((one) => one.id !== event.id) };
    case "call/ended":
      return { ...state, list: state.list.filter((one) => one.tone === "server") };
    case "tick":
      return state.list.some((one) => one.until <= now)
        ? { ...state, list: state.list.filter((one) => one.until > now) }
        : state;
    default:
      return state;
  }
}

/** @param {NoticesState} state @param {string} text @param {Tone} tone @param {number} now @returns {NoticesState} */
function add(state, text, tone, now) {
  const others = state.list.filter((one) => one.text !== text);
  const list = [...others, { id: state.next, text, tone, until: now + STAY_MS[tone] }].slice(-3);
  return { list, next: state.next + 1 };
}
