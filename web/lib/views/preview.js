/** @import { Actions } from "../actions.js" */
/** @import { Icon } from "../icons.js" */
/** @import { DevicesState, PageState } from "../types.d.ts" */
import { attribute, button, h, show, text } from "../dom.js";
import { icon, setIcon } from "../icons.js";
import { words } from "../words.js";

/** How one will look and sound. @param {Actions} actions */
export function previewView(actions) {
  const parts = previewParts(actions);
  const { video, empty, mic, camera, level, silent } = parts;

  /** @param {PageState} state */
  function render({ devices }) {
    const track = actions.previewTrack();
    showTrack(video, track);
    show(empty, !track);
    text(empty, emptyWords(devices));
    renderToggle(mic, devices.wantAudio, ["mic", "micOff"], "microphone");
    renderToggle(camera, devices.wantVideo, ["camera", "cameraOff"], "camera");
    renderLevel(level, devices);
    show(silent, devices.silent && devices.wantAudio && devices.audio === "on");
  }

  return { element: parts.element, render };
}

/** @param {Actions} actions */
function previewParts(actions) {
  const video = h("video", { class: "mirrored", id: "preview-video", playsinline: true, autoplay: true });
  video.muted = true;
  attribute(video, "aria-label", "Your camera");
  const empty = h("p", { class: "preview-empty" });
  const mic = button("preview-mic", "round", () => actions.want("audio"), icon("mic"));
  const camera = button("preview-camera", "round", () => actions.want("video"), icon("camera"));
  const level = h("div", {
    class: "level",
    id: "level",
    role: "meter",
    "aria-valuemin": 0,
    "aria-valuemax": 100,
  });
  attribute(level, "aria-label", "Microphone level");
  level.append(h("span"));
  const silent = h("p", { class: "silent", id: "silent-mic", role: "status" }, words.silentMicrophone);
  const tools = h("div", { class: "preview-tools" }, mic, camera);
  const frame = h("div", { class: "preview-frame" }, video, empty, tools);
  return {
    video,
    empty,
    mic,
    camera,
    level,
    silent,
    element: h("div", { class: "preview" }, frame, level, silent),
  };
}

/** @param {HTMLVideoElement} video @param {MediaStreamTrack | null} track */
function showTrack(video, track) {
  const stream = /** @type {MediaStream | null} */ (video.srcObject);
  if (track !== (stream?.getVideoTracks()[0] ?? null))
    video.srcObject = track ? new MediaStream([track]) : null;
  show(video, Boolean(track));
}

/** @param {HTMLElement} toggle @param {boolean} on @param {[Icon, Icon]} icons @param {string} device */
function renderToggle(toggle, on, icons, device) {
  setIcon(toggle, on ? icons[0] : icons[1]);
  attribute(toggle, "data-on", String(on));
  attribute(
    toggle,
    "aria-label",
    on ? `Turn ${device} off before joining` : `Turn ${device} on before joining`,
  );
}

/** Loudness is felt as its root. @param {HTMLElement} level @param {DevicesState} devices */
function renderLevel(level, devices) {
  const percent = Math.min(100, Math.round(Math.sqrt(devices.level) * 160));
  show(level, devices.audio === "on");
  attribute(level, "aria-valuenow", percent);
  level.style.setProperty("--level", String(percent / 100));
}

/** @param {DevicesState} devices */
function emptyWords(devices) {
  if (devices.audio === "asking" || devices.video === "asking") {
    return "Your browser is asking: please allow camera and microphone.";
  }
  if (!devices.wantVideo) return "Camera off";
  return devices.video === "off" ? "Your picture appears here" : "No picture";
}
