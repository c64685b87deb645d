/** @import { DeviceKind, DevicesState, Event, MediaFailure, MediaState } from "../types.d.ts" */

/** @type {DevicesState} */
export const initialDevices = {
  audio: "off",
  video: "off",
  wantAudio: true,
  wantVideo: true,
  microphones: [],
  cameras: [],
  speakers: [],
  microphone: "",
  camera: "",
  speaker: "",
  level: 0,
  quietSince: 0,
  silent: false,
};

const SILENT_LEVEL = 0.004;
const SILENT_AFTER_MS = 6000;

/**
 * @param {DevicesState} state
 * @param {Event} event
 * @param {number} now
 * @returns {DevicesState}
 */
export function reduceDevices(state, event, now) {
  switch (event.type) {
    case "devices/asking":
      return {
        ...state,
        audio: event.audio ? "asking" : state.audio,
        video: event.video ? "asking" : state.video,
      };
    case "devices/result":
      return { ...state, [event.kind]: event.state, level: 0, quietSince: now, silent: false };
    case "devices/want":
      return {
        ...state,
        [event.kind === "audio" ? "wantAudio" : "wantVideo"]: event.on,
        quietSince: now,
        silent: false,
      };
    case "devices/list":
      return { ...state, microphones: event.microphones, cameras: event.cameras, speakers: event.speakers };
    case "devices/choose":
      return { ...state, [event.kind]: event.id, quietSince: now, silent: false };
    case "devices/level":
      return heard(state, event.level, now);
    default:
      return state;
  }
}

/** @param {DevicesState} state @param {number} level @param {number} now @returns {DevicesState} */
function heard(state, level, now) {
  if (level > SILENT_LEVEL) return { ...state, level, quietSince: now, silent: false };
  const since = state.quietSince || now;
  return { ...state, level, quietSince: since, silent: now - since >= SILENT_AFTER_MS };
}

/** @param {MediaState} state @returns {state is MediaFailure} */
export function isFailure(state) {
  return state !== "off" && state !== "asking" && state !== "on";
}

/** The devices that are wanted and failed. @param {DevicesState} devices */
export function failuresOf(devices) {
  return /** @type {DeviceKind[]} */ (["audio", "video"]).flatMap((kind) => {
    const state = devices[kind];
    const wanted = kind === "audio" ? devices.wantAudio : devices.wantVideo;
    return wanted && isFailure(state) ? [{ kind, failure: state }] : [];
  });
}
