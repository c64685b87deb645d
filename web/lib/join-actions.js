/** @import { ActionParts } from "./actions.js" */
/** @import { DeviceKind } from "./types.d.ts" */
import { rememberAgreed } from "./storage.js";

/** From opening the page to being in the room. @param {ActionParts} parts */
export function joinActions(parts) {
  const { store, api, capture, memory, loadLine } = parts;
  const { dispatch, get } = store;
  const wanted = () => ({ audio: get().devices.wantAudio, video: get().devices.wantVideo });
  const enter = async () => (await loadLine()).session.join();

  async function join() {
    if (!(await askDevices(parts))) return;
    const mustRead = api.role === "partner" && get().consent.choice === null;
    if (mustRead) dispatch({ type: "call/phase", phase: "consent" });
    else await enter();
  }

  async function rejoin() {
    await capture.request(wanted());
    await enter();
  }

  /** @param {DeviceKind} kind */
  async function want(kind) {
    const key = kind === "audio" ? "wantAudio" : "wantVideo";
    const on = !get().devices[key];
    dispatch({ type: "devices/want", kind, on });
    memory.remember({ [key]: on });
    const asked = get().devices[kind === "audio" ? "video" : "audio"] !== "off";
    if (!on) capture.drop(kind);
    else if (asked) await capture.request({ audio: kind === "audio", video: kind === "video" });
  }

  return {
    join,
    rejoin,
    enter,
    want,
    preview: () => capture.request(wanted()),
    ...consentActions(parts, enter),
  };
}

/** Asks for what is wanted and was not asked for yet. False: the person has to see why there is no microphone first. @param {ActionParts} parts */
async function askDevices({ store, capture }) {
  const { devices } = store.get();
  const audio = devices.wantAudio && devices.audio === "off";
  const video = devices.wantVideo && devices.video === "off";
  if (audio || video) await capture.request({ audio, video });
  return !audio || store.get().devices.audio === "on";
}

/** @param {ActionParts} parts @param {() => Promise<void>} enter */
function consentActions({ store }, enter) {
  const { dispatch, get } = store;

  /** @param {boolean} agreed @param {boolean} [keep] */
  async function answer(agreed, keep = false) {
    const { call, consent } = get();
    dispatch({ type: "consent/choose", agreed, keep });
    rememberAgreed(agreed ? (consent.text?.version ?? "") : "");
    if (call.phase === "consent") await enter();
  }

  function consentBack() {
    if (get().call.phase === "consent") dispatch({ type: "call/phase", phase: "prejoin" });
    else dispatch({ type: "consent/review", open: false });
  }

  return {
    answer,
    consentBack,
    withdraw: () => answer(false),
    reviewConsent: () => dispatch({ type: "consent/review", open: true }),
  };
}
