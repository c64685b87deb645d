import { commonKeys, createApp, startApp, welcomeBack } from "../lib/app.js";
import { byId, h } from "../lib/dom.js";
import { listenToKeys } from "../lib/keys.js";
import { barView } from "../lib/views/bar.js";
import { bannerView } from "../lib/views/banner.js";
import { chatView } from "../lib/views/chat.js";
import { consentView } from "../lib/views/consent.js";
import { controlsView } from "../lib/views/controls.js";
import { endedView } from "../lib/views/ended.js";
import { indicatorView } from "../lib/views/indicator.js";
import { prejoinView } from "../lib/views/prejoin.js";
import { settingsView } from "../lib/views/settings.js";
import { stageView } from "../lib/views/stage.js";
import { loadConsent, tellConsent } from "./consent.js";

const app = createApp("partner");
const { actions, memory, store } = app;
const keys = commonKeys(app);

/** @param {boolean} on */
function setKeys(on) {
  memory.remember({ keys: on });
  store.dispatch({ type: "panel/set", change: { keys: on } });
}

const indicator = indicatorView(actions);
const views = [
  prejoinView(actions, "partner", memory.get()),
  consentView(actions),
  endedView(actions),
  stageView(actions, memory.get().corner),
  bannerView(actions),
  chatView(actions),
  controlsView(actions),
  settingsView(actions, keys, setKeys),
];

byId("app").append(h("h1", { class: "visually-hidden" }, "Session"), ...views.map((view) => view.element));
const bar = barView(byId("bar"), indicator.element);
startApp(app, [bar, indicator.render, ...views.map((view) => view.render), tellConsent(app)]);
listenToKeys(keys, store.get);
await loadConsent(app);
await welcomeBack(app);
