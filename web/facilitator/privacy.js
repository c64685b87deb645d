/** @import { CoachActions } from "./actions.js" */
/** @import { PageState } from "../lib/types.d.ts" */
import { attribute, button, h, text } from "../lib/dom.js";
import { privacyWords } from "../lib/words-coach.js";

/** Before joining: proof that no word of the coach reaches the partner. @param {CoachActions} actions */
export function privacyView(actions) {
  const check = button(
    "privacy-check",
    "button button-small",
    actions.checkPrivacy,
    "Test the coach's privacy",
  );
  const said = h("p", { id: "privacy-said", role: "status" });
  const element = h("div", { class: "privacy-check" }, check, said);

  /** @param {PageState} state */
  function render({ privacy }) {
    attribute(check, "disabled", privacy.stage === "checking");
    attribute(said, "data-stage", privacy.stage);
    text(said, privacyWords(privacy));
  }

  return { element, render };
}
