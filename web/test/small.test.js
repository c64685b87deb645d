import assert from "node:assert/strict";
import { test } from "node:test";
import { rootMeanSquare } from "../lib/media/meter.js";
import { classify, unavailable, wasDismissed } from "../lib/media/failure.js";
import { createLines, parseHead, parseHintLine, parseNotice } from "../lib/room/lines.js";
import { createStore } from "../lib/store.js";
import { initialPage, reducePage } from "../lib/state/page.js";
import { cornerAt } from "../lib/views/self.js";
import { age, joinProblem, mediaFailure } from "../lib/words.js";
import { statusLine } from "../lib/words-coach.js";
import { after, status } from "./scenes.js";

test("failures of a device are told apart", () => {
  const error = (/** @type {string} */ name, message = "") => ({ name, message });
  assert.equal(classify(error("NotFoundError"), ""), "none");
  assert.equal(classify(error("OverconstrainedError"), ""), "none");
  assert.equal(classify(error("NotAllowedError", "Permission denied"), "denied"), "denied");
  assert.equal(
    classify(error("NotAllowedError", "Permission denied by system"), "prompt"),
    "denied_by_system",
  );
  assert.equal(
    classify(error("NotAllowedError", "The request is not allowed"), "granted"),
    "denied_by_system",
  );
  assert.equal(classify(error("NotReadableError"), ""), "in_use");
  assert.equal(classify(error("TypeError"), ""), "other");
  assert.equal(unavailable(false, false), "insecure");
  assert.equal(unavailable(true, false), "unsupported");
  assert.equal(unavailable(true, true), null);
  assert.ok(wasDismissed(error("NotAllowedError", "Permission dismissed")));
});

test("every failure has a title and a way out", () => {
  for (const failure of /** @type {const} */ ([
    "denied",
    "denied_by_system",
    "none",
    "in_use",
    "insecure",
    "unsupported",
    "other",
  ])) {
    const { title, help } = mediaFailure("audio", failure);
    assert.ok(title.endsWith(".") && help.endsWith("."), failure);
  }
  assert.ok(joinProblem("something new").help);
});

test("lines are whole however the text was cut", () => {
  const text = '{"done":false}\n{"a":"ü\\n"}\n\n{"done":true}';
  for (let size = 1; size <= text.length; size += 1) {
    const lines = createLines();
    const got = [];
    for (let start = 0; start < text.length; start += size)
      got.push(...lines.push(text.slice(start, start + size)));
    assert.deepEqual(
      [...got, lines.rest()],
      ['{"done":false}', '{"a":"ü\\n"}', '{"done":true}'],
      `cut at ${size}`,
    );
  }
});

test("lines that are none of ours are nothing", () => {
  for (const bad of [
    "",
    "x",
    "null",
    "[]",
    "1",
    "{}",
    '{"section":"summary","done":true}',
    '{"section":"summary","text":1,"done":true}',
  ]) {
    assert.equal(parseHintLine(bad), null, bad);
  }
  assert.deepEqual(parseHintLine('{"done":true}'), { done: true });
});

test("a hint's head must be of this version and have a number", () => {
  const good = { v: "1", hint_id: "h1", seq: "3", heard_at: "5", card: "safety" };
  assert.deepEqual(parseHead(good), { seq: 3, hintId: "h1", card: "safety", heardAt: 5 });
  assert.equal(parseHead({ ...good, card: "new" })?.card, "hint");
  for (const change of [{ v: "2" }, { seq: "x" }, { seq: "0" }, { seq: "1.5" }, { hint_id: "" }]) {
    assert.equal(parseHead({ ...good, ...change }), null, JSON.stringify(change));
  }
  assert.equal(parseHead(undefined), null);
});

const STATES = [
  "waiting_for_partner",
  "waiting_for_consent",
  "listening",
  "thinking",
  "paused",
  "stopped",
  "degraded",
];
const REASONS = [
  "partner_muted",
  "microphone_coming",
  "no_consent",
  "consent_withdrawn",
  "paused_by_partner",
  "paused_by_facilitator",
  "push_released",
  "long_silence",
  "held_by_pace",
  "small_talk",
  "nothing_to_add",
  "unclear_speech",
  "late",
  "rate_limited",
  "stt_key_refused",
  "llm_key_refused",
  "stt_unreachable",
  "llm_unreachable",
  "stt_slow",
  "llm_slow",
  "model_not_found",
  "not_saved",
  "draining",
];

