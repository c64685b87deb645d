/** @import { CoachActions } from "./actions.js" */
/** @import { Hint, PageState, Section, Verdict } from "../lib/types.d.ts" */
import { attribute, button, each, h, show, text } from "../lib/dom.js";
import { icon } from "../lib/icons.js";
import { isFading } from "../lib/state/hints.js";
import { CARD_WORDS, VERDICT_WORDS } from "../lib/words-coach.js";
import { age, words } from "../lib/words.js";

const KEYS = { used: "U", not_now: "N", fewer: "F" };

/**
 * One hint. Every section has its own place from the start, so that nothing moves while the words
 * arrive: the suggestion on top, follow-ups under it, summary and reminder quiet at the foot.
 *
 * @param {Hint} first
 * @param {CoachActions} actions
 */
export function hintCard(first, actions) {
  const [suggestion, summary, reminder] = [section("suggestion"), section("summary"), section("reminder")];
  const followUps = h("ul", { class: "follow-ups" });
  const cut = h("p", { class: "card-cut" }, words.hintCut);
  const head = cardHead(first, actions);
  const foot = h("footer", { class: "card-foot" }, summary, reminder, cut);
  const marks = { class: "hint", "data-testid": "hint-card", "data-seq": first.seq, "data-card": first.card };
  const element = h("article", marks, head.element, suggestion, followUps, foot);
  attribute(element, "aria-label", CARD_WORDS[first.card] || "Hint");

  /** @param {Hint} hint @param {PageState} state */
  function render(hint, { now }) {
    head.render(hint, now);
    text(suggestion, hint.suggestion);
    text(summary, hint.summary);
    text(reminder, hint.reminder);
    show(reminder, hint.reminder !== "");
    renderFollowUps(followUps, hint.followUps, actions);
    show(cut, hint.progress === "cut");
    attribute(element, "data-progress", hint.progress);
    attribute(element, "data-fading", String(hint.card !== "safety" && isFading(hint, now)));
    attribute(element, "data-verdict", hint.verdict ?? "");
  }

  return { element, render };
}

/** @param {Section} name */
function section(name) {
  return h("p", { class: name, "data-section": name });
}

/** What kind of card, how old, and what became of it. @param {Hint} first @param {CoachActions} actions */
function cardHead(first, actions) {
  let hint = first;
  const kind = h("span", { class: "card-kind" }, CARD_WORDS[first.card]);
  const when = h("span", { class: "card-age" });
  const tools = verdictTools((given) => actions.verdict(hint, given));
  const dismiss = h("button", { class: "round card-dismiss", type: "button" }, icon("close"));
  attribute(dismiss, "aria-label", "Put this card away");
  dismiss.addEventListener("click", () => actions.dismiss(hint));
  show(dismiss, first.card === "safety");

  /** @param {Hint} next @param {number} now */
  function render(next, now) {
    hint = next;
    text(when, age(now - next.shownAt));
  }

  return {
    element: h("header", { class: "card-head" }, kind, when, first.card === "hint" && tools, dismiss),
    render,
  };
}

/** @param {(verdict: Verdict) => void} give */
function verdictTools(give) {
  const buttons = /** @type {Verdict[]} */ (["used", "not_now", "fewer"]).map((verdict) => {
    const chip = button(`hint-${verdict}`, "chip", () => give(verdict), VERDICT_WORDS[verdict]);
    attribute(chip, "data-verdict", verdict);
    attribute(chip, "aria-keyshortcuts", KEYS[verdict]);
    attribute(chip, "title", KEYS[verdict]);
    return chip;
  });
  return h(
    "div",
    { class: "card-tools", role: "group", "aria-label": "What became of this hint" },
    ...buttons,
  );
}

/** @param {HTMLElement} list @param {string[]} followUps @param {CoachActions} actions */
export function renderFollowUps(list, followUps, actions) {
  const items = followUps.map((said, index) => ({ said, index }));
  const update = (/** @type {HTMLElement} */ item, /** @type {{ said: string }} */ { said }) => {
    const place = item.querySelector("[data-section]");
    if (place) text(place, said);
  };
  each(
    list,
    items,
    (one) => String(one.index),
    () => followUp(actions),
    update,
  );
}

/** @param {CoachActions} actions */
function followUp(actions) {
  const said = h("span", { "data-section": "follow_up" });
  const copy = h("button", { class: "round copy", type: "button", title: "Copy" }, icon("copy"));
  attribute(copy, "aria-label", "Copy this follow-up");
  copy.addEventListener("click", () => actions.copy(said.textContent ?? ""));
  return h("li", {}, said, copy);
}
