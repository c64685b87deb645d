/** @import { Actions } from "../actions.js" */
/** @import { PageState, Person, Role } from "../types.d.ts" */
import { attribute, button, h, show, text } from "../dom.js";
import { icon } from "../icons.js";
import { words } from "../words.js";
import { badgeView } from "./badge.js";
import { selfView } from "./self.js";
import { createTile } from "./tile.js";

/** The other person, large; oneself, small. @param {Actions} actions @param {string} corner */
export function stageView(actions, corner) {
  const { face, screen, placeholder, weak, full } = stageParts(actions);
  const [renderFace, renderScreen] = [createTile(face, actions), createTile(screen, actions)];
  const badge = badgeView("other-badge");
  const self = selfView(actions, corner);
  const children = [face, screen, placeholder, weak, badge.element, full, self.element];
  const element = h("section", { id: "stage", class: "stage", "aria-label": "Video" }, ...children);

  /** @param {PageState} state */
  function render(state) {
    const { call, role } = state;
    const other = call.other ?? NOBODY;
    show(element, call.phase === "call");
    renderFace(other.camera);
    renderScreen(other.screen);
    show(face, other.camera !== null);
    show(screen, other.screen !== null);
    show(placeholder, other.camera === null && other.screen === null);
    text(placeholder, placeholderWords(call.other, role));
    show(weak, other.cameraPaused);
    attribute(face, "aria-label", other.name);
    mark(element, other);
    badge.render(call.other);
    self.render(state);
  }

  return { element, render };
}

/** @type {Person} */
const NOBODY = {
  identity: "",
  name: "",
  speaking: false,
  quality: "unknown",
  micOn: false,
  camera: null,
  cameraPaused: false,
  screen: null,
  consent: "",
};

/** @param {Actions} actions */
function stageParts(actions) {
  const face = h("video", { id: "remote-video", class: "face", playsinline: true, autoplay: true });
  const screen = h("video", { id: "screen-video", class: "screen", playsinline: true, autoplay: true });
  attribute(screen, "aria-label", "Shared screen");
  const placeholder = h("p", { id: "stage-words", class: "stage-words" });
  const weak = h("p", { id: "weak-network", class: "pill", role: "status" }, words.weakNetwork);
  const full = button("fullscreen", "round stage-full", actions.fullScreen, icon("full"));
  attribute(full, "aria-label", "Full screen");
  return { face, screen, placeholder, weak, full };
}

/** @param {HTMLElement} stage @param {Person} other */
function mark(stage, other) {
  attribute(stage, "data-other", other.identity ? "present" : "absent");
  attribute(stage, "data-screen", String(other.screen !== null));
  attribute(stage, "data-speaking", String(other.speaking));
}

/** @param {Person | null} other @param {Role} role */
function placeholderWords(other, role) {
  if (other) return `${other.name || "The other person"} is here, camera off.`;
  return role === "partner" ? "Waiting for your facilitator to join…" : "Waiting for your partner to join…";
}
