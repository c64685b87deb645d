import assert from "node:assert/strict";
import { test } from "node:test";
import { figureRows } from "../lib/figures.js";
import { json, markdown, noteName } from "../lib/note-file.js";
import { noteWords } from "../lib/words-coach.js";
import { after } from "./scenes.js";

const AT = Date.UTC(2026, 4, 3);
const figures = {
  duration_s: 3904,
  listened_s: 3600,
  talk_share: 0.62,
  longest_silence_s: 80,
  hints_shown: 7,
  hints_used: 3,
  hints_dismissed: 1,
  latency_p50_ms: 1690,
  latency_p95_ms: 2410,
};
/** @type {[number, any][]} */
const written = [
  [0, { type: "note/asked" }],
  [AT, { type: "note/written", items: { themes: ["home", "fear"], parts: [], helped: [], open: [] } }],
];

test("a written note is on this page only until it is kept", () => {
  assert.deepEqual(after(written).note.kept, false);
  assert.deepEqual(after([...written, [AT, { type: "note/kept" }]]).note.kept, true);
  const edited = after([...written, [AT, { type: "note/kept" }], [AT, edit("themes", "home")]]).note;
  assert.deepEqual([edited.kept, edited.texts.themes], [false, "home"]);
});

test("a note outlives the call and goes when it is discarded", () => {
  const left = after([...written, [AT, { type: "call/ended", reason: "left" }]]).note;
  assert.equal(left.stage, "ready");
  assert.deepEqual(after([...written, [AT, { type: "note/discard" }]]).note.texts, {});
});

test("the file says what the fields say", () => {
  const { note } = after([...written, [AT, edit("parts", "the guard\n\n  the young one ")]]);
  assert.match(markdown(note), /^# Session note, 2026-05-03\n\n## Themes\n- home\n- fear\n/);
  assert.match(markdown(note), /- the guard\n- the young one\n/);
  assert.deepEqual(JSON.parse(json(note)), {
    date: "2026-05-03",
    themes: ["home", "fear"],
    parts: ["the guard", "the young one"],
    helped: [],
    open: [],
  });
  assert.equal(noteName(note), "session-note-2026-05-03");
});

test("the figures stand in the window and in both files, also without a note", () => {
  const ready = after([[AT, { type: "note/written", items: { themes: ["home"] }, figures }]]).note;
  assert.deepEqual(JSON.parse(json(ready)).figures, figures);
  assert.match(markdown(ready), /\n## In figures\n- Session: 1 h 5 min\n/);
  const failed = after([[0, { type: "note/failed", reason: "nothing_heard", figures }]]).note;
  assert.deepEqual(failed.figures, figures);
  const again = after([
    [0, { type: "note/failed", reason: "", figures }],
    [1, { type: "note/asked" }],
  ]).note;
  assert.equal(again.figures, null);
});

test("figures are told in words, and what was not measured is left out", () => {
  assert.deepEqual(figureRows(figures), [
    ["Session", "1 h 5 min"],
    ["Your partner spoke", "62% of the time that the coach listened"],
    ["Longest silence", "1 min 20 s"],
    ["Hints", "7 shown, 3 used, 1 dismissed"],
    ["Time to a hint", "1.7 s as a rule, up to 2.4 s"],
  ]);
  const empty = {
    ...figures,
    duration_s: 59,
    talk_share: null,
    longest_silence_s: null,
    latency_p50_ms: null,
    latency_p95_ms: null,
  };
  assert.deepEqual(figureRows(empty), [
    ["Session", "59 s"],
    ["Hints", "7 shown, 3 used, 1 dismissed"],
  ]);
  assert.equal(figureRows({ ...figures, duration_s: 120 })[0]?.[1], "2 min");
});

test("why there is no note is said", () => {
  const reasons = ["nothing_heard", "llm_key_refused", "consent_withdrawn", "", "not_saved"];
  const told = reasons.map((reason) => noteWords(after([[0, { type: "note/failed", reason }]]).note));
  assert.equal(new Set(told).size, reasons.length);
  for (const words of told) assert.ok(!words.includes("_"), words);
});

/** @param {string} heading @param {string} text */
function edit(heading, text) {
  return { type: "note/edit", heading, text };
}
