import { commonKeys, createApp, startApp, welcomeBack } from "../lib/app.js";
import { attribute, byId, h, show } from "../lib/dom.js";
import { icon } from "../lib/icons.js";
import { listenToKeys } from "../lib/keys.js";
import { barView } from "../lib/views/bar.js";
import { bannerView } from "../lib/views/banner.js";
import { chatView } from "../lib/views/chat.js";
import { controlsView } from "../lib/views/controls.js";
import { endedView } from "../lib/views/ended.js";
import { prejoinView } from "../lib/views/prejoin.js";
import { settingsView } from "../lib/views/settings.js";
import { stageView } from "../lib/views/stage.js";
import { createCoachActions } from "./actions.js";
import { noteView } from "./note.js";
import { panelView } from "./panel.js";
import { privacyView } from "./privacy.js";
import { coachSettings } from "./settings.js";
import { bringBackNote, callCoach, followHistory } from "./sync.js";

const app = createApp("facilitator");
const { actions, memory, store } = app;
const coach = createCoachActions(app);

/** @type {import("../lib/keys.js").KeyMap} */
const keys = {
  h: { down: coach.hintNow, words: "Hint now" },
  u: { down: () => coach.verdictOnCurrent("used"), words: "Mark the hint as used" },
  n: { down: () => coach.verdictOnCurrent("not_now"), words: "Not now: put the hint away" },
  f: { down: () => coach.verdictOnCurrent("fewer"), words: "Fewer hints" },
  l: { down: () => coach.hold(true), up: () => coach.hold(false), words: "Hold to let the coach listen" },
  b: { down: coach.togglePanel, words: "Hide or show the coach" },
  ...commonKeys(app),
};

/** @param {boolean} on */
function setKeys(on) {
  memory.remember({ keys: on });
  store.dispatch({ type: "panel/set", change: { keys: on } });
}

const toggle = h(
  "button",
  {
    id: "panel-toggle",
    class: "button button-small",
    type: "button",
    title: "Hide or show the coach (B)",
    "aria-keyshortcuts": "B",
    onclick: coach.togglePanel,
  },
  icon("panel"),
  "Coach",
);
/** @param {import("../lib/types.d.ts").PageState} state */
function renderToggle({ call, panel }) {
  show(toggle, call.phase === "call");
  attribute(toggle, "aria-pressed", String(!panel.hidden));
}

const note = noteView(coach);
const privacy = privacyView(coach);
const views = [
  prejoinView(actions, "facilitator", memory.get(), privacy.element),
  endedView(actions),
  stageView(actions, memory.get().corner),
  panelView(coach, note.open),
  bannerView(actions),
  chatView(actions),
  controlsView(actions),
  note,
  settingsView(actions, keys, setKeys, [coachSettings(coach)]),
];

byId("app").append(h("h1", { class: "visually-hidden" }, "Session"), ...views.map((view) => view.element));
const bar = barView(byId("bar"), toggle);
const renders = [bar, renderToggle, privacy.render, ...views.map((view) => view.render)];
startApp(app, [...renders, followHistory(app), bringBackNote(app), callCoach(app)]);
listenToKeys(keys, store.get);
await welcomeBack(app);
