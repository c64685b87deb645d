/** @import { CoachActions } from "./actions.js" */
/** @import { PageState } from "../lib/types.d.ts" */
import { attribute, h } from "../lib/dom.js";

/** The facilitator's own part of the settings. @param {CoachActions} actions */
export function coachSettings(actions) {
  const large = check("larger-text", "Larger text", actions.largeText);
  const captions = check(
    "captions-on",
    "Show your partner's words as captions (your partner was told of this)",
    actions.captions,
  );
  const push = check("push-on", "The coach listens only while you hold L", actions.pushToListen);
  const test = h(
    "button",
    { id: "test-hint", class: "button button-small", type: "button", onclick: actions.testHint },
    "Send a test hint",
  );
  const element = h("section", {}, h("h3", {}, "Coach"), large.element, captions.element, push.element, test);

  /** @param {PageState} state */
  function render({ coach, panel }) {
    const reachable = coach.status !== null && !coach.offline;
    large.render(panel.large, true);
    captions.render(Boolean(coach.status?.captions), reachable);
    push.render(coach.status?.listening === "push", reachable);
    attribute(test, "disabled", !reachable);
  }

  return { element, render };
}

/** @param {string} id @param {string} label @param {(on: boolean) => void} onchange */
function check(id, label, onchange) {
  const box = h("input", { id, type: "checkbox", onchange: () => onchange(box.checked) });
  /** @param {boolean} on @param {boolean} usable */
  function render(on, usable) {
    box.checked = on;
    attribute(box, "disabled", !usable);
  }
  return { element: h("label", { class: "check" }, box, label), render };
}
