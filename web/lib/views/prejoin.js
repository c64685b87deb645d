/** @import { Actions } from "../actions.js" */
/** @import { Choices } from "../storage.js" */
/** @import { DeviceKind, DevicesState, MediaFailure, MediaState, PageState, Role } from "../types.d.ts" */
import { attribute, each, h, show, text } from "../dom.js";
import { icon } from "../icons.js";
import { joinProblem, mediaFailure, words } from "../words.js";
import { deviceSelects } from "./devices.js";

const HEADINGS = {
  partner: ["Take your seat", "Check how you look and sound. Nothing is sent until you join."],
  facilitator: [
    "Ready when you are",
    "Check camera and microphone. Your partner sees you only after you join.",
  ],
};

/** The page before the call. @param {Actions} actions @param {Role} role @param {Choices} choices */
export function prejoinView(actions, role, choices) {
  const preview = previewView(actions);
  const failures = h("ul", { class: "failures", id: "failures", role: "alert" });
  const problem = h(
    "div",
    { class: "note note-warn", id: "join-problem", role: "alert", hidden: true },
    h("strong"),
    h("p"),
  );
  const request = h(
    "button",
    { id: "request-devices", class: "button", type: "button", onclick: actions.preview },
    "Request camera & mic",
  );
  const selects = deviceSelects("prejoin", actions.chooseDevice);
  const join = h("button", { id: "join", class: "button button-main", type: "submit" });
  const [title = "", lead = ""] = HEADINGS[role];
  const form = h(
    "form",
    {
      class: "prejoin-form",
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        actions.join();
      },
    },
    h("h1", {}, title),
    h("p", { class: "lead" }, lead),
    problem,
    failures,
    request,
    selects.element,
    nameField(actions, choices),
    atOnceField(actions, choices),
    join,
  );
  const element = h("section", { id: "prejoin", class: "card prejoin" }, preview.element, form);

  /** @param {PageState} state */
  function render(state) {
    const { call, devices } = state;
    show(element, call.phase === "prejoin" || call.phase === "joining");
    preview.render(state);
    selects.render(devices);
    show(request, devices.audio === "off" && devices.video === "off");
    each(failures, failuresOf(devices), (one) => one.title, failureItem);
    show(failures, failures.children.length > 0);
    renderProblem(problem, call.problem);
    text(join, joinLabel(state));
    attribute(join, "disabled", call.phase === "joining" || isAsking(devices));
  }

  return { element, render };
}

/** @param {Actions} actions @param {Choices} choices */
function nameField(actions, choices) {
  const input = h("input", {
    id: "name",
    name: "name",
    autocomplete: "given-name",
    maxlength: 60,
    value: choices.name,
    oninput: () => actions.remember({ name: input.value.trim() }),
  });
  return h("div", { class: "field" }, h("label", { for: "name" }, "Your name"), input);
}

/** @param {Actions} actions @param {Choices} choices */
function atOnceField(actions, choices) {
  const box = h("input", {
    id: "join-at-once",
    type: "checkbox",
    checked: choices.joinAtOnce,
    onchange: () => actions.remember({ joinAtOnce: box.checked }),
  });
  return h(
    "label",
    { class: "check" },
    box,
    "Next time, join at once when camera and microphone are allowed",
  );
}

/** @param {Actions} actions */
function previewView(actions) {
  const video = h("video", {
    class: "mirrored",
    id: "preview-video",
    playsinline: true,
    muted: true,
    autoplay: true,
    "aria-label": "Your camera",
  });
  video.muted = true;
  const empty = h("p", { class: "preview-empty" });
  const level = h(
    "div",
    {
      class: "level",
      role: "meter",
      id: "level",
      "aria-label": "Microphone level",
      "aria-valuemin": 0,
      "aria-valuemax": 100,
    },
    h("span"),
  );
  const silent = h(
    "p",
    { class: "silent", id: "silent-mic", role: "status", hidden: true },
    words.silentMicrophone,
  );
  const mic = toggle("preview-mic", "mic", () => actions.want("audio"));
  const camera = toggle("preview-camera", "camera", () => actions.want("video"));
  const element = h(
    "div",
    { class: "preview" },
    h("div", { class: "preview-frame" }, video, empty, h("div", { class: "preview-tools" }, mic, camera)),
    level,
    silent,
  );

  /** @param {PageState} state */
  function render({ devices }) {
    const track = actions.previewTrack();
    const shown = /** @type {MediaStream | null} */ (video.srcObject)?.getVideoTracks()[0] ?? null;
    if (track !== shown) video.srcObject = track ? new MediaStream([track]) : null;
    show(video, Boolean(track));
    show(empty, !track);
    text(empty, emptyWords(devices));
    renderToggle(mic, devices.wantAudio, "microphone");
    renderToggle(camera, devices.wantVideo, "camera");
    const percent = Math.min(100, Math.round(Math.sqrt(devices.level) * 160));
    show(level, devices.audio === "on");
    attribute(level, "aria-valuenow", percent);
    level.style.setProperty("--level", String(percent / 100));
    show(silent, devices.silent && devices.wantAudio && devices.audio === "on");
  }

  return { element, render };
}

/** @param {string} id @param {"mic" | "camera"} name @param {() => void} onclick */
function toggle(id, name, onclick) {
  return h("button", { id, type: "button", class: "round", onclick }, icon(name));
}

/** @param {HTMLElement} button @param {boolean} on @param {string} device */
function renderToggle(button, on, device) {
  attribute(button, "aria-pressed", String(on));
  attribute(button, "aria-label", on ? `Join with ${device} on` : `Join with ${device} off`);
}

/** @param {DevicesState} devices */
function emptyWords(devices) {
  if (isAsking(devices)) return "Your browser is asking: please allow camera and microphone.";
  if (!devices.wantVideo) return "Camera off";
  return devices.video === "off" ? "Your picture appears here" : "No picture";
}

/** @param {DevicesState} devices */
function isAsking(devices) {
  return devices.audio === "asking" || devices.video === "asking";
}

/** @param {MediaState} state @returns {state is MediaFailure} */
export function isFailure(state) {
  return state !== "off" && state !== "asking" && state !== "on";
}

/** @param {DevicesState} devices */
function failuresOf(devices) {
  const kinds = /** @type {DeviceKind[]} */ (["audio", "video"]).filter(
    (kind) => devices[kind === "audio" ? "wantAudio" : "wantVideo"],
  );
  return kinds.flatMap((kind) => {
    const state = devices[kind];
    return isFailure(state) ? [{ kind, state, ...mediaFailure(kind, state) }] : [];
  });
}

/** @param {{ kind: DeviceKind, state: MediaFailure, title: string, help: string }} failure */
function failureItem(failure) {
  return h(
    "li",
    {
      class: "note note-warn",
      "data-testid": "failure",
      "data-kind": failure.kind,
      "data-failure": failure.state,
    },
    h("strong", {}, failure.title),
    h("p", {}, failure.help),
  );
}

/** @param {HTMLElement} box @param {string} key */
function renderProblem(box, key) {
  show(box, key !== "");
  if (!key) return;
  const { title, help } = joinProblem(key);
  const [head, body] = box.children;
  if (head) text(head, title);
  if (body) text(body, help);
}

/** @param {PageState} state */
function joinLabel({ call, devices, role }) {
  if (call.phase === "joining") return "Joining…";
  if (isAsking(devices)) return "Waiting for your permission…";
  const verb = role === "partner" ? "Continue" : "Join";
  if (devices.wantAudio && isFailure(devices.audio)) return `${verb} without a microphone`;
  return verb;
}
