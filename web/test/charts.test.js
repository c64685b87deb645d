import assert from "node:assert/strict";
import { test } from "node:test";
import { figureRows, figuresCsv } from "../lib/figures.js";
import { chartsOf } from "../sessions/charts.js";

const nothing = {
  duration_s: 60,
  listened_s: 0,
  talk_share: null,
  longest_silence_s: null,
  hints_shown: 0,
  hints_used: 0,
  hints_dismissed: 0,
  latency_p50_ms: null,
  latency_p95_ms: null,
  line: null,
};
const session = {
  ...nothing,
  listened_s: 60,
  talk_share: 0.62,
  hints_shown: 7,
  hints_used: 3,
  hints_dismissed: 1,
  latency_p50_ms: 1690,
  latency_p95_ms: 2410,
  line: { good: 0.97, lost: 0.03 },
};

test("what was measured is drawn, each bar with its words", () => {
  const drawn = chartsOf(session).map((chart) => [
    chart.title,
    chart.pieces.filter((piece) => piece.size > 0).map((piece) => piece.name),
  ]);
  assert.deepEqual(drawn, [
    ["Your partner", ["spoke 62%", "quiet 38%"]],
    ["7 hints", ["3 used", "1 dismissed", "3 only read"]],
    ["Time to a hint", ["half within 1.7 s", "95% within 2.4 s"]],
    ["Your partner's connection", ["good 97%", "lost 3%"]],
  ]);
});

test("of a session that nobody heard nothing is drawn", () => {
  assert.deepEqual(chartsOf(nothing), []);
});

test("slow hints widen the scale, the pieces never leave it", () => {
  const [chart] = chartsOf({ ...nothing, latency_p50_ms: 4000, latency_p95_ms: 9000 });
  const size = chart?.pieces.reduce((total, piece) => total + piece.size, 0);
  assert.deepEqual([chart?.whole, size], [9000, 9000]);
});

test("the connection stands among the figures, and all of them in one row of a table", () => {
  assert.deepEqual(figureRows(session).at(-1), ["Your partner's connection", "good 97%, lost 3%"]);
  const [heads = "", row = "", end] = figuresCsv(session).split("\r\n");
  assert.equal(end, "");
  const cells = Object.fromEntries(heads.split(",").map((head, index) => [head, row.split(",")[index]]));
  assert.deepEqual([cells.talk_share, cells.line_good, cells.line_weak], ["0.62", "0.97", ""]);
  assert.equal(heads.split(",").length, row.split(",").length);
});
