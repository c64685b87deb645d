/** @import { Actions } from "../actions.js" */
/** @import { PageState, Person } from "../types.d.ts" */
import { attribute, h, show, text } from "../dom.js";
import { icon } from "../icons.js";
import { qualityWords, words } from "../words.js";
import { selfView } from "./self.js";

/** @typedef {{ attach: (element: HTMLMediaElement) => unknown, detach: (element: HTMLMediaElement) => unknown }} Attachable */

/** Shows the track behind an id in a video element, and nothing twice. @param {HTMLVideoElement} video @param {Actions} actions */
export function createTile(video, actions) {
  /** @type {Attachable | null} */
  let current = null;
  /** @param {string | null} sid */
  return function render(sid) {
    const track = sid ? actions.track(sid) : null;
    if (track === current) return;
    current?.detach(video);
    track?.attach(video);
    current = track;
  };
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

/** The other person, large; oneself, small. @param {Actions} actions @param {string} corner */
export function stageView(actions, corner) {
  const face = h("video", { id: "remote-video", class: "face", playsinline: true, autoplay: true });
  const screen = h("video", {
    id: "screen-video",
    class: "screen",
    playsinline: true,
    autoplay: true,
    "aria-label": "Shared screen",
  });
  const [renderFace, renderScreen] = [createTile(face, actions), createTile(screen, actions)];
  const placeholder = h("p", { id: "stage-words", class: "stage-words" });
  const weak = h(
    "p",
    { id: "weak-network", class: "pill pill-warn", role: "status", hidden: true },
    words.weakNetwork,
  );
  const badge = badgeView("other-badge");
  const full = h(
    "button",
    {
      id: "fullscreen",
      class: "round stage-full",
      type: "button",
      "aria-label": "Full screen",
      onclick: actions.fullScreen,
    },
    icon("full"),
  );
  const self = selfView(actions, corner);
  const element = h(
    "section",
    { id: "stage", class: "stage", "aria-label": "Video" },
    face,
    screen,
    placeholder,
    weak,
    badge.element,
    full,
    self.element,
  );

  /** @param {Person} other */
  function renderOther(other) {
    renderFace(other.camera);
    renderScreen(other.screen);
    show(face, other.camera !== null);
    show(screen, other.screen !== null);
    show(placeholder, other.camera === null && other.screen === null);
    show(weak, other.cameraPaused);
    attribute(face, "aria-label", other.name);
    attribute(element, "data-screen", String(other.screen !== null));
    attribute(element, "data-speaking", String(other.speaking));
  }

  /** @param {PageState} state */
  function render(state) {
    const { call, role } = state;
    show(element, call.phase === "call");
    renderOther(call.other ?? NOBODY);
    attribute(element, "data-other", call.other ? "present" : "absent");
    text(placeholder, placeholderWords(call.other, role));
    badge.render(call.other);
    self.render(state);
  }

  return { element, render };
}

/** @param {Person | null} other @param {PageState["role"]} role */
function placeholderWords(other, role) {
  if (!other)
    return role === "partner" ? "Waiting for your facilitator to join…" : "Waiting for your partner to join…";
  return `${other.name || "The other person"} is here, camera off.`;
}

/** Name, microphone and connection of one person. @param {string} id */
export function badgeView(id) {
  const name = h("span", { class: "badge-name" });
  const muted = h(
    "span",
    { class: "badge-muted" },
    icon("micOff"),
    h("span", { class: "visually-hidden" }, "microphone off"),
  );
  const bars = h("span", { class: "bars", role: "img" }, h("i"), h("i"), h("i"));
  const element = h("div", { id, class: "badge" }, name, muted, bars);

  /** @param {Person | null} person */
  function render(person) {
    show(element, person !== null);
    if (!person) return;
    text(name, person.name || person.identity);
    show(muted, !person.micOn);
    attribute(element, "data-quality", person.quality);
    attribute(bars, "aria-label", qualityWords(person.quality) || "Connection unknown");
    attribute(bars, "title", qualityWords(person.quality));
  }

  return { element, render };
}
