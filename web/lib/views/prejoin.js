/** @import { Actions } from "../actions.js" */
/** @import { Choices } from "../storage.js" */
/** @import { DeviceKind, DevicesState, MediaFailure, PageState, Role } from "../types.d.ts" */
import { attribute, button, each, h, show, text } from "../dom.js";
import { failuresOf, isFailure } from "../state/devices.js";
import { joinProblem, mediaFailure } from "../words.js";
import { deviceSelects } from "./devices.js";
import { previewView } from "./preview.js";

const HEADINGS = {
  partner: {
    title: "Take your seat",
    lead: "Check how you look and sound. Nothing is sent until you join.",
  },
  facilitator: {
    title: "Ready when you are",
    lead: "Check camera and microphone. Your partner sees you only after you join.",
  },
};

/** The page before the call. @param {Actions} actions @param {Role} role @param {Choices} choices @param {...HTMLElement} extras */
export function prejoinView(actions, role, choices, ...extras) {
  const preview = previewView(actions);
  const selects = deviceSelects("prejoin", actions.chooseDevice);
  const problem = h("div", { class: "note", id: "join-problem", role: "alert" }, h("strong"), h("p"));
  const failures = h("div", { class: "failures", id: "failures", role: "alert" });
  const request = button("request-devices", "button", actions.preview);
  const join = h("button", { id: "join", class: "button button-main", type: "submit" });
  const heading = [h("h1", {}, HEADINGS[role].title), h("p", { class: "lead" }, HEADINGS[role].lead)];
  const fold = devicesFold(selects.element);
  const fields = [fold, nameField(actions, choices), atOnceField(actions, choices)];
  const form = joinForm(actions, ...heading, problem, failures, request, ...fields, join, ...extras);
  const element = h("section", { id: "prejoin", class: "card prejoin" }, preview.element, form);

  /** @param {PageState} state */
  function render(state) {
    const { call, devices } = state;
    show(element, call.phase === "prejoin" || call.phase === "joining");
    preview.render(state);
    selects.render(devices);
    show(fold, devices.microphones.length + devices.cameras.length > 0);
    renderProblem(problem, call.problem);
    renderFailures(failures, request, devices);
    text(join, joinLabel(state));
    attribute(join, "disabled", call.phase === "joining" || isAsking(devices));
  }

  return { element, render };
}

/** @param {Actions} actions @param {...HTMLElement} children */
function joinForm(actions, ...children) {
  const form = h("form", { class: "prejoin-form" }, ...children);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    actions.join();
  });
  return form;
}

/** Open where there is room for it. @param {HTMLElement} selects */
function devicesFold(selects) {
  const open = matchMedia("(min-width: 621px) and (min-height: 600px)").matches;
  return h(
    "details",
    { id: "devices", class: "devices", open },
    h("summary", {}, "Microphone, camera, speaker"),
    selects,
  );
}

/** @param {Actions} actions @param {Choices} choices */
function nameField(actions, choices) {
  const input = h("input", { id: "name", name: "name", autocomplete: "given-name", maxlength: 60 });
  input.value = choices.name;
  input.addEventListener("input", () => actions.remember({ name: input.value.trim() }));
  return h("div", { class: "field" }, h("label", { for: "name" }, "Your name"), input);
}

/** @param {Actions} actions @param {Choices} choices */
function atOnceField(actions, choices) {
  const box = h("input", { id: "join-at-once", type: "checkbox", checked: choices.joinAtOnce });
  box.addEventListener("change", () => actions.remember({ joinAtOnce: box.checked }));
  return h(
    "label",
    { class: "check" },
    box,
    "Next time, join at once when camera and microphone are allowed",
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

/** @param {HTMLElement} list @param {HTMLElement} request @param {DevicesState} devices */
function renderFailures(list, request, devices) {
  const failures = failuresOf(devices);
  each(list, failures, (one) => `${one.kind}-${one.failure}`, failureItem);
  show(list, failures.length > 0);
  const unasked =
    devices.audio === "off" && devices.video === "off" && (devices.wantAudio || devices.wantVideo);
  show(request, unasked || failures.length > 0);
  text(request, failures.length > 0 ? "Try again" : "Request camera & mic");
}

/** @param {{ kind: DeviceKind, failure: MediaFailure }} one */
function failureItem({ kind, failure }) {
  const { title, help } = mediaFailure(kind, failure);
  const marks = { class: "note", "data-testid": "failure", "data-kind": kind, "data-failure": failure };
  return h("div", marks, h("strong", {}, title), h("p", {}, help));
}

/** @param {DevicesState} devices */
function isAsking(devices) {
  return devices.audio === "asking" || devices.video === "asking";
}

/** @param {PageState} state */
function joinLabel({ call, devices, role }) {
  if (call.phase === "joining") return "Joining…";
  if (isAsking(devices)) return "Waiting for your permission…";
  const verb = role === "partner" ? "Continue" : "Join";
  return devices.wantAudio && isFailure(devices.audio) ? `${verb} without a microphone` : verb;
}
