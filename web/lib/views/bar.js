/** @import { PageState } from "../types.d.ts" */
import { h, show } from "../dom.js";
import { words } from "../words.js";

/** The brand, and the truth about what kind of coach this is. @param {HTMLElement} bar @param {...HTMLElement} extras */
export function barView(bar, ...extras) {
  const rehearsal = h("p", { id: "rehearsal", class: "pill", hidden: true }, words.rehearsal);
  bar.append(rehearsal, ...extras);
  /** @param {PageState} state */
  return function render({ info, coach }) {
    show(rehearsal, Boolean(info?.rehearsal) || coach.status?.mode === "rehearsal");
  };
}
