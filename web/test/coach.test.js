import assert from "node:assert/strict";
import { test } from "node:test";
import { OFFLINE_AFTER_MS } from "../lib/state/coach.js";
import { after, agent, beat, people } from "./scenes.js";

const tick = /** @type {const} */ ({ type: "tick" });
const connected = /** @type {const} */ ({ type: "call/connected" });

/** Ticks every half second, as the page does. @param {number} from @param {number} to @returns {[number, any][]} */
function ticks(from, to) {
  return Array.from({ length: Math.floor((to - from) / 500) + 1 }, (_, index) => [from + index * 500, tick]);
}

test("five seconds without a heartbeat are offline, and the next beat takes it back", () => {
  const events = /** @type {[number, any][]} */ ([[0, connected], [1000, beat()], ...ticks(1500, 5000)]);
  assert.equal(after(events).coach.offline, false);
  const gone = [...events, ...ticks(5500, 6000)];
  assert.equal(after(/** @type {any} */ (gone)).coach.offline, true);
  assert.ok(OFFLINE_AFTER_MS <= 5000);
  assert.equal(after(/** @type {any} */ ([...gone, [6200, beat()]])).coach.offline, false);
});

test("a coach that never came is offline after ten seconds", () => {
  assert.equal(after([[1000, connected], ...ticks(1500, 10_500)]).coach.offline, false);
  assert.equal(after([[1000, connected], ...ticks(1500, 11_000)]).coach.offline, true);
});

test("while the call itself is away the coach is not called offline", () => {
  const events = /** @type {[number, any][]} */ ([
    [0, connected],
    [1000, beat()],
    [1500, { type: "call/reconnecting" }],
    ...ticks(1500, 30_000),
  ]);
  assert.equal(after(events).coach.offline, false);
  const back = /** @type {any} */ ([
    ...events,
    [30_000, { type: "call/reconnected" }],
    ...ticks(30_500, 34_000),
  ]);
  assert.equal(after(back).coach.offline, false);
  assert.equal(after([...back, ...ticks(34_500, 35_000)]).coach.offline, true);
});

test("a tab that slept gives the coach time before it calls it offline", () => {
  const events = /** @type {[number, any][]} */ ([
    [0, connected],
    [1000, beat()],
    ...ticks(1000, 2000),
    [90_000, tick],
  ]);
  assert.equal(after(events).coach.offline, false);
  assert.equal(after([...events, ...ticks(90_500, 94_500)]).coach.offline, true);
});

test("the page is not offline before it is connected", () => {
  assert.equal(after(ticks(0, 60_000)).coach.offline, false);
});

test("the facilitator's own pause is known from the status", () => {
  const paused = after([
    [0, connected],
    [1, beat({ state: "paused", reason: "paused_by_facilitator" })],
  ]);
  assert.equal(paused.coach.ownPause, true);
  const partners = after([
    [0, connected],
    [1, beat({ state: "paused", reason: "paused_by_partner" })],
  ]);
  assert.equal(partners.coach.ownPause, false);
});

test("one's own pause stays own while the other's reason is shown", () => {
  const state = after([
    [0, connected],
    [1, { type: "coach/pause", own: true }],
    [2, beat({ state: "paused", reason: "paused_by_partner" })],
  ]);
  assert.equal(state.coach.ownPause, true);
});

test("whose pause it is stays unknown after a reload until the coach is seen at work", () => {
  const asleep = after(
    [
      [0, connected],
      [1, people({ agent: agent("paused") })],
    ],
    "partner",
  );
  assert.equal(asleep.coach.ownPause, null);
  const atWork = after(
    [
      [0, connected],
      [1, people({ agent: agent("listening") })],
    ],
    "partner",
  );
  assert.equal(atWork.coach.ownPause, false);
  const own = after(
    [
      [0, connected],
      [1, { type: "coach/pause", own: true }],
      [2, people({ agent: agent("listening") })],
    ],
    "partner",
  );
  assert.equal(own.coach.ownPause, true);
});

test("an answered request shows before the next beat", () => {
  const events = /** @type {[number, any][]} */ ([
    [0, connected],
    [1, beat()],
  ]);
  assert.equal(after([...events, [2, { type: "coach/pace", pace: "quiet" }]]).coach.status?.pace, "quiet");
  assert.equal(after([...events, [2, { type: "coach/captions", on: true }]]).coach.status?.captions, true);
  assert.equal(
    after([...events, [2, { type: "coach/listening", listening: "push" }]]).coach.status?.listening,
    "push",
  );
});
