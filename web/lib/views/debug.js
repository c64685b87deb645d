/** @import { App } from "../app.js" */
import { copyText } from "../clipboard.js";
import { redact } from "../debug.js";
import { button, h, text } from "../dom.js";
import { words } from "../words.js";

const EVERY_MS = 1000;

/** The operator's look behind the page, refreshed while it is open. @param {App} app */
export function debugView({ actions, api, store }) {
  const out = h("pre", { id: "debug-report", tabindex: 0 });
  const copy = button(
    "debug-copy",
    "button button-small",
    () => copyReport(collect, store.dispatch),
    "Copy without names",
  );
  const signal = button(
    "debug-signal-reconnect",
    "button button-small",
    () => actions.simulate("signal-reconnect"),
    "Reconnect signal",
  );
  const full = button(
    "debug-full-reconnect",
    "button button-small",
    () => actions.simulate("full-reconnect"),
    "Reconnect fully",
  );
  const tools = h("div", { class: "choices" }, copy, signal, full);
  const fold = h("details", { id: "debug" }, h("summary", {}, "Debug"), tools, out);
  const element = h("aside", { class: "debug", "aria-label": "Debug" }, fold);

  async function collect() {
    const { call, coach, devices } = store.get();
    const expiry = api.expiry();
    return {
      page: { role: api.role, phase: call.phase, connection: call.connection, attempt: call.attempt },
      session: api.session(),
      tokenExpires: expiry ? new Date(expiry).toISOString() : null,
      coach: {
        offline: coach.offline,
        lastBeat: coach.beatAt && `${Date.now() - coach.beatAt} ms ago`,
        status: coach.status,
      },
      devices: { audio: devices.audio, video: devices.video },
      room: await actions.report(),
    };
  }

  setInterval(async () => {
    if (fold.open) text(out, JSON.stringify(await collect(), null, 2));
  }, EVERY_MS);
  return element;
}

/** @param {() => Promise<unknown>} collect @param {App["store"]["dispatch"]} dispatch */
async function copyReport(collect, dispatch) {
  const report = JSON.stringify(redact(await collect()), null, 2);
  const copied = await copyText(report);
  dispatch({ type: "notice/add", text: copied ? words.copied : words.copyFailed, tone: "info" });
}
