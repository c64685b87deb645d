/** @import { Figures } from "../lib/types.d.ts" */
import { h, button } from "../lib/dom.js";
import { figureRows, figuresCsv } from "../lib/figures.js";
import { saveFile } from "../lib/files.js";
import { chartsOf, chartView } from "./charts.js";

/** A session in figures: charts, the same in words, and both as files. @param {string} session */
export function figuresView(session) {
  const charts = h("div", { class: "charts" });
  const list = h("dl", { class: "figures-list" });
  /** @type {Figures | null} */
  let shown = null;
  const save = (/** @type {string} */ end, /** @type {string} */ body, /** @type {string} */ type) =>
    saveFile(`${session}-figures.${end}`, body, type);
  const asJson = () => save("json", `${JSON.stringify(shown, null, 2)}\n`, "application/json");
  const asCsv = () => shown && save("csv", figuresCsv(shown), "text/csv");
  const files = h(
    "div",
    { class: "seat" },
    button(`figures-json-${session}`, "button button-small", asJson, "Download as JSON"),
    button(`figures-csv-${session}`, "button button-small", asCsv, "Download as CSV"),
  );
  const summary = h("summary", {}, "In figures");
  const element = h("details", { class: "figures", hidden: true }, summary, charts, list, files);

  /** What is the same stays, so that nothing moves under a reader. @param {Figures | null} figures */
  function render(figures) {
    element.hidden = figures === null;
    if (!figures || JSON.stringify(figures) === JSON.stringify(shown)) return;
    shown = figures;
    charts.replaceChildren(...chartsOf(figures).map(chartView));
    list.replaceChildren(
      ...figureRows(figures).flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]),
    );
  }

  return { element, render };
}
