import assert from "node:assert/strict";
import { test } from "node:test";
import { announcements } from "../lib/announce.js";
import { titleOf } from "../lib/title.js";
import { after, beat, done, line, open, people, person } from "./scenes.js";

/** @import { Event, PageState } from "../lib/types.d.ts" */

/** @type {[number, any][]} */
const joined = [
  [0, { type: "call/connecting" }],
  [1, { type: "call/connected" }],
  [2, people()],
];

test("the tab's title tells the state", () => {
  assert.equal(titleOf(after([])), "Join · No Bad Parts");
  assert.equal(titleOf(after(joined)), "In session · No Bad Parts");
  assert.equal(
    titleOf(after([...joined, [3, people({ me: person({ micOn: false }) })]])),
    "Muted · No Bad Parts",
  );
  assert.equal(titleOf(after([...joined, [3, people({ other: null })]])), "Waiting · No Bad Parts");
  assert.equal(
    titleOf(after([...joined, [3, { type: "call/reconnecting" }]])),
    "Reconnecting… · No Bad Parts",
  );
  assert.equal(
    titleOf(after([...joined, [3, { type: "call/ended", reason: "left" }]])),
    "Left · No Bad Parts",
  );
  assert.equal(titleOf(after([...joined, [20_000, { type: "tick" }]])), "AI offline · No Bad Parts");
  assert.equal(
    titleOf(after([...joined, [20_000, { type: "tick" }]], "partner")),
    "In session · No Bad Parts",
  );
});

