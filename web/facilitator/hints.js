/** @import { CoachActions } from "./actions.js" */
/** @import { Hint, PageState } from "../lib/types.d.ts" */
import { attribute, each, h, show } from "../lib/dom.js";
import { currentHint, pastHints, safetyCards } from "../lib/state/hints.js";
import { words } from "../lib/words.js";
import { hintCard } from "./hint-card.js";
import { pastHint } from "./past-hint.js";

/** @typedef {ReturnType<typeof hintCard>} CardView */

/** The one current hint; while it is under the pointer or in focus it stays. @param {CoachActions} actions */
export function currentView(actions) {
  const element = h("div", {
    id: "current",
    class: "current",
    onpointerenter: () => actions.holdHint(true),
    onpointerleave: () => actions.holdHint(false),
    onfocusin: () => actions.holdHint(true),
    onfocusout: () => actions.holdHint(false),
  });
  /** @type {{ key: string, card: CardView | null }} */
  let shown = { key: "", card: null };

  /** @param {Hint | null} hint @param {boolean} any */
  function replace(hint, any) {
    const key = hint ? hint.hintId : `empty-${any}`;
    if (key === shown.key) return;
    shown = { key, card: hint && hintCard(hint, actions) };
    element.replaceChildren(shown.card?.element ?? emptyCard(any));
  }

  /** @param {PageState} state */
  function render(state) {
    const hint = currentHint(state.hints);
    replace(hint, Object.keys(state.hints.bySeq).length > 0);
    if (hint) shown.card?.render(hint, state);
  }

  return { element, render };
}

/** Safety cards: apart from the rest, until put away. @param {CoachActions} actions */
export function safetyView(actions) {
  const element = h("div", { id: "safety", class: "safety" });
  /** @type {Map<string, CardView>} */
  const cards = new Map();
  /** @param {Hint} hint */
  function make(hint) {
    const card = hintCard(hint, actions);
    cards.set(hint.hintId, card);
    return card.element;
  }
  /** @param {PageState} state */
  function render(state) {
    each(
      element,
      safetyCards(state.hints),
      (hint) => hint.hintId,
      make,
      (_, hint) => cards.get(hint.hintId)?.render(hint, state),
    );
  }
  return { element, render };
}

/** What was said before, newest first; a reader in the middle of it stays where they are. @param {CoachActions} actions */
export function historyView(actions) {
  const list = h("ol", { id: "history", class: "history", tabindex: 0, "aria-label": "Earlier hints" });
  const title = h("h2", { class: "history-title" }, "Earlier");
  const element = h("section", { class: "past-hints" }, title, list);
  /** @type {Hint[]} */
  let shown = [];

  /** @param {PageState} state */
  function render(state) {
    const past = pastHints(state.hints);
    show(element, past.length > 0);
    if (isSame(past, shown)) return;
    shown = past;
    const [top, height] = [list.scrollTop, list.scrollHeight];
    each(list, past, keyOf, (hint) => pastHint(hint, actions));
    if (top > 0) list.scrollTop = top + list.scrollHeight - height;
    attribute(list, "data-count", past.length);
  }

  return { element, render };
}

/** What stands where the next hint will be. @param {boolean} any */
function emptyCard(any) {
  return h("p", { class: "hint-empty", id: "hint-empty" }, any ? words.nextHint : words.waitingForHints);
}

/** @param {Hint} hint */
function keyOf(hint) {
  return `${hint.hintId}-${hint.progress}-${hint.verdict}`;
}

/** @param {Hint[]} a @param {Hint[]} b */
function isSame(a, b) {
  return a.length === b.length && a.every((hint, index) => hint === b[index]);
}