test("the status line has words for every state and reason", () => {
  for (const state of STATES) assert.doesNotMatch(statusLine(status({ state })), /_/, state);
  for (const reason of REASONS) assert.doesNotMatch(statusLine(status({ reason })), /_/, reason);
});

test("a microphone that is on but silent is told of after a while", () => {
  const quiet = Array.from(
    { length: 60 },
    (_, index) => /** @type {[number, any]} */ ([index * 125, { type: "devices/level", level: 0.0001 }]),
  );
  const on = /** @type {[number, any]} */ ([0, { type: "devices/result", kind: "audio", state: "on" }]);
  assert.equal(after([on, ...quiet.slice(0, 20)]).devices.silent, false);
  assert.equal(after([on, ...quiet]).devices.silent, true);
  assert.equal(after([on, ...quiet, [8000, { type: "devices/level", level: 0.1 }]]).devices.silent, false);
});

test("captions keep the last words only, and not for long", () => {
  const words = Array.from(
    { length: 5 },
    (_, index) =>
      /** @type {[number, any]} */ ([index, { type: "caption", segment: `s${index}`, text: `w${index}` }]),
  );
  assert.deepEqual(
    after(words).captions.lines.map((one) => one.text),
    ["w2", "w3", "w4"],
  );
  const changed = after([...words, [10, { type: "caption", segment: "s4", text: "better" }]]);
  assert.equal(changed.captions.lines.at(-1)?.text, "better");
  assert.deepEqual(after([...words, [60_000, { type: "tick" }]]).captions.lines, []);
  assert.deepEqual(after([...words, [10, { type: "coach/captions", on: false }]]).captions.lines, []);
});

test("a message arrives once, is bounded, and tells when it was not sent", () => {
  const one = /** @type {[number, any]} */ ([0, { type: "chat/received", id: "a", text: "x".repeat(5000) }]);
  const { chat } = after([one, one]);
  assert.deepEqual([chat.messages.length, chat.messages[0]?.text.length, chat.unread], [1, 2000, 1]);
  const failed = after([
    [0, { type: "chat/sent", id: "b", text: "hi" }],
    [1, { type: "chat/failed", id: "b" }],
  ]);
  assert.equal(failed.chat.messages[0]?.failed, true);
});

test("views follow once per burst of events", async () => {
  const store = createStore(initialPage("partner"), reducePage, () => 5);
  const seen = /** @type {string[]} */ ([]);
  store.follow((state) => seen.push(state.call.phase));
  store.dispatch({ type: "call/connecting" });
  store.dispatch({ type: "call/connected" });
  await Promise.resolve();
  assert.deepEqual(seen, ["prejoin", "call"]);
});

test("small things", () => {
  assert.equal(age(500), "just now");
  assert.equal(age(12_400), "12 s ago");
  assert.equal(age(125_000), "2 min ago");
  assert.equal(cornerAt(1, 1, { width: 10, height: 10 }), "top-left");
  assert.equal(cornerAt(9, 9, { width: 10, height: 10 }), "bottom-right");
  assert.equal(rootMeanSquare(new Float32Array([0.5, -0.5])), 0.5);
  assert.equal(rootMeanSquare(new Float32Array([])), 0);
});

test("a notice is short text and nothing else", () => {
  const packet = (/** @type {unknown} */ value) => new TextEncoder().encode(JSON.stringify(value));
  assert.equal(parseNotice(packet({ text: " 10 minutes left ", at: 1 })), "10 minutes left");
  assert.equal(parseNotice(packet({ text: "x".repeat(500) })).length, 200);
  for (const bad of [null, [], "text", {}, { text: 7 }, { text: "  " }])
    assert.equal(parseNotice(packet(bad)), "");
  assert.equal(parseNotice(new Uint8Array([0xff, 0x7b])), "");
});
