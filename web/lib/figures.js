/** @import { Figures } from "./types.d.ts" */

/**
 * The session in figures, each with its name; what was not measured is left out.
 *
 * @param {Figures} figures
 * @returns {[string, string][]}
 */
export function figureRows(figures) {
  const { hints_shown, hints_used, hints_dismissed } = figures;
  /** @type {[string, string | null][]} */
  const rows = [
    ["Session", length(figures.duration_s)],
    ["Your partner spoke", share(figures.talk_share)],
    ["Longest silence", figures.longest_silence_s === null ? null : length(figures.longest_silence_s)],
    ["Hints", `${hints_shown} shown, ${hints_used} used, ${hints_dismissed} dismissed`],
    ["Time to a hint", latency(figures)],
    ["Your partner's connection", connection(figures)],
  ];
  return rows.flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
}

/** @param {number | null} talked */
function share(talked) {
  return talked === null ? null : `${Math.round(talked * 100)}% of the time that the coach listened`;
}

/** @param {Figures} figures */
function latency({ latency_p50_ms, latency_p95_ms }) {
  if (latency_p50_ms === null || latency_p95_ms === null) return null;
  return `${tenths(latency_p50_ms)} s as a rule, up to ${tenths(latency_p95_ms)} s`;
}

/** @param {Figures} figures */
function connection({ line }) {
  if (!line) return null;
  const parts = /** @type {const} */ (["good", "weak", "lost"]).filter((quality) => line[quality]);
  return parts.map((quality) => `${quality} ${Math.round((line[quality] ?? 0) * 100)}%`).join(", ");
}

/** @param {number} milliseconds */
function tenths(milliseconds) {
  return (milliseconds / 1000).toFixed(1);
}

/** As a table of one row, for spreadsheets: a value that was not measured is empty. @param {Figures} figures */
export function figuresCsv({ line, ...figures }) {
  const cells = { ...figures, line_good: line?.good, line_weak: line?.weak, line_lost: line?.lost };
  const rows = [Object.keys(cells), Object.values(cells).map((value) => value ?? "")];
  return rows.map((row) => `${row.join(",")}\r\n`).join("");
}

/** A length of time in its two greatest units. @param {number} seconds */
function length(seconds) {
  const units = /** @type {const} */ ([
    [Math.floor(seconds / 3600), "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"],
  ]);
  const first = units.findIndex(([count]) => count > 0);
  if (first < 0) return "0 s";
  return units
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ");
}
