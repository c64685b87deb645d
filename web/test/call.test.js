import assert from "node:assert/strict";
import { test } from "node:test";
import { endOf, justReconnected, retryDelay } from "../lib/state/call.js";
import { after, people } from "./scenes.js";

/** @type {[number, any][]} */
const joined = [
  [0, { type: "call/connecting" }],
  [1, { type: "call/connected" }],
  [2, people()],
];

test("joining leads to the call", () => {
  assert.equal(after([[0, { type: "call/connecting" }]]).call.phase, "joining");
  const { call } = after(joined);
  assert.deepEqual([call.phase, call.connection, call.other?.identity], ["call", "connected", "facilitator"]);
});

test("a failed join leads back with its reason", () => {
  const { call } = after([
    [0, { type: "call/connecting" }],
    [1, { type: "call/failed", problem: "call_refused" }],
  ]);
  assert.deepEqual([call.phase, call.problem], ["prejoin", "call_refused"]);
});

test("a reconnect keeps the call on the page and is told for a moment", () => {
  const away = after([...joined, [10, { type: "call/reconnecting" }]]).call;
  assert.deepEqual([away.phase, away.connection], ["call", "reconnecting"]);
  const back = after([
    ...joined,
    [10, { type: "call/reconnecting" }],
    [20, { type: "call/reconnected" }],
  ]).call;
  assert.ok(justReconnected(back, 1000));
  assert.ok(!justReconnected(back, 10_000));
});

test("the first connection is no reconnection", () => {
  assert.ok(!justReconnected(after(joined).call, 3));
});

test("a lost call stays on the page while it comes back", () => {
  const lost = /** @type {[number, any][]} */ ([
    ...joined,
    [10, { type: "call/lost" }],
    [20, { type: "call/lost" }],
  ]);
  const { call } = after([...lost, [30, { type: "call/connecting" }]]);
  assert.deepEqual([call.phase, call.attempt], ["call", 2]);
  const back = after([...lost, [30, { type: "call/connecting" }], [40, { type: "call/connected" }]]).call;
  assert.deepEqual([back.attempt, justReconnected(back, 50)], [0, true]);
});

test("only losses that nobody wanted are mended", () => {
  assert.equal(endOf(1, true), "left");
  assert.equal(endOf(2, false), "duplicate");
  assert.equal(endOf(4, false), "removed");
  assert.equal(endOf(5, false), "room_closed");
  assert.equal(endOf(10, false), "room_closed");
  for (const reason of [undefined, 0, 1, 3, 6, 7, 8, 9, 14, 15]) assert.equal(endOf(reason, false), null);
});

test("waits grow and are bounded", () => {
  const delays = Array.from({ length: 12 }, (_, attempt) => retryDelay(attempt));
  assert.deepEqual(
    delays,
    delays.toSorted((a, b) => a - b),
  );
  assert.equal(delays.at(-1), 15_000);
});

test("leaving ends sharing and takes everyone off the page", () => {
  const { call } = after([
    ...joined,
    [3, { type: "call/sharing", surface: "screen" }],
    [4, { type: "call/ended", reason: "left" }],
  ]);
  assert.deepEqual([call.phase, call.end, call.other, call.sharing], ["ended", "left", null, "none"]);
});