test("unread messages are counted in the title until the chat is opened", () => {
  const one = /** @type {[number, any][]} */ ([
    ...joined,
    [3, { type: "chat/received", id: "a", text: "hi" }],
  ]);
  assert.match(titleOf(after(one)), /^\(1\) /);
  assert.doesNotMatch(titleOf(after([...one, [4, { type: "chat/open", open: true }]])), /^\(/);
});

/** What would be said of the last event. @param {[number, any][]} events */
function said(events) {
  return announcements(after(events.slice(0, -1)), after(events)).map((one) => [one.text, one.urgent]);
}

test("a hint is said once, when it is whole", () => {
  const draft = /** @type {[number, any][]} */ ([
    ...joined,
    [3, open(1)],
    [4, line(1, { section: "suggestion", text: "Ask her.", done: true, index: 0 })],
    [5, line(1, { section: "follow_up", text: "What else?", done: true, index: 0 })],
  ]);
  assert.deepEqual(said(draft), []);
  assert.deepEqual(said([...draft, [6, done(1)]]), [["Hint. Ask her. What else?", false]]);
  assert.deepEqual(said([...draft, [6, done(1)], [7, beat()]]), []);
});

test("a safety card is said at once; while hints are covered, only that it is there", () => {
  const card = /** @type {[number, any][]} */ ([
    ...joined,
    [3, open(1, "safety")],
    [4, line(1, { section: "suggestion", text: "Ask directly.", done: true, index: 0 })],
  ]);
  assert.deepEqual(said([...card, [5, done(1)]]), [["Safety note. Ask directly.", true]]);
  const shared = /** @type {[number, any]} */ ([5, { type: "call/sharing", surface: "screen" }]);
  assert.deepEqual(said([...card, shared, [6, done(1)]]), [
    ["A safety note is waiting. It is covered while you share your screen.", true],
  ]);
  assert.deepEqual(said([...joined, [3, open(1)], shared, [6, done(1)]]), []);
});

/** What is said when the status changes from one to the other. @param {object} from @param {object} to */
const saidOf = (from, to) => said([...joined, [3, beat(from)], [4, beat(to)]]).map(([text]) => text);

test("a change of the coach's state and its reason are said", () => {
  const atWork = { state: "listening", reason: "small_talk" };
  const paused = { state: "paused", reason: "paused_by_partner" };
  assert.deepEqual(saidOf(atWork, paused), ["Coach: Paused — your partner paused the coach."]);
  assert.deepEqual(saidOf(paused, atWork), ["Coach: listening to your partner."]);
  assert.deepEqual(saidOf(atWork, { state: "listening", reason: "partner_muted" }), [
    "Coach: Listening to your partner — your partner's microphone is off.",
  ]);
  for (const [state, reason, words] of /** @type {[string, string, RegExp][]} */ ([
    ["stopped", "consent_withdrawn", /withdrew consent/],
    ["stopped", "time_limit", /longest time/],
    ["stopped", "cost_limit", /cost limit/],
    ["degraded", "llm_key_refused", /refuses the key/],
  ])) {
    assert.match(String(saidOf(atWork, { state, reason })), words);
    assert.deepEqual(saidOf({ state, reason }, { state, reason, at: 2000 }), [], reason);
  }
});

test("the coach's everyday work is not said", () => {
  const atWork = { state: "listening", reason: "" };
  for (const reason of ["small_talk", "held_by_pace", "nothing_to_add", "late", "microphone_coming"])
    assert.deepEqual(saidOf(atWork, { state: "listening", reason }), [], reason);
  assert.deepEqual(saidOf(atWork, { state: "thinking", reason: "" }), []);
  assert.deepEqual(said([...joined, [3, beat(atWork)]]), []);
});

test("holding and letting go of the key are not said, that it must be held is", () => {
  const held = { state: "listening", reason: "", listening: /** @type {const} */ ("push") };
  const released = { ...held, state: "paused", reason: "push_released" };
  assert.deepEqual([saidOf(held, released), saidOf(released, held)], [[], []]);
  assert.deepEqual(saidOf({ state: "listening", reason: "" }, released), [
    "Coach: it listens while you hold L.",
  ]);
});

test("a coach that is found paused is said so", () => {
  const paused = beat({ state: "paused", reason: "paused_by_partner" });
  assert.match(String(said([...joined, [3, paused]])), /your partner paused the coach/);
});

test("missed hints of long ago are not read out", () => {
  const hints = [
    {
      hint_id: "h1",
      seq: 1,
      heard_at: 0,
      card: "hint",
      sections: [{ section: "suggestion", text: "x", index: 0 }],
      verdict: null,
    },
  ];
  assert.deepEqual(said([...joined, [900_000, { type: "hints/fetched", hints }]]), []);
});

test("a notice is said once", () => {
  const note = /** @type {[number, any]} */ ([3, { type: "notice/add", text: "Copied.", tone: "info" }]);
  assert.deepEqual(said([...joined, note]), [["Copied.", false]]);
  assert.deepEqual(said([...joined, note, [100, { type: "tick" }]]), []);
});

test("offline and back are said", () => {
  const offline = /** @type {[number, any][]} */ ([
    ...joined,
    [3, beat()],
    [1000, { type: "tick" }],
    [3500, { type: "tick" }],
    [6000, { type: "tick" }],
  ]);
  assert.deepEqual(said(offline), [["AI offline — continue as normal.", false]]);
  assert.deepEqual(said([...offline, [6100, beat()]]), [["AI is back.", false]]);
});

test("hints are covered while a screen that may show them is shared", () => {
  const at = (/** @type {any} */ surface) =>
    after([...joined, [3, { type: "call/sharing", surface }]]).panel.covered;
  assert.deepEqual([at("screen"), at("tab"), at("none")], [true, false, false]);
});

test("notices leave by themselves and never pile up", () => {
  const many = Array.from(
    { length: 5 },
    (_, index) =>
      /** @type {[number, any]} */ ([index, { type: "notice/add", text: `n${index}`, tone: "info" }]),
  );
  assert.equal(after(many).notices.list.length, 3);
  assert.equal(after([...many, [60_000, { type: "tick" }]]).notices.list.length, 0);
  assert.equal(
    after([...many, [9, { type: "notice/add", text: "n4", tone: "info" }]]).notices.list.length,
    3,
  );
});

test("the same events at the same times give the same state", () => {
  const events = /** @type {[number, any][]} */ ([
    ...joined,
    [3, open(1)],
    [4, done(1)],
    [5, beat()],
    [9000, { type: "tick" }],
  ]);
  assert.deepEqual(after(events), after(events));
});

test("notes on the call go with it, the server's stay for a minute", () => {
  const notes = /** @type {[number, any][]} */ ([
    ...joined,
    [3, { type: "notice/add", text: "Your microphone seems silent.", tone: "warn" }],
    [4, { type: "notice/add", text: "10 minutes left", tone: "server" }],
    [5, { type: "call/ended", reason: "left" }],
  ]);
  const left = (/** @type {[number, any][]} */ events) => after(events).notices.list.map((one) => one.text);
  assert.deepEqual(left(notes), ["10 minutes left"]);
  assert.deepEqual(left([...notes, [59_000, { type: "tick" }]]), ["10 minutes left"]);
  assert.deepEqual(left([...notes, [60_004, { type: "tick" }]]), []);
});
