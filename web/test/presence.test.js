import assert from "node:assert/strict";
import { test } from "node:test";
import { presenceStep, SILENT_AFTER_MS } from "../lib/state/presence.js";
import { after, people } from "./scenes.js";

/** @import { Event } from "../lib/types.d.ts" */

/** @type {[number, Event]} */
const opened = [0, { type: "presence/opened" }];
/** @param {number} now @returns {[number, Event]} */
const look = (now) => [now, { type: "tick" }];

test("an open page holds one line, and opens another when the server is silent", () => {
  assert.equal(presenceStep(after([]), false), "open");
  assert.equal(presenceStep(after([opened]), false), "nothing");
  assert.equal(presenceStep(after([opened, look(SILENT_AFTER_MS)]), false), "nothing");
  assert.equal(presenceStep(after([opened, look(SILENT_AFTER_MS + 1)]), false), "open");
  const heard = after([opened, [30_000, { type: "presence/heard" }], look(SILENT_AFTER_MS + 1)]);
  assert.equal(presenceStep(heard, false), "nothing");
});

test("a lost line is tried again, ever more slowly, and at once after it was well", () => {
  /** @type {[number, Event][]} */
  const past = [opened];
  const waits = [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000];
  let now = 0;
  for (const wait of waits) {
    past.push([now, { type: "presence/lost" }]);
    assert.equal(presenceStep(after([...past, look(now + wait - 1)]), false), "nothing");
    assert.equal(presenceStep(after([...past, look(now + wait)]), false), "open");
    now += wait;
    past.push([now, { type: "presence/opened" }]);
  }
  past.push([now, { type: "presence/heard" }], [now, { type: "presence/lost" }]);
  assert.equal(presenceStep(after([...past, look(now + 1000)]), false), "open");
});

test("a page that nobody sees lets go, unless it is in a call", () => {
  assert.equal(presenceStep(after([opened]), true), "close");
  assert.equal(presenceStep(after([opened, [1, { type: "presence/closed" }]]), true), "nothing");
  /** @type {[number, Event][]} */
  const call = [opened, [1, { type: "call/connecting" }], [2, { type: "call/connected" }], [3, people()]];
  assert.equal(presenceStep(after(call), true), "nothing");
  assert.equal(presenceStep(after([...call, [4, { type: "call/ended", reason: "left" }]]), true), "close");
});
