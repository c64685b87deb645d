/** @import { Event, Figures, NoteState } from "../types.d.ts" */

/** @type {NoteState} */
export const initialNote = { stage: "none", reason: "", texts: {}, figures: null, kept: true, at: 0 };

/**
 * The note on the session lives in this page alone, until it is downloaded or discarded.
 *
 * @param {NoteState} state
 * @param {Event} event
 * @param {number} now
 * @returns {NoteState}
 */
export function reduceNote(state, event, now) {
  switch (event.type) {
    case "note/asked":
      return { ...initialNote, stage: "writing" };
    case "note/written":
      return { ...answered(event), stage: "ready", texts: linesOf(event.items), kept: false, at: now };
    case "note/failed":
      return { ...answered(event), stage: "failed", reason: event.reason };
    case "note/edit":
      return { ...state, texts: { ...state.texts, [event.heading]: event.text }, kept: false };
    case "note/kept":
      return { ...state, kept: true };
    case "note/discard":
      return initialNote;
    default:
      return state;
  }
}

/** @param {{ figures?: Figures | null }} event */
function answered({ figures = null }) {
  return { ...initialNote, figures };
}

/** @param {Record<string, string[]>} items */
function linesOf(items) {
  return Object.fromEntries(Object.entries(items).map(([heading, lines]) => [heading, lines.join("\n")]));
}
