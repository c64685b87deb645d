import assert from "node:assert/strict";
import { test } from "node:test";
import { createActions } from "../lib/actions.js";
import { Capture } from "../lib/media/capture.js";
import { initialPage, reducePage } from "../lib/state/page.js";
import { createStore } from "../lib/store.js";

globalThis.HTMLMediaElement ??= /** @type {any} */ (class {});

class Track {
  readyState = "live";
  /** @param {string} device */
  constructor(device) {
    this.device = device;
  }
  stop() {
    this.readyState = "ended";
  }
}

/** @typedef {{ wanted: MediaStreamConstraints, give: () => Promise<void>, refuse: (name: string) => Promise<void> }} Question */

const settled = () => new Promise((done) => setTimeout(done, 0));

/** A page whose browser answers when the test says so. */
function page() {
  /** @type {Question[]} */
  const questions = [];
  /** @type {Track[]} */
  const given = [];
  const track = (/** @type {any} */ wanted) => {
    if (!wanted) return [];
    given.push(new Track(wanted.deviceId?.exact ?? "default"));
    return given.slice(-1);
  };
  const getUserMedia = (/** @type {MediaStreamConstraints} */ wanted) =>
    new Promise((resolve, reject) => {
      const give = async () => {
        const [audio, video] = [track(wanted.audio), track(wanted.video)];
        resolve({ getAudioTracks: () => audio, getVideoTracks: () => video });
        await settled();
      };
      const refuse = async (/** @type {string} */ name) => {
        reject(new DOMException("", name));
        await settled();
      };
      questions.push({ wanted, give, refuse });
    });
  const mediaDevices = { getUserMedia, enumerateDevices: () => Promise.resolve([]) };
  Object.defineProperty(globalThis, "navigator", { value: { mediaDevices }, configurable: true });
  Object.defineProperty(globalThis, "window", { value: { isSecureContext: true }, configurable: true });
  const store = createStore(initialPage("partner"), reducePage);
  const capture = new Capture(store);
  const memory = { remember: () => undefined };
  const actions = createActions(/** @type {any} */ ({ store, capture, memory }));
  return { store, capture, actions, questions, given };
}

test("a camera that is turned off while the browser asks stays off", async () => {
  const { store, capture, actions, questions, given } = page();
  actions.preview();
  await actions.want("video");
  await questions[0]?.give();
  assert.deepEqual([store.get().devices.audio, store.get().devices.video], ["on", "off"]);
  assert.equal(capture.tracks.video, null);
  assert.deepEqual(
    given.map(({ readyState }) => readyState),
    ["live", "ended"],
  );
});

test("of two devices chosen in a row the last one counts, whichever comes first", async () => {
  const { capture, actions, questions, given } = page();
  actions.preview();
  await questions[0]?.give();
  actions.chooseDevice("microphone", "one");
  actions.chooseDevice("microphone", "two");
  await questions[2]?.give();
  await questions[1]?.give();
  assert.equal(/** @type {any} */ (capture.tracks.audio)?.device, "two");
  const live = given.filter(({ readyState }) => readyState === "live");
  assert.deepEqual(
    live.map(({ device }) => device),
    ["default", "two"],
  );
});

test("what comes when the call has taken the devices over is ended", async () => {
  const { capture, actions, questions, given } = page();
  actions.preview();
  capture.take();
  await questions[0]?.give();
  assert.deepEqual(capture.tracks, { audio: null, video: null });
  assert.ok(given.every(({ readyState }) => readyState === "ended"));
});

test("a chosen microphone that is gone gives way to any, and the chosen camera stays", async () => {
  const { store, capture, actions, questions } = page();
  store.dispatch({ type: "devices/choose", kind: "microphone", id: "gone" });
  store.dispatch({ type: "devices/choose", kind: "camera", id: "mine" });
  actions.preview();
  await questions[0]?.refuse("OverconstrainedError");
  await questions[1]?.refuse("OverconstrainedError");
  await questions[2]?.give();
  await questions[3]?.give();
  const { audio, video } = /** @type {any} */ (capture.tracks);
  assert.deepEqual([audio.device, video.device], ["default", "mine"]);
});

test("a person who says no to one device is not asked for it again", async () => {
  const { store, actions, questions } = page();
  store.dispatch({ type: "devices/choose", kind: "microphone", id: "mine" });
  actions.preview();
  await questions[0]?.refuse("NotAllowedError");
  await questions[1]?.refuse("NotAllowedError");
  await questions[2]?.give();
  assert.equal(questions.length, 3);
  assert.deepEqual([store.get().devices.audio, store.get().devices.video], ["denied", "on"]);
});

test("what comes after leaving is ended", async () => {
  const { store, capture, actions, questions, given } = page();
  actions.preview();
  capture.release();
  await questions[0]?.give();
  assert.ok(given.every(({ readyState }) => readyState === "ended"));
  assert.equal(store.get().devices.audio, "off");
});
