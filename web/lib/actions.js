/** @import { Api } from "./api.js" */
/** @import { Capture } from "./media/capture.js" */
/** @import { Line } from "./room/index.js" */
/** @import { Choices, Memory } from "./storage.js" */
/** @import { Store } from "./store.js" */
import { joinActions } from "./join-actions.js";
import { hasStopped } from "./state/consent.js";
import { words } from "./words.js";

/**
 * @typedef {object} ActionParts
 * @property {Store} store
 * @property {Api} api
 * @property {Capture} capture
 * @property {Memory} memory
 * @property {() => Promise<Line>} loadLine
 * @property {() => Line | null} line null until it is loaded
 */

/** What the views can ask for. Each is safe to press at any time. @param {Omit<ActionParts, "line">} given */
export function createActions(given) {
  /** @type {Line | null} */
  let line = null;
  const loadLine = async () => (line ??= await given.loadLine());
  const parts = { ...given, loadLine, line: () => line };
  return { ...joinActions(parts), ...deviceActions(parts), ...callActions(parts), ...coachActions(parts) };
}

/** @typedef {ReturnType<typeof createActions>} Actions */

/** @param {ActionParts} parts */
function deviceActions({ store, capture, memory, line }) {
  const { dispatch, get } = store;

  /** @param {"microphone" | "camera" | "speaker"} kind @param {string} id */
  async function chooseDevice(kind, id) {
    dispatch({ type: "devices/choose", kind, id });
    memory.remember({ [kind]: id });
    const { call, devices } = get();
    if (call.phase === "call") await line()?.deeds.useDevice(kind, id);
    else if (kind === "microphone" && devices.audio !== "off")
      await capture.request({ audio: true, video: false });
    else if (kind === "camera" && devices.video !== "off")
      await capture.request({ audio: false, video: true });
  }

  return {
    chooseDevice,
    remember: (/** @type {Partial<Choices>} */ change) => memory.remember(change),
    previewTrack: () => capture.tracks.video,
    track: (/** @type {string} */ sid) => line()?.deeds.track(sid) ?? null,
    toggleMic: () => line()?.deeds.setMic(!get().call.me?.micOn),
    talk: (/** @type {boolean} */ on) => line()?.deeds.setMic(on),
    toggleCamera: () => line()?.deeds.setCamera(!get().call.me?.camera),
  };
}

/** @param {ActionParts} parts */
function callActions({ store, loadLine, line }) {
  const { dispatch, get } = store;
  let sent = 0;
  return {
    canShare: Boolean(navigator.mediaDevices && "getDisplayMedia" in navigator.mediaDevices),
    toggleShare: () => line()?.deeds.share(get().call.sharing === "none"),
    toggleChat: () => dispatch({ type: "chat/open", open: !get().chat.open }),
    sendChat: (/** @type {string} */ text) => line()?.deeds.sendChat(text, `mine-${(sent += 1)}`),
    startAudio: () => line()?.deeds.startAudio(),
    leave: async () => (await loadLine()).session.leave(),
    reachesCoach: async () => line()?.deeds.reachesCoach() ?? false,
    simulate: (/** @type {"signal-reconnect" | "full-reconnect"} */ scenario) =>
      line()?.deeds.simulate(scenario),
    report: async () => line()?.report() ?? null,
    retryNow: () => line()?.session.retryNow(),
    dropNotice: (/** @type {number} */ id) => dispatch({ type: "notice/drop", id }),
    openSettings: () =>
      /** @type {HTMLDialogElement | null} */ (document.querySelector("#settings-dialog"))?.showModal(),
    fullScreen: toggleFullScreen,
  };
}

/** What both people can ask of the coach. @param {ActionParts} parts */
function coachActions({ store, api, line }) {
  const { dispatch, get } = store;
  let wishes = 0;

  /** Nobody need know that the coach is silent once the call is over. @param {string} text */
  function warn(text) {
    if (get().call.phase === "call") dispatch({ type: "notice/add", text, tone: "warn" });
  }

  /** @param {string} method @param {Record<string, unknown>} request @param {number} [patienceMs] */
  async function ask(method, request, patienceMs) {
    const answer = await (line()?.deeds.ask(method, request, { patienceMs }) ?? null);
    if (!answer) warn(words.coachSilent);
    return answer;
  }

  /** The button turns at once, so that a second press means the opposite; a wish that has been overtaken by another is not repeated. @param {boolean} own */
  async function setPause(own) {
    const wish = (wishes += 1);
    const isLatest = () => wish === wishes;
    dispatch({ type: "coach/pause", own });
    const method = own ? "coach.pause" : "coach.resume";
    const answer = await (line()?.deeds.ask(method, {}, { stillWanted: isLatest }) ?? null);
    if (!isLatest()) return;
    if (!answer) {
      dispatch({ type: "coach/pause", own: null });
      warn(api.role === "partner" ? words.pauseUnanswered : words.coachSilent);
    } else if (!own && answer.paused_by?.length)
      dispatch({ type: "notice/add", text: words.stillPaused, tone: "info" });
  }

  function togglePause() {
    const { coach, call } = get();
    if (api.role === "partner" && hasStopped(call.agent)) return undefined;
    return setPause(!(coach.ownPause ?? call.agent?.state === "paused"));
  }

  return { ask, togglePause, pauseCoach: () => setPause(true) };
}

async function toggleFullScreen() {
  if (document.fullscreenElement) await document.exitFullscreen();
  else await document.documentElement.requestFullscreen?.().catch(() => undefined);
}
