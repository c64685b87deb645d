/** @import { CoachActions } from "./actions.js" */
/** @import { PageState } from "../lib/types.d.ts" */
import { attribute, button, h, show, text } from "../lib/dom.js";
import { icon, setIcon } from "../lib/icons.js";
import { PACES } from "../lib/words-coach.js";

/** What the facilitator can ask of the coach. @param {CoachActions} actions @param {() => void} openNote */
export function toolsView(actions, openNote) {
  const label = h("span");
  const now = keyed(button("hint-now", "button button-small", actions.hintNow, "Hint now"), "H");
  const pause = keyed(
    button("pause-coach", "button button-small", actions.togglePause, icon("pause"), label),
    "P",
  );
  const listen = listenButton(actions);
  const note = button("note", "button button-small", openNote, "Note…");
  attribute(note, "title", "A note on the session, for you alone");
  const pace = paceView(actions);
  const element = h("div", { class: "coach-tools", role: "group" }, now, listen, pause, note, pace.element);
  attribute(element, "aria-label", "Coach controls");

  /** @param {PageState} state */
  function render({ coach }) {
    const reachable = coach.status !== null && !coach.offline;
    const paused = Boolean(coach.ownPause);
    [now, pause].forEach((one) => attribute(one, "disabled", !reachable));
    text(label, paused ? "Resume coach" : "Pause coach");
    setIcon(pause, paused ? "play" : "pause");
    show(listen, coach.status?.listening === "push");
    attribute(listen, "aria-pressed", String(coach.held));
    pace.render(coach.status?.pace ?? "", reachable);
  }

  return { element, render };
}

/** @param {HTMLButtonElement} target @param {string} key */
function keyed(target, key) {
  attribute(target, "title", key);
  attribute(target, "aria-keyshortcuts", key);
  return target;
}

/** Held by pointer, or by space and enter, as a button should. @param {CoachActions} actions */
function listenButton({ hold }) {
  const listen = keyed(
    button("listen", "button button-small", () => undefined, "Hold to listen"),
    "L",
  );
  const isPress = (/** @type {KeyboardEvent} */ event) => ["Enter", " "].includes(event.key) && !event.repeat;
  listen.addEventListener("pointerdown", () => hold(true));
  for (const name of ["pointerup", "pointercancel", "pointerleave", "blur"]) {
    listen.addEventListener(name, () => hold(false));
  }
  listen.addEventListener("keydown", (event) => isPress(event) && hold(true));
  listen.addEventListener("keyup", (event) => isPress(event) && hold(false));
  return listen;
}

/** @param {CoachActions} actions */
function paceView(actions) {
  const options = PACES.map(([value, label]) => {
    const input = h("input", { type: "radio", name: "pace", value, onchange: () => actions.pace(value) });
    return { input, element: h("label", { class: "segment" }, input, h("span", {}, label)) };
  });
  const segments = options.map((option) => option.element);
  const element = h("fieldset", { id: "pace", class: "segments" }, h("legend", {}, "Hints"), ...segments);
  /** @param {string} pace @param {boolean} reachable */
  function render(pace, reachable) {
    for (const { input } of options) input.checked = input.value === pace;
    attribute(element, "disabled", !reachable);
    attribute(element, "data-pace", pace);
  }
  return { element, render };
}
