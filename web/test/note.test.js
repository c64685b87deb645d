import assert from "node:assert/strict";
import { test } from "node:test";
import { json, markdown, noteName } from "../lib/note-file.js";
import { noteWords } from "../lib/words-coach.js";
import { after } from "./scenes.js";

const AT = Date.UTC(2026, 4, 3);
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
