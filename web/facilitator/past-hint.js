/** @import { CoachActions } from "./actions.js" */
/** @import { Hint } from "../lib/types.d.ts" */
import { h } from "../lib/dom.js";
import { CARD_WORDS, VERDICT_WORDS } from "../lib/words-coach.js";
import { renderFollowUps } from "./hint-card.js";

/** A hint of the past, as one quiet entry. @param {Hint} hint @param {CoachActions} actions */
export function pastHint(hint, actions) {
  const followUps = h("ul", { class: "follow-ups" });
  renderFollowUps(followUps, hint.followUps, actions);
  const headline = hint.suggestion || hint.summary || hint.reminder;
  const summary =
    hint.suggestion && hint.summary && h("p", { class: "summary", "data-section": "summary" }, hint.summary);
  const marks = { class: "past", "data-testid": "past-hint", "data-seq": hint.seq, "data-card": hint.card };
  const said = h("p", { class: "past-text", "data-section": "suggestion" }, headline);
  return h("li", marks, pastHead(hint), said, followUps, summary);
}

/** @param {Hint} hint */
function pastHead(hint) {
  const kind = CARD_WORDS[hint.card] && h("span", {}, CARD_WORDS[hint.card]);
  const verdict = hint.verdict && h("span", { class: "card-verdict" }, VERDICT_WORDS[hint.verdict]);
  const cut = hint.progress === "cut" && h("span", {}, "cut off");
  return h(
    "p",
    { class: "past-head" },
    h("time", {}, clock(hint.heardAt || hint.shownAt)),
    kind,
    verdict,
    cut,
  );
}

/** @param {number} at */
function clock(at) {
  return new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}
