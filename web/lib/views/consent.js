/** @import { Actions } from "../actions.js" */
/** @import { PageState } from "../types.d.ts" */
import { attribute, button, each, h, show, text } from "../dom.js";
import { words } from "../words.js";

/** What listens, what it does, who sees it, what is kept, how to stop: before anything is heard. @param {Actions} actions */
export function consentView(actions) {
  const { element, title, paragraphs, keep, failed, agree, decline } = consentParts(actions);
  let wasVisible = false;

  /** @param {PageState} state */
  function render({ call, consent }) {
    const inCall = call.phase === "call";
    const visible = call.phase === "consent" || (inCall && consent.review);
    show(element, visible);
    element.classList.toggle("consent-over", inCall);
    text(title, consent.text?.title ?? "The silent coach");
    each(paragraphs, consent.text?.paragraphs ?? [], String, (one) => h("p", {}, one));
    keep.render(consent.text);
    show(failed, consent.failed);
    text(agree, inCall ? "Agree" : "Agree and join");
    text(decline, inCall ? "Stay without the coach" : "Join without the coach");
    attribute(agree, "disabled", !consent.text);
    if (visible && !wasVisible) begin(element);
    wasVisible = visible;
  }

  return { element, render };
}

/** Read from its first line, with keyboard and screen reader too. @param {HTMLElement} element */
function begin(element) {
  element.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

/** @param {Actions} actions */
function consentParts(actions) {
  const title = h("h1", { id: "consent-title" });
  const paragraphs = h("div", { class: "consent-text" });
  const failed = h("p", { class: "note", id: "consent-failed", role: "alert" }, words.consentUnread);
  const keep = keepBox();
  const agree = button("agree", "button button-main", () => actions.answer(true, keep.isChecked()));
  const decline = button("decline", "button", () => actions.answer(false));
  const back = button("consent-back", "button button-quiet", actions.consentBack, "Back");
  const choices = h("div", { class: "choices" }, agree, decline, back);
  const marks = { id: "consent", class: "card consent", "aria-labelledby": "consent-title", tabindex: -1 };
  const element = h("section", marks, title, paragraphs, keep.element, failed, choices);
  return { element, title, paragraphs, keep, failed, agree, decline };
}

/** A second question, where words may be kept; unanswered it means no. */
function keepBox() {
  const box = h("input", { id: "keep", type: "checkbox" });
  const question = h("span");
  const element = h("label", { class: "check", hidden: true }, box, question);
  /** @param {PageState["consent"]["text"]} asking */
  function render(asking) {
    const asked = asking?.keeping ?? "";
    show(element, asked !== "");
    text(question, asked);
  }
  return { element, render, isChecked: () => box.checked };
}
