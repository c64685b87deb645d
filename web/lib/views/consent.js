/** @import { Actions } from "../actions.js" */
/** @import { PageState } from "../types.d.ts" */
import { attribute, each, h, show, text } from "../dom.js";

/** What listens, what it does, who sees it, what is kept, how to stop: before anything is heard. @param {Actions} actions */
export function consentView(actions) {
  const title = h("h1", { id: "consent-title" });
  const paragraphs = h("div", { class: "consent-text" });
  const failed = h(
    "p",
    { class: "note note-warn", id: "consent-failed", role: "alert", hidden: true },
    "The explanation could not be loaded, so the coach stays off. You can join without it.",
  );
  const agree = h("button", {
    id: "agree",
    class: "button button-main",
    type: "button",
    onclick: () => actions.answer(true),
  });
  const decline = h("button", {
    id: "decline",
    class: "button",
    type: "button",
    onclick: () => actions.answer(false),
  });
  const back = h(
    "button",
    { id: "consent-back", class: "button button-quiet", type: "button", onclick: actions.consentBack },
    "Back",
  );
  const element = h(
    "section",
    { id: "consent", class: "card consent", "aria-labelledby": "consent-title", tabindex: -1 },
    title,
    paragraphs,
    failed,
    h("div", { class: "choices" }, agree, decline, back),
  );
  let wasVisible = false;

  /** @param {PageState} state */
  function render({ call, consent }) {
    const inCall = call.phase === "call";
    const visible = call.phase === "consent" || (inCall && consent.review);
    show(element, visible);
    element.classList.toggle("consent-over", inCall);
    text(title, consent.text?.title ?? "The silent coach");
    each(
      paragraphs,
      consent.text?.paragraphs ?? [],
      (one) => one,
      (one) => h("p", {}, one),
    );
    show(failed, consent.failed);
    text(agree, inCall ? "Agree" : "Agree and join");
    text(decline, inCall ? "Stay without the coach" : "Join without the coach");
    attribute(agree, "disabled", !consent.text);
    if (visible && !wasVisible) element.focus();
    wasVisible = visible;
  }

  return { element, render };
}
