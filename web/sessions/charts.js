/** @import { Figures } from "../lib/types.d.ts" */
import { h, text } from "../lib/dom.js";

/**
 * @typedef {{ name: string, size: number, look: string }} Piece
 * @typedef {{ title: string, pieces: Piece[], whole?: number }} Chart
 */

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 240;
const BAR = 14;
const SLOWEST_MS = 5000;

/**
 * What is drawn of a session: each chart is one bar of pieces, with their names and sizes under it.
 *
 * @param {Figures} figures
 * @returns {Chart[]}
 */
export function chartsOf(figures) {
  return [...talk(figures), ...hints(figures), ...latency(figures), ...line(figures)];
}

/** @param {Figures} figures @returns {Chart[]} */
function talk({ talk_share }) {
  if (talk_share === null) return [];
  const pieces = [
    { name: `spoke ${percent(talk_share)}`, size: talk_share, look: "a" },
    { name: `quiet ${percent(1 - talk_share)}`, size: 1 - talk_share, look: "rest" },
  ];
  return [{ title: "Your partner", pieces }];
}

/** @param {Figures} figures @returns {Chart[]} */
function hints({ hints_shown, hints_used, hints_dismissed }) {
  if (hints_shown === 0) return [];
  const left = Math.max(0, hints_shown - hints_used - hints_dismissed);
  const pieces = [
    { name: `${hints_used} used`, size: hints_used, look: "a" },
    { name: `${hints_dismissed} dismissed`, size: hints_dismissed, look: "b" },
    { name: `${left} only read`, size: left, look: "rest" },
  ];
  return [{ title: `${hints_shown} hints`, pieces }];
}

/** On a scale of five seconds. @param {Figures} figures @returns {Chart[]} */
function latency({ latency_p50_ms, latency_p95_ms }) {
  if (latency_p50_ms === null || latency_p95_ms === null) return [];
  const pieces = [
    { name: `half within ${seconds(latency_p50_ms)}`, size: latency_p50_ms, look: "a" },
    {
      name: `95% within ${seconds(latency_p95_ms)}`,
      size: latency_p95_ms - latency_p50_ms,
      look: "b",
    },
  ];
  return [{ title: "Time to a hint", pieces, whole: Math.max(SLOWEST_MS, latency_p95_ms) }];
}

/** @param {Figures} figures @returns {Chart[]} */
function line({ line: shares }) {
  if (!shares) return [];
  const { good = 0, weak = 0, lost = 0 } = shares;
  const pieces = [
    { name: `good ${percent(good)}`, size: good, look: "a" },
    { name: `weak ${percent(weak)}`, size: weak, look: "b" },
    { name: `lost ${percent(lost)}`, size: lost, look: "rest" },
  ];
  return [{ title: "Your partner's connection", pieces }];
}

/** @param {number} share */
function percent(share) {
  return `${Math.round(share * 100)}%`;
}

/** @param {number} ms */
function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** A bar with its words: what it shows can be read without seeing it. @param {Chart} chart */
export function chartView({ title, pieces, whole }) {
  const shown = pieces.filter((piece) => piece.size > 0);
  const names = shown.map((piece) => h("li", { "data-look": piece.look }, piece.name));
  return h(
    "figure",
    { class: "chart" },
    h("figcaption", {}, title),
    bar(title, shown, whole ?? sum(shown)),
    h("ul", {}, ...names),
  );
}

/** @param {string} title @param {Piece[]} pieces @param {number} whole */
function bar(title, pieces, whole) {
  const picture = shape("svg", { viewBox: `0 0 ${WIDTH} ${BAR}`, role: "img" });
  const said = shape("title", {});
  text(said, `${title}: ${pieces.map((piece) => piece.name).join(", ")}`);
  picture.append(said, shape("rect", { class: "ground", width: WIDTH, height: BAR, rx: 3 }));
  let x = 0;
  for (const { size, look } of pieces) {
    const width = (size / whole) * WIDTH;
    picture.append(
      shape("rect", { "data-look": look, x: x.toFixed(1), width: width.toFixed(1), height: BAR }),
    );
    x += width;
  }
  return picture;
}

/** @param {Piece[]} pieces */
function sum(pieces) {
  return pieces.reduce((total, piece) => total + piece.size, 0);
}

/** @param {string} name @param {Record<string, string | number>} attributes */
function shape(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
