/** @import { CoachActions } from "./actions.js" */
/** @import { PageState } from "../lib/types.d.ts" */
import { attribute, each, h, show, text } from "../lib/dom.js";
import { icon, setIcon } from "../lib/icons.js";
import { safetyCards } from "../lib/state/hints.js";
import { PACES, statusLine } from "../lib/words-coach.js";
import { words } from "../lib/words.js";
import { currentView, historyView, safetyView } from "./hints.js";

/** The coach's side of the facilitator's page. @param {CoachActions} actions */
export function panelView(actions) {
  const status = statusView();
  const offline = h("p", { id: "offline", class: "offline", role: "note", hidden: true }, words.offline);
  const [safety, current, history] = [safetyView(actions), currentView(actions), historyView(actions)];
  const captions = h("ol", {
    id: "captions",
    class: "captions",
    "aria-label": "Your partner's words",
    hidden: true,
  });
  const tools = toolsView(actions);
  const handle = h(
    "button",
    { id: "sheet-handle", class: "sheet-handle", type: "button", onclick: actions.toggleSheet },
    h("span", { class: "visually-hidden" }, "More or less of the coach"),
  );
  const cover = h(
    "div",
    { id: "covered", class: "covered", hidden: true },
    h("p", {}, words.hintsCovered),
    h(
      "button",
      { class: "button button-small", type: "button", onclick: actions.uncover },
      "Show hints anyway",
    ),
  );
  const hints = h("div", { class: "hints" }, safety.element, current.element, captions, history.element);
  const element = h(
    "aside",
    { id: "coach", class: "coach", "aria-label": "Coach" },
    handle,
    cover,
    hints,
    offline,
    status.element,
    tools.element,
  );

  /** @param {PageState} state */
  function render(state) {
    const { call, coach, panel } = state;
    const urgent = safetyCards(state.hints).length > 0;
    show(element, call.phase === "call" && (!panel.hidden || urgent));
    attribute(handle, "aria-expanded", String(panel.expanded));
    show(offline, coach.offline);
    show(cover, panel.covered);
    show(hints, !panel.covered);
    [status, safety, current, history, tools].forEach((one) => one.render(state));
    each(
      captions,
      state.captions.lines,
      (one) => one.segment,
      () => h("li", {}),
      (item, one) => text(item, one.text),
    );
    show(captions, Boolean(coach.status?.captions) && !panel.covered);
  }

  return { element, render };
}

function statusView() {
  const line = h("p", { id: "status-line" });
  const element = h("div", { class: "status" }, h("span", { class: "dot", "aria-hidden": "true" }), line);
  /** @param {PageState} state */
  function render(state) {
    text(line, statusWords(state));
    attribute(element, "data-state", state.coach.offline ? "offline" : (state.coach.status?.state ?? "none"));
    attribute(line, "data-reason", state.coach.status?.reason ?? "");
  }
  return { element, render };
}

/** @param {PageState} state */
function statusWords({ call, coach }) {
  if (call.connection !== "connected") return "Reconnecting. The coach follows.";
  if (coach.offline) return "No word from the coach. It is being called back.";
  return coach.status ? statusLine(coach.status) : "The coach is on its way…";
}

/** @param {CoachActions} actions */
function toolsView(actions) {
  const now = h(
    "button",
    {
      id: "hint-now",
      class: "button button-small",
      type: "button",
      title: "Hint now (H)",
      "aria-keyshortcuts": "H",
      onclick: actions.hintNow,
    },
    "Hint now",
  );
  const pauseLabel = h("span");
  const pause = h(
    "button",
    {
      id: "pause-coach",
      class: "button button-small",
      type: "button",
      title: "Pause or resume (P)",
      "aria-keyshortcuts": "P",
      onclick: actions.togglePause,
    },
    icon("pause"),
    pauseLabel,
  );
  const listen = h(
    "button",
    {
      id: "listen",
      class: "button button-small",
      type: "button",
      title: "Hold to let the coach listen (L)",
      hidden: true,
    },
    "Hold to listen",
  );
  holdable(listen, actions.hold);
  const pace = paceView(actions);
  const element = h(
    "div",
    { class: "coach-tools", role: "group", "aria-label": "Coach controls" },
    now,
    listen,
    pause,
    pace.element,
  );

  /** @param {PageState} state */
  function render({ coach }) {
    const reachable = coach.status !== null && !coach.offline;
    const paused = Boolean(coach.ownPause);
    [now, pause].forEach((one) => attribute(one, "disabled", !reachable));
    text(pauseLabel, paused ? "Resume coach" : "Pause coach");
    setIcon(pause, paused ? "play" : "pause");
    attribute(pause, "aria-pressed", String(paused));
    show(listen, coach.status?.listening === "push");
    attribute(listen, "aria-pressed", String(coach.held));
    pace.render(coach.status?.pace ?? "", reachable);
  }

  return { element, render };
}

/** Held by pointer, or by space and enter, as a button should. @param {HTMLElement} button @param {(held: boolean) => void} hold */
function holdable(button, hold) {
  const isPress = (/** @type {KeyboardEvent} */ event) =>
    (event.key === " " || event.key === "Enter") && !event.repeat;
  button.addEventListener("pointerdown", () => hold(true));
  for (const name of ["pointerup", "pointercancel", "pointerleave", "blur"])
    button.addEventListener(name, () => hold(false));
  button.addEventListener("keydown", (event) => isPress(event) && hold(true));
  button.addEventListener("keyup", (event) => isPress(event) && hold(false));
}

/** @param {CoachActions} actions */
function paceView(actions) {
  const options = PACES.map(([value, label]) => {
    const input = h("input", { type: "radio", name: "pace", value, onchange: () => actions.pace(value) });
    return { input, element: h("label", { class: "segment" }, input, h("span", {}, label)) };
  });
  const element = h(
    "fieldset",
    { id: "pace", class: "segments" },
    h("legend", {}, "Hints"),
    ...options.map((one) => one.element),
  );
  /** @param {string} pace @param {boolean} reachable */
  function render(pace, reachable) {
    options.forEach(({ input }) => {
      input.checked = input.value === pace;
    });
    attribute(element, "disabled", !reachable);
    attribute(element, "data-pace", pace);
  }
  return { element, render };
}
