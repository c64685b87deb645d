/** @import { CoachActions } from "./actions.js" */
/** @import { PageState } from "../lib/types.d.ts" */
import { attribute, button, each, h, show, text } from "../lib/dom.js";
import { safetyCards } from "../lib/state/hints.js";
import { statusLine } from "../lib/words-coach.js";
import { words } from "../lib/words.js";
import { currentView, historyView, safetyView } from "./hints.js";
import { toolsView } from "./tools.js";

/** The coach's side of the facilitator's page. @param {CoachActions} actions @param {() => void} openNote */
export function panelView(actions, openNote) {
  const { handle, cover, coverWords, captions, offline } = panelParts(actions);
  const status = statusView();
  const tools = toolsView(actions, openNote);
  const [safety, current, history] = [safetyView(actions), currentView(actions), historyView(actions)];
  const hints = h("div", { class: "hints" }, safety.element, current.element, captions, history.element);
  const children = [handle, cover, hints, offline, status.element, tools.element];
  const element = h("aside", { id: "coach", class: "coach", "aria-label": "Coach" }, ...children);

  /** @param {PageState} state */
  function render(state) {
    const { call, coach, panel } = state;
    const urgent = safetyCards(state.hints).length > 0;
    show(element, call.phase === "call" && (!panel.hidden || urgent));
    attribute(handle, "aria-expanded", String(panel.expanded));
    show(offline, coach.offline);
    show(cover, panel.covered);
    text(coverWords, urgent ? words.safetyCovered : words.hintsCovered);
    show(hints, !panel.covered);
    [status, safety, current, history, tools].forEach((one) => one.render(state));
    renderCaptions(captions, state);
  }

  return { element, render };
}

/** @param {CoachActions} actions */
function panelParts(actions) {
  const handle = button("sheet-handle", "sheet-handle", actions.toggleSheet);
  attribute(handle, "aria-label", "Show more of the coach");
  const uncover = button("uncover", "button button-small", actions.uncover, "Show hints anyway");
  const coverWords = h("p");
  const cover = h("div", { id: "covered", class: "covered" }, coverWords, uncover);
  const captions = h("ol", { id: "captions", class: "captions", "aria-label": "Your partner's words" });
  const offline = h("p", { id: "offline", class: "offline" }, words.offline);
  return { handle, cover, coverWords, captions, offline };
}

/** @param {HTMLElement} list @param {PageState} state */
function renderCaptions(list, { captions, coach }) {
  const update = (/** @type {HTMLElement} */ item, /** @type {{ text: string }} */ line) =>
    text(item, line.text);
  each(
    list,
    captions.lines,
    (line) => line.segment,
    () => h("li"),
    update,
  );
  show(list, Boolean(coach.status?.captions));
}

function statusView() {
  const line = h("p", { id: "status-line" });
  const element = h("div", { class: "status" }, h("span", { class: "dot", "aria-hidden": "true" }), line);
  /** @param {PageState} state */
  function render(state) {
    const { coach } = state;
    text(line, statusWords(state));
    attribute(element, "data-state", coach.offline ? "offline" : (coach.status?.state ?? "none"));
    attribute(line, "data-reason", coach.status?.reason ?? "");
  }
  return { element, render };
}

/** @param {PageState} state */
function statusWords({ call, coach }) {
  if (call.connection !== "connected") return "Reconnecting. The coach follows.";
  if (coach.offline) return "No word from the coach. It is being called back.";
  return coach.status ? statusLine(coach.status) : "The coach is on its way…";
}
