/** @import { Actions } from "../actions.js" */
/** @import { KeyMap } from "../keys.js" */
/** @import { PageState } from "../types.d.ts" */
import { attribute, h } from "../dom.js";
import { icon } from "../icons.js";
import { deviceSelects } from "./devices.js";

/**
 * Devices, keys, and what a page adds of its own.
 *
 * @param {Actions} actions
 * @param {KeyMap} keys
 * @param {(on: boolean) => void} setKeys
 * @param {{ element: HTMLElement, render: (state: PageState) => void }[]} extras
 */
export function settingsView(actions, keys, setKeys, extras = []) {
  const selects = deviceSelects("call", actions.chooseDevice);
  const box = h("input", { id: "keys-on", type: "checkbox", onchange: () => setKeys(box.checked) });
  const close = h(
    "button",
    { class: "round", type: "button", "aria-label": "Close settings", onclick: () => element.close() },
    icon("close"),
  );
  const element = h(
    "dialog",
    { id: "settings-dialog", class: "settings", "aria-labelledby": "settings-title" },
    h("header", {}, h("h2", { id: "settings-title" }, "Settings"), close),
    h("section", {}, h("h3", {}, "Devices"), selects.element),
    ...extras.map((one) => one.element),
    h(
      "section",
      {},
      h("h3", {}, "Keys"),
      h("label", { class: "check" }, box, "Single keys work during the call"),
      keyList(keys),
    ),
  );

  /** @param {PageState} state */
  function render(state) {
    selects.render(state.devices);
    box.checked = state.panel.keys;
    attribute(box, "aria-describedby", "key-list");
    extras.forEach((one) => one.render(state));
  }

  return { element, render };
}

/** @param {KeyMap} keys */
function keyList(keys) {
  const rows = Object.entries(keys).map(([key, { words }]) =>
    h("div", {}, h("dt", {}, h("kbd", {}, key === " " ? "Space" : key.toUpperCase())), h("dd", {}, words)),
  );
  return h("dl", { id: "key-list", class: "keys" }, ...rows);
}
