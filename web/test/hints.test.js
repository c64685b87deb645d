import assert from "node:assert/strict";
import { test } from "node:test";
import {
  currentHint,
  isFading,
  missingHints,
  newlyComplete,
  pastHints,
  safetyCards,
} from "../lib/state/hints.js";
import { after, done, line, open } from "./scenes.js";

/** @import { StoredHint } from "../lib/types.d.ts" */

/** @param {number} seq @param {Partial<StoredHint>} [change] @returns {StoredHint} */
function stored(seq, change = {}) {
  const sections = [{ section: /** @type {const} */ ("suggestion"), text: `stored ${seq}`, index: 0 }];
  return { hint_id: `h${seq}`, seq, heard_at: 0, card: "hint", sections, verdict: null, ...change };
}

/** @param {string} text */
function suggestion(text) {
  return { section: /** @type {const} */ ("suggestion"), text, done: false, index: 0 };
}

test("a hint grows line by line and each line replaces the one before", () => {
  const { hints } = after([
    [0, open(1)],
    [10, line(1, suggestion("Ask"))],
    [20, line(1, suggestion("Ask her"))],
    [30, line(1, { section: "follow_up", text: "What else?", done: true, index: 1 })],
  ]);
  const hint = currentHint(hints);
  assert.equal(hint?.suggestion, "Ask her");
  assert.deepEqual(hint?.followUps, ["", "What else?"]);
  assert.equal(hint?.progress, "streaming");
});

test("the current hint fades and moves to the past after twenty seconds", () => {
  const events = /** @type {any[]} */ ([
    [0, open(1)],
    [10, line(1, suggestion("Ask"))],
    [20, done(1)],
  ]);
  const fading = after([...events, [17_000, { type: "tick" }]]).hints;
  const hint = currentHint(fading);
  assert.ok(hint && isFading(hint, 17_000));
  const faded = after([...events, [20_000, { type: "tick" }]]).hints;
  assert.equal(currentHint(faded), null);
  assert.deepEqual(
    pastHints(faded).map((one) => one.seq),
    [1],
  );
});

test("a hint under the pointer stays until it is let go", () => {
  const events = /** @type {any[]} */ ([
    [0, open(1)],
    [10, line(1, suggestion("Ask"))],
    [20, done(1)],
    [100, { type: "hint/hold", held: true }],
    [30_000, { type: "tick" }],
  ]);
  assert.equal(currentHint(after(events).hints)?.seq, 1);
  events.push([31_000, { type: "hint/hold", held: false }], [31_500, { type: "tick" }]);
  assert.equal(currentHint(after(events).hints), null);
});

test("a newer hint takes the place of an older one", () => {
  const { hints } = after([
    [0, open(1)],
    [1, line(1, suggestion("one"))],
    [2, done(1)],
    [3000, open(2)],
  ]);
  assert.equal(currentHint(hints)?.seq, 2);
  assert.deepEqual(
    pastHints(hints).map((one) => one.seq),
    [1],
  );
});

test("a safety card stays beside the current hint until it is put away", () => {
  const events = /** @type {any[]} */ ([
    [0, open(1, "safety")],
    [1, line(1, suggestion("Ask directly"))],
    [2, done(1)],
    [3, open(2)],
    [90_000, { type: "tick" }],
  ]);
  const kept = after(events).hints;
  assert.deepEqual(
    safetyCards(kept).map((one) => one.seq),
    [1],
  );
  const gone = after([...events, [91_000, { type: "hint/dismiss", seq: 1 }]]).hints;
  assert.deepEqual(safetyCards(gone), []);
  assert.deepEqual(
    pastHints(gone).map((one) => one.seq),
    [1],
  );
});

test("not now puts the hint away at once, used leaves it", () => {
  const events = /** @type {any[]} */ ([
    [0, open(1)],
    [1, line(1, suggestion("x"))],
    [2, done(1)],
  ]);
  const used = after([...events, [3, { type: "hint/verdict", seq: 1, verdict: "used" }]]).hints;
  assert.equal(currentHint(used)?.verdict, "used");
  const away = after([...events, [3, { type: "hint/verdict", seq: 1, verdict: "not_now" }]]).hints;
  assert.equal(currentHint(away), null);
});

test("a cut hint keeps what was read and is missing until the store has it", () => {
  const events = /** @type {any[]} */ ([
    [0, open(1)],
    [1, line(1, suggestion("half"))],
    [2, { type: "hint/cut", seq: 1 }],
  ]);
  const cut = after(events).hints;
  assert.equal(currentHint(cut)?.suggestion, "half");
  assert.deepEqual(missingHints(cut, 1), [1]);
  const whole = after([...events, [3, { type: "hints/fetched", hints: [stored(1)] }]]).hints;
  assert.equal(currentHint(whole)?.suggestion, "stored 1");
  assert.deepEqual(missingHints(whole, 1), []);
});

test("fetched hints never replace what was received whole", () => {
  const { hints } = after([
    [0, open(1)],
    [1, line(1, suggestion("live"))],
    [2, done(1)],
    [3, { type: "hints/fetched", hints: [stored(1)] }],
  ]);
  assert.equal(currentHint(hints)?.suggestion, "live");
});

test("hints of long ago go straight to the past, and their verdicts come along", () => {
  const { hints } = after([
    [600_000, { type: "hints/fetched", hints: [stored(1, { verdict: "used" }), stored(2)] }],
  ]);
  assert.equal(currentHint(hints), null);
  assert.deepEqual(
    pastHints(hints).map((one) => [one.seq, one.verdict]),
    [
      [2, null],
      [1, "used"],
    ],
  );
});

test("a replayed stream of a known hint changes nothing", () => {
  const { hints } = after([
    [0, open(1)],
    [1, line(1, suggestion("x"))],
    [2, done(1)],
    [3, open(1)],
    [4, line(1, suggestion("y"))],
  ]);
  assert.equal(currentHint(hints)?.suggestion, "x");
});

test("gaps in the numbers are named", () => {
  const { hints } = after([
    [0, open(2)],
    [1, done(2)],
  ]);
  assert.deepEqual(missingHints(hints, 3), [1, 3]);
});

test("a hint is complete news once", () => {
  const before = after([
    [0, open(1)],
    [1, line(1, suggestion("x"))],
  ]).hints;
  const now = after([
    [0, open(1)],
    [1, line(1, suggestion("x"))],
    [2, done(1)],
  ]).hints;
  assert.deepEqual(
    newlyComplete(before, now).map((one) => one.seq),
    [1],
  );
  assert.deepEqual(newlyComplete(now, now), []);
});

test("leaving forgets every hint", () => {
  const { hints } = after([
    [0, open(1)],
    [1, { type: "call/ended", reason: "left" }],
  ]);
  assert.deepEqual(hints.bySeq, {});
});

test("a wild index is not taken", () => {
  const { hints } = after([
    [0, open(1)],
    [1, line(1, { section: "follow_up", text: "x", done: true, index: 1e9 })],
  ]);
  assert.deepEqual(currentHint(hints)?.followUps, []);
});
