import assert from "node:assert/strict";
import { test } from "node:test";
import { callCoach } from "../facilitator/sync.js";
import { after, agent, beat, people } from "./scenes.js";

const connected = /** @type {const} */ ({ type: "call/connected" });
const present = people({ agent: agent("listening") });

/** Each time at which a page that saw these events asks for a coach. @param {[number, any][]} events @returns {number[]} */
function calls(events) {
  /** @type {number[]} */
  const asked = [];
  let now = 0;
  const coach = () => {
    asked.push(now);
    return Promise.resolve({ state: "dispatched" });
  };
  const follow = callCoach(/** @type {any} */ ({ api: { coach } }));
  events.forEach(([at], index) => {
    now = at;
    follow(after(events.slice(0, index + 1)));
  });
  return asked;
}

/** @param {number} from @param {number} to @returns {[number, any][]} */
function ticks(from, to) {
  return Array.from({ length: (to - from) / 500 + 1 }, (_, index) => [from + index * 500, { type: "tick" }]);
}

test("a silent coach is called after four seconds, then less and less often", () => {
  const asked = calls([[0, connected], [100, present], [1000, beat()], ...ticks(1500, 26_000)]);
  assert.deepEqual(asked, [5000, 8000, 13_000, 18_000]);
});

test("a coach that left the room is called back at once", () => {
  const asked = calls([
    [0, connected],
    [100, present],
    [1000, beat()],
    [2000, people()],
    ...ticks(2500, 8000),
  ]);
  assert.deepEqual(asked, [2000, 5000]);
});

test("a server that is away is asked again as often as at first", async () => {
  let asked = 0;
  const coach = () => {
    asked += 1;
    return Promise.reject(new Error("away"));
  };
  const follow = callCoach(/** @type {any} */ ({ api: { coach } }));
  /** @type {[number, any][]} */
  const events = [
    [0, connected],
    [1000, beat()],
  ];
  for (const at of [5000, 8000, 11_000, 14_000]) {
    await follow(after([...events, [at, { type: "tick" }]]));
  }
  assert.equal(asked, 4);
});

test("a coach that is heard is not called", () => {
  const beats = /** @type {[number, any][]} */ ([1000, 3000, 5000, 7000].map((at) => [at, beat()]));
  assert.deepEqual(calls([[0, connected], [100, present], ...beats]), []);
});
