/** @import { Store } from "../store.js" */
/** @import { DeviceKind, MediaState } from "../types.d.ts" */
import { listDevices, permissionOf } from "./browser.js";
import { classify, unavailable, wasDismissed } from "./failure.js";

/** @typedef {{ audio: boolean, video: boolean }} Wanted */
/** @typedef {{ audio: number, video: number }} Turns */
/** @typedef {{ microphone: string, camera: string }} Chosen */

const ANY = { microphone: "", camera: "" };
const KINDS = /** @type {DeviceKind[]} */ (["audio", "video"]);

/** The camera and microphone of this page before the call takes them over. */
export class Capture {
  #store;
  /** @type {{ audio: MediaStreamTrack | null, video: MediaStreamTrack | null }} */
  tracks = { audio: null, video: null };
  /** Counts what was asked of each: what comes late, when something else is wanted by now, is ended. */
  #turns = { audio: 0, video: 0 };

  /** @param {Store} store */
  constructor(store) {
    this.#store = store;
  }

  /** One question for both; when it fails, each alone, so that a missing camera never costs the microphone. @param {Wanted} wanted */
  async request(wanted) {
    const kinds = KINDS.filter((kind) => wanted[kind]);
    for (const kind of kinds) this.#turns[kind] += 1;
    const hindrance = unavailable(window.isSecureContext, Boolean(navigator.mediaDevices));
    if (hindrance) return kinds.forEach((kind) => this.#keep(kind, null, hindrance));
    const turns = { ...this.#turns };
    this.#store.dispatch({ type: "devices/asking", ...wanted });
    try {
      await this.#ask(turns, wanted);
    } catch (error) {
      await this.#askEach(turns, kinds, asError(error));
    }
    await listDevices(this.#store);
  }

  /** Ends what is held and what is still to come, so that the camera's light goes out. */
  release() {
    KINDS.forEach((kind) => this.drop(kind));
  }

  /** @param {DeviceKind} kind */
  isLive(kind) {
    return this.tracks[kind]?.readyState === "live";
  }

  /** @param {DeviceKind} kind */
  drop(kind) {
    this.#turns[kind] += 1;
    this.#keep(kind, null, "off");
  }

  /** Hands the running tracks over to the call, which ends them from then on. */
  take() {
    const taken = this.tracks;
    for (const kind of KINDS) this.#turns[kind] += 1;
    this.tracks = { audio: null, video: null };
    return taken;
  }

  /** @param {Turns} turns @param {Wanted} wanted @param {Chosen} [chosen] */
  async #ask(turns, wanted, chosen = this.#store.get().devices) {
    const stream = await navigator.mediaDevices.getUserMedia(constraints(wanted, chosen));
    const [audio, video] = [stream.getAudioTracks()[0], stream.getVideoTracks()[0]];
    if (audio) this.#result(turns, "audio", audio, "on");
    if (video) this.#result(turns, "video", video, "on");
  }

  /** @param {Turns} turns @param {DeviceKind[]} kinds @param {Error} error */
  async #askEach(turns, kinds, error) {
    if (wasDismissed(error)) return kinds.forEach((kind) => this.#result(turns, kind, null, "denied"));
    for (const kind of kinds) if (turns[kind] === this.#turns[kind]) await this.#askOne(turns, kind);
  }

  /** A device that was chosen once and is gone gives way to any. @param {Turns} turns @param {DeviceKind} kind */
  async #askOne(turns, kind) {
    const wanted = { audio: kind === "audio", video: kind === "video" };
    try {
      await this.#ask(turns, wanted).catch((error) => {
        if (classify(asError(error), "") !== "none") throw error;
        return this.#ask(turns, wanted, ANY);
      });
    } catch (error) {
      this.#result(turns, kind, null, classify(asError(error), await permissionOf(kind)));
    }
  }

  /** @param {Turns} turns @param {DeviceKind} kind @param {MediaStreamTrack | null} track @param {MediaState} state */
  #result(turns, kind, track, state) {
    if (turns[kind] === this.#turns[kind]) this.#keep(kind, track, state);
    else track?.stop();
  }

  /** @param {DeviceKind} kind @param {MediaStreamTrack | null} track @param {MediaState} state */
  #keep(kind, track, state) {
    this.tracks[kind]?.stop();
    this.tracks[kind] = track;
    this.#store.dispatch({ type: "devices/result", kind, state });
  }
}

/** @param {Wanted} wanted @param {Chosen} chosen @returns {MediaStreamConstraints} */
function constraints(wanted, chosen) {
  const audio = {
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    ...exactDevice(chosen.microphone),
  };
  const video = { width: { ideal: 1280 }, height: { ideal: 720 }, ...exactDevice(chosen.camera) };
  return { audio: wanted.audio && audio, video: wanted.video && video };
}

/** Chromium takes "ideal" lightly: right after a reload it may give the default one instead. @param {string} id @returns {MediaTrackConstraints} */
function exactDevice(id) {
  return id ? { deviceId: { exact: id } } : {};
}

/** @param {unknown} thrown */
function asError(thrown) {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
