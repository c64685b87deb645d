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

test("a safety card is said at once, and nothing while hints are covered", () => {
  const card = /** @type {[number, any][]} */ ([
    ...joined,
    [3, open(1, "safety")],
    [4, line(1, { section: "suggestion", text: "Ask directly.", done: true, index: 0 })],
  ]);
  assert.deepEqual(said([...card, [5, done(1)]]), [["Safety note. Ask directly.", true]]);
  assert.deepEqual(said([...card, [5, { type: "call/sharing", surface: "screen" }], [6, done(1)]]), []);
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
