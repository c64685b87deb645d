/** @import { Event, Hint, HintLine, HintsState, StoredHint } from "../types.d.ts" */

/** @type {HintsState} */
export const initialHints = { bySeq: {}, held: false };

export const FADE_AFTER_MS = 20_000;
const FADING_MS = 4000;

/**
 * @param {HintsState} state
 * @param {Event} event
 * @param {number} now
 * @returns {HintsState}
 */
export function reduceHints(state, event, now) {
  switch (event.type) {
    case "hint/open":
      return open(state, event, now);
    case "hint/line":
      return change(state, event.seq, (hint) => withLine(hint, event.line));
    case "hint/cut":
      return change(state, event.seq, (hint) => ({ ...hint, progress: "cut" }));
    case "hint/verdict":
      return change(state, event.seq, (hint) => ({
        ...hint,
        verdict: event.verdict,
        retired: hint.retired || event.verdict !== "used",
      }));
    case "hint/dismiss":
      return change(state, event.seq, (hint) => ({ ...hint, retired: true }));
    case "hint/hold":
      return { ...state, held: event.held };
    case "hints/fetched":
      return event.hints.reduce((sum, stored) => merge(sum, stored, now), state);
    case "call/ended":
    case "hints/forget":
      return initialHints;
    case "tick":
      return state.held ? state : retireOld(state, now);
    default:
      return state;
  }
}

/**
 * @param {HintsState} state
 * @param {Extract<Event, { type: "hint/open" }>} event
 * @param {number} now
 * @returns {HintsState}
 */
function open(state, event, now) {
  const known = state.bySeq[event.seq];
  if (known && known.progress !== "cut") return state;
  const { seq, hintId, card, heardAt } = event;
  return put(state, { ...blank(seq, hintId, card, heardAt), shownAt: now });
}

/**
 * @param {number} seq
 * @param {string} hintId
 * @param {Hint["card"]} card
 * @param {number} heardAt
 * @returns {Hint}
 */
function blank(seq, hintId, card, heardAt) {
  return {
    seq,
    hintId,
    card,
    heardAt,
    shownAt: 0,
    suggestion: "",
    summary: "",
    reminder: "",
    followUps: [],
    progress: "streaming",
    verdict: null,
    retired: false,
    fetched: false,
  };
}

/** @param {HintsState} state @param {Hint} hint @returns {HintsState} */
function put(state, hint) {
  return { ...state, bySeq: { ...state.bySeq, [hint.seq]: hint } };
}

/** @param {HintsState} state @param {number} seq @param {(hint: Hint) => Hint} edit @returns {HintsState} */
function change(state, seq, edit) {
  const hint = state.bySeq[seq];
  return hint ? put(state, edit(hint)) : state;
}

/** @param {Hint} hint @param {HintLine} line @returns {Hint} */
function withLine(hint, line) {
  if (hint.progress === "complete") return hint;
  if (line.section) return withSection(hint, line.section, line.text ?? "", line.index ?? 0);
  return line.done ? { ...hint, progress: "complete" } : hint;
}

/** @param {Hint} hint @param {HintLine["section"]} section @param {string} text @param {number} index @returns {Hint} */
function withSection(hint, section, text, index) {
  if (section === "suggestion" || section === "summary" || section === "reminder")
    return { ...hint, [section]: text };
  if (section !== "follow_up" || index < 0 || index > 9) return hint;
  const followUps = [...hint.followUps];
  followUps[index] = text;
  return { ...hint, followUps: Array.from(followUps, (one) => one ?? "") };
}

/** The store is the truth: a complete hint from it replaces a cut or half-read one. @param {HintsState} state @param {StoredHint} stored @param {number} now */
function merge(state, stored, now) {
  const known = state.bySeq[stored.seq];
  if (known && known.progress === "complete") return state;
  const late = now - stored.heard_at >= FADE_AFTER_MS && stored.card !== "safety";
  const base = known ?? {
    ...blank(stored.seq, stored.hint_id, stored.card, stored.heard_at),
    shownAt: stored.heard_at,
    retired: late,
  };
  const filled = stored.sections.reduce(
    (hint, part) => withSection(hint, part.section, part.text, part.index),
    base,
  );
  return put(state, {
    ...filled,
    progress: "complete",
    verdict: stored.verdict ?? known?.verdict ?? null,
    fetched: true,
  });
}

/** @param {HintsState} state @param {number} now @returns {HintsState} */
function retireOld(state, now) {
  const old = Object.values(state.bySeq).filter((hint) => isOld(hint, now));
  return old.reduce((sum, hint) => put(sum, { ...hint, retired: true }), state);
}

/** @param {Hint} hint @param {number} now */
function isOld(hint, now) {
  return (
    !hint.retired &&
    hint.card !== "safety" &&
    hint.progress !== "streaming" &&
    now - hint.shownAt >= FADE_AFTER_MS
  );
}

/** @param {HintsState} state @returns {Hint[]} oldest first */
function inOrder(state) {
  return Object.values(state.bySeq).sort((a, b) => a.seq - b.seq);
}

/** The one hint in the reader's eye: the newest, until it has faded. @param {HintsState} state @returns {Hint | null} */
export function currentHint(state) {
  const newest = inOrder(state)
    .filter((hint) => hint.card !== "safety")
    .at(-1);
  return newest && !newest.retired ? newest : null;
}

/** Safety cards stay until the facilitator puts them away. @param {HintsState} state @returns {Hint[]} */
export function safetyCards(state) {
  return inOrder(state).filter((hint) => hint.card === "safety" && !hint.retired);
}

/** Everything said before, newest first. @param {HintsState} state @returns {Hint[]} */
export function pastHints(state) {
  const current = currentHint(state);
  const past = inOrder(state).filter((hint) => hint !== current && (hint.card !== "safety" || hint.retired));
  return past.filter(hasWords).reverse();
}

/** @param {Hint} hint */
function hasWords(hint) {
  return Boolean(hint.suggestion || hint.summary || hint.reminder || hint.followUps.length);
}

/** @param {Hint} hint @param {number} now */
export function isFading(hint, now) {
  return hint.progress !== "streaming" && now - hint.shownAt >= FADE_AFTER_MS - FADING_MS;
}

/**
 * The sequence numbers that should be here and are not whole: to be asked of the history.
 *
 * @param {HintsState} state
 * @param {number} lastSeq the coach's own count
 */
export function missingHints(state, lastSeq) {
  const all = Array.from({ length: lastSeq }, (_, index) => index + 1);
  return all.filter((seq) => (state.bySeq[seq]?.progress ?? "cut") === "cut");
}

/** Hints that became complete in this change: those to be read out. @param {HintsState} before @param {HintsState} after @returns {Hint[]} */
export function newlyComplete(before, after) {
  return inOrder(after).filter(
    (hint) =>
      hint.progress === "complete" && !hint.retired && before.bySeq[hint.seq]?.progress !== "complete",
  );
}
