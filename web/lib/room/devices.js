/** @import { Room } from "livekit-client" */
/** @import { Store } from "../store.js" */
import { RoomEvent } from "livekit-client";
import { listDevices, permissionOf } from "../media/browser.js";
import { classify } from "../media/failure.js";
import { mediaNotice, words } from "../words.js";

/** Tells the person of a device that fails or falls silent during the call. @param {Room} room @param {Store} store */
export function noteDevices(room, store) {
  /** @param {string} text */
  const warn = (text) => store.dispatch({ type: "notice/add", text, tone: "warn" });
  room.on(RoomEvent.MediaDevicesError, async (error, kind) => {
    const which = kind === "videoinput" ? "video" : "audio";
    warn(mediaNotice(which, classify(error, await permissionOf(which))));
  });
  room.on(RoomEvent.LocalAudioSilenceDetected, () => warn(words.silentMicrophone));
  room.on(RoomEvent.MediaDevicesChanged, () => listDevices(store));
  room.on(RoomEvent.ActiveDeviceChanged, (kind, id) => choose(store, kind, id));
}

const CHOICE = /** @type {const} */ ({
  audioinput: "microphone",
  videoinput: "camera",
  audiooutput: "speaker",
});

/** @param {Store} store @param {MediaDeviceKind} kind @param {string} id */
function choose(store, kind, id) {
  store.dispatch({ type: "devices/choose", kind: CHOICE[kind], id });
}
