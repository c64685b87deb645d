/** @import { KeyMap } from "./keys.js" */
/** @import { PageState, Render, Role } from "./types.d.ts" */
import { createActions } from "./actions.js";
import { createAnnouncer } from "./announce.js";
import { createApi } from "./api.js";
import { permissionOf } from "./media/browser.js";
import { Capture } from "./media/capture.js";
import { createMeter } from "./media/meter.js";
import { watchDevices } from "./media/watch.js";
import { createPresence } from "./presence.js";
import { initialPage, reducePage } from "./state/page.js";
import { openChoices } from "./storage.js";
import { createStore } from "./store.js";
import { isDebugging } from "./debug.js";
import { debugView } from "./views/debug.js";
import { markPage } from "./title.js";
import { createWakeLock } from "./wake.js";

const TICK_MS = 500;

/** What both pages are made of, before they put their views in. @param {Role} role */
export function createApp(role) {
  const memory = openChoices(role);
  const store = createStore(rememberedPage(role, memory.get()), reducePage);
  const api = createApi(role);
  const capture = new Capture(store);
  const line = import("./room/index.js");
  const loadLine = async () => (await line).openLine({ store, api, capture, memory });
  const actions = createActions({ store, api, capture, memory, loadLine });
  return { memory, store, api, capture, actions };
}

/** @typedef {ReturnType<typeof createApp>} App */

/** @param {Role} role @param {import("./storage.js").Choices} choices @returns {PageState} */
function rememberedPage(role, choices) {
  const page = initialPage(role);
  const { microphone, camera, speaker, wantAudio, wantVideo, large, keys } = choices;
  return {
    ...page,
    devices: { ...page.devices, microphone, camera, speaker, wantAudio, wantVideo },
    panel: { ...page.panel, large, keys },
  };
}

/** Puts the views to work. @param {App} app @param {Render[]} views */
export function startApp(app, views) {
  const { store, capture, api } = app;
  const announcer = createAnnouncer(document.body);
  const meter = createMeter((level) => store.dispatch({ type: "devices/level", level }));
  [
    ...views,
    announcer.follow,
    createWakeLock(),
    createPresence(store),
    () => meter.watch(capture.tracks.audio),
  ].forEach(store.follow);
  store.follow((state) => markPage(state, document));
  if (isDebugging()) document.body.append(debugView(app));
  setInterval(() => store.dispatch({ type: "tick" }), TICK_MS);
  document.addEventListener("visibilitychange", () => store.dispatch({ type: "tick" }));
  watchDevices(store, capture);
  api.info().then(
    (info) => store.dispatch({ type: "info", info }),
    () => undefined,
  );
}

/** Whoever has allowed camera and microphone before sees the preview, or joins, without a question. @param {App} app */
export async function welcomeBack({ actions, memory }) {
  const granted = (await permissionOf("audio")) === "granted" && (await permissionOf("video")) === "granted";
  if (!granted) return;
  await actions.preview();
  if (memory.get().joinAtOnce) await actions.join();
}

/** The keys that both pages know. @param {App} app @returns {KeyMap} */
export function commonKeys({ actions, store }) {
  let muted = false;
  return {
    m: { down: actions.toggleMic, words: "Microphone on or off" },
    v: { down: actions.toggleCamera, words: "Camera on or off" },
    c: { down: actions.toggleChat, words: "Open or close the chat" },
    p: { down: actions.togglePause, words: "Pause or resume the coach" },
    " ": {
      down: () => {
        muted = !store.get().call.me?.micOn;
        if (muted) actions.talk(true);
      },
      up: () => muted && actions.talk(false),
      words: "Hold to talk while muted",
    },
  };
}
