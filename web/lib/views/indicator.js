/** @import { Actions } from "../actions.js" */
/** @import { PageState } from "../types.d.ts" */
import { attribute, h, show, text } from "../dom.js";
import { icon, setIcon } from "../icons.js";
import { partnersChoices } from "../state/consent.js";
import { indicator } from "../words-coach.js";

/** The partner's permanent, honest word on the coach, with the ways to stop it. @param {Actions} actions */
export function indicatorView(actions) {
  const label = h("span", { id: "coach-indicator-text" });
  const status = h(
    "p",
    { id: "coach-indicator", class: "indicator", role: "status" },
    h("span", { class: "dot", "aria-hidden": "true" }),
    label,
  );
  const pauseLabel = h("span");
  const pause = h(
    "button",
    { id: "pause-coach", class: "button button-small", type: "button", onclick: actions.togglePause },
    icon("pause"),
    pauseLabel,
  );
  const withdraw = h(
    "button",
    { id: "withdraw", class: "button button-small button-quiet", type: "button", onclick: actions.withdraw },
    "Stop the coach",
  );
  const allow = h(
    "button",
    { id: "allow-coach", class: "button button-small", type: "button", onclick: actions.reviewConsent },
    "Let the coach listen",
  );
  const element = h("div", { class: "indicator-bar" }, status, pause, withdraw, allow);

  /** @param {PageState} state */
  function render({ call, coach, consent }) {
    const inCall = call.phase === "call";
    const shown = indicator(call.agent, call.me, call.connection === "connected");
    const choices = partnersChoices(call, consent);
    const paused = coach.ownPause ?? call.agent?.state === "paused";
    show(element, inCall);
    attribute(status, "data-state", shown.state);
    text(label, shown.text);
    text(pauseLabel, paused ? "Resume coach" : "Pause coach");
    setIcon(pause, paused ? "play" : "pause");
    attribute(pause, "aria-pressed", String(paused));
    show(pause, choices.pause);
    show(withdraw, choices.withdraw);
    show(allow, choices.allow);
  }

  return { element, render };
}
