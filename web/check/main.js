import { createApp } from "../lib/app.js";
import { copyText } from "../lib/clipboard.js";
import { byId } from "../lib/dom.js";
import { createMeter } from "../lib/media/meter.js";
import { words } from "../lib/words.js";
import { freshSteps, reportText, withFinding } from "./list.js";
import { runSteps } from "./steps.js";
import { checkView } from "./view.js";

const role = new URLSearchParams(location.search).get("as") === "partner" ? "partner" : "facilitator";
const app = createApp(role);
const meter = createMeter((level) => app.store.dispatch({ type: "devices/level", level }));
app.store.follow(() => meter.watch(app.capture.tracks.audio));

let steps = freshSteps();
let running = false;

async function start() {
  steps = freshSteps();
  running = true;
  view.render(steps, running);
  await runSteps(app, (id, finding) => {
    steps = withFinding(steps, id, finding);
    view.render(steps, running);
  });
  running = false;
  view.render(steps, running);
}

async function copy() {
  const copied = await copyText(reportText(steps, new Date(), navigator.userAgent));
  view.say(copied ? words.copied : words.copyFailed);
}

const view = checkView({ start, copy, role });
byId("app").append(view.element);
view.render(steps, running);
