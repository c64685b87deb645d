/** @import { Hint, PageState, Section, Verdict } from "../lib/types.d.ts" */
import { attribute, each, h, show, text } from "../lib/dom.js";
import { icon } from "../lib/icons.js";
import { isFading } from "../lib/state/hints.js";
import { age, words } from "../lib/words.js";

/**
 * @typedef {object} CardActions
 * @property {(hint: Hint, verdict: Verdict) => void} verdict
 * @property {(hint: Hint) => void} dismiss
 * @property {(text: string) => void} copy
 */

const KINDS = { hint: "", safety: "Safety", test: "Test hint, not from the session" };
const VERDICTS = { used: "Used", not_now: "Not now", fewer: "Fewer" };

/**
 * One hint. Every section has its own place from the start, so that nothing moves while the words
 * arrive: the suggestion on top, follow-ups under it, summary and reminder quiet at the foot.
 *
 * @param {Hint} first
 * @param {CardActions} actions
 */
export function hintCard(first, actions) {
  let hint = first;
  const kind = h("span", { class: "card-kind" }, KINDS[first.card]);
  const when = h("span", { class: "card-age" });
  const dismiss = h(
    "button",
    {
      class: "round card-dismiss",
      type: "button",
      "aria-label": "Put this card away",
      onclick: () => actions.dismiss(hint),
    },
    icon("close"),
  );
  const [suggestion, summary, reminder] = [section("suggestion"), section("summary"), section("reminder")];
  const followUps = h("ul", { class: "follow-ups" });
  const cut = h("p", { class: "card-cut", hidden: true }, "This hint was cut off.");
  const tools = verdictTools((given) => actions.verdict(hint, given));
  const element = h(
    "article",
    {
      class: "hint",
      "data-testid": "hint-card",
      "data-seq": first.seq,
      "data-card": first.card,
      "aria-label": KINDS[first.card] || "Hint",
    },
    h("header", { class: "card-head" }, kind, when, tools, dismiss),
    suggestion,
    followUps,
    h("footer", { class: "card-foot" }, summary, reminder, cut),
  );
  show(dismiss, first.card === "safety");
  show(tools, first.card === "hint");

  /** @param {Hint} next @param {PageState} state */
  function render(next, { now }) {
    hint = next;
    renderSections({ suggestion, summary, reminder }, next);
    each(
      followUps,
      next.followUps.map((said, index) => ({ words: said, index })),
      (one) => String(one.index),
      () => followUp(actions.copy),
      (item, one) => text(/** @type {HTMLElement} */ (item.firstChild), one.words),
    );
    text(when, age(now - next.shownAt));
    show(cut, next.progress === "cut");
    attribute(element, "data-progress", next.progress);
    attribute(element, "data-fading", String(next.card !== "safety" && isFading(next, now)));
    attribute(element, "data-verdict", next.verdict ?? "");
  }

  return { element, render };
}

/** @param {Section} name */
function section(name) {
  return h("p", { class: name, "data-section": name });
}

/** @param {Record<"suggestion" | "summary" | "reminder", HTMLElement>} places @param {Hint} hint */
function renderSections(places, hint) {
  text(places.suggestion, hint.suggestion);
  text(places.summary, hint.summary);
  text(places.reminder, hint.reminder);
  show(places.reminder, hint.reminder !== "");
}

/** @param {(text: string) => void} copy */
function followUp(copy) {
  const said = h("span", { "data-section": "follow_up" });
  const button = h(
    "button",
    {
      class: "round copy",
      type: "button",
      "aria-label": "Copy this follow-up",
      title: "Copy",
      onclick: () => copy(said.textContent ?? ""),
    },
    icon("copy"),
  );
  return h("li", {}, said, button);
}

/** @param {(verdict: Verdict) => void} give */
function verdictTools(give) {
  const keys = { used: "U", not_now: "N", fewer: "F" };
  const buttons = /** @type {Verdict[]} */ (["used", "not_now", "fewer"]).map((one) =>
    h(
      "button",
      {
        class: "chip",
        type: "button",
        "data-verdict": one,
        "aria-keyshortcuts": keys[one],
        title: `${VERDICTS[one]} (${keys[one]})`,
        onclick: () => give(one),
      },
      VERDICTS[one],
    ),
  );
  return h(
    "div",
    { class: "card-tools", role: "group", "aria-label": "What became of this hint" },
    ...buttons,
  );
}

/** A hint of the past, as one quiet entry. @param {Hint} hint @param {CardActions} actions */
export function pastHint(hint, actions) {
  const headline = hint.suggestion || hint.summary || hint.reminder;
  const time = new Date(hint.heardAt || hint.shownAt).toLocaleTimeString([], {
    hour: "2-digit",
    minute: "2-digit",
  });
  const item = h("li", {
    class: "past",
    "data-testid": "past-hint",
    "data-seq": hint.seq,
    "data-card": hint.card,
  });
  const follow = h(
    "ul",
    { class: "follow-ups" },
    ...hint.followUps.map((said) => {
      const row = followUp(actions.copy);
      row.firstChild?.appendChild(document.createTextNode(said));
      return row;
    }),
  );
  item.append(
    h(
      "p",
      { class: "past-head" },
      h("time", {}, time),
      KINDS[hint.card] && h("span", {}, KINDS[hint.card]),
      hint.verdict && h("span", { class: "card-verdict" }, VERDICTS[hint.verdict]),
      hint.progress === "cut" && h("span", {}, "cut off"),
    ),
    h("p", { class: "past-text", "data-section": "suggestion" }, headline),
    follow,
  );
  if (hint.suggestion && hint.summary)
    item.append(h("p", { class: "summary", "data-section": "summary" }, hint.summary));
  return item;
}

/** What stands where the next hint will be. @param {boolean} any */
export function emptyCard(any) {
  return h(
    "p",
    { class: "hint-empty", id: "hint-empty" },
    any ? "Listening for the next moment…" : words.waitingForHints,
  );
}
