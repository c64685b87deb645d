/** @import { Person } from "../types.d.ts" */
import { attribute, h, show, text } from "../dom.js";
import { icon } from "../icons.js";
import { qualityWords } from "../words.js";

/** Name, microphone and connection of one person. @param {string} id */
export function badgeView(id) {
  const name = h("span", { class: "badge-name" });
  const off = h("span", { class: "visually-hidden" }, "microphone off");
  const muted = h("span", { class: "badge-muted" }, icon("micOff"), off);
  const bars = h("span", { class: "bars", role: "img" }, h("i"), h("i"), h("i"));
  const element = h("span", { id, class: "badge" }, name, muted, bars);

  /** @param {Person | null} person */
  function render(person) {
    show(element, person !== null);
    if (!person) return;
    text(name, person.name || person.identity);
    show(muted, !person.micOn);
    attribute(element, "data-quality", person.quality);
    attribute(bars, "aria-label", qualityWords(person.quality));
  }

  return { element, render };
}
