/** @import { DeviceChoice, DevicesState } from "../types.d.ts" */
import { attribute, each, h, show } from "../dom.js";

/** @typedef {"microphone" | "camera" | "speaker"} DeviceRole */

const LABELS = { microphone: "Microphone", camera: "Camera", speaker: "Speaker" };
const LISTS = /** @type {const} */ ({ microphone: "microphones", camera: "cameras", speaker: "speakers" });

/**
 * One select for each kind of device; a kind with nothing to choose is not shown.
 *
 * @param {string} prefix makes the ids unique on the page
 * @param {(kind: DeviceRole, id: string) => void} onChoose
 */
export function deviceSelects(prefix, onChoose) {
  const rows = /** @type {DeviceRole[]} */ (["microphone", "camera", "speaker"]).map((kind) =>
    row(prefix, kind, onChoose),
  );
  const element = h("div", { class: "device-selects" }, ...rows.map((one) => one.element));
  /** @param {DevicesState} devices */
  const render = (devices) => rows.forEach((one) => one.render(devices));
  return { element, render };
}

/** @param {string} prefix @param {DeviceRole} kind @param {(kind: DeviceRole, id: string) => void} onChoose */
function row(prefix, kind, onChoose) {
  const id = `${prefix}-${kind}`;
  const select = h("select", { id, onchange: () => onChoose(kind, select.value) });
  const element = h("div", { class: "field" }, h("label", { for: id }, LABELS[kind]), select);
  /** @param {DevicesState} devices */
  function render(devices) {
    const choices = devices[LISTS[kind]];
    show(element, choices.length > 0);
    each(select, choices, (one) => one.id, option);
    const chosen = devices[kind] || choices[0]?.id || "";
    if (select.value !== chosen) select.value = chosen;
  }
  return { element, render };
}

/** @param {DeviceChoice} choice */
function option(choice) {
  const element = h("option", {}, choice.label);
  attribute(element, "value", choice.id);
  return element;
}
