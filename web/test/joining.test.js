import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { ApiError } from "../lib/http.js";
import { isFinal, problemOf } from "../lib/room/problem.js";
import { Session } from "../lib/room/session.js";
import { reducePage } from "../lib/state/page.js";
import { createStore } from "../lib/store.js";
import { joinProblem } from "../lib/words.js";
import { after } from "./scenes.js";

/** @type {[number, string, boolean][]} */
const ANSWERS = [
  [401, "invitation_missing", true],
  [401, "invitation_invalid", true],
  [401, "invitation_expired", true],
  [401, "invitation_revoked", true],
  [401, "session_ended", true],
  [403, "unknown_room", true],
  [403, "unknown_identity", true],
  [429, "too_many_requests", false],
  [503, "restarting", false],
  [503, "livekit_unconfigured", false],
];
const TAKEN = new ApiError(409, "seat_taken", "This link is in use on another device. Its code: K7XQ");

test("each refusal has words of its own, and ends the retrying when only a person can help", () => {
  const titles = new Set();
  for (const [status, code, final] of ANSWERS) {
    const problem = problemOf(new ApiError(status, code, "A sentence."));
    assert.equal(problem, code);
    assert.equal(isFinal(problem), final, code);
    titles.add(joinProblem(problem).title);
  }
  assert.equal(titles.size, ANSWERS.length);
  assert.ok(!titles.has(joinProblem("something new").title));
});

test("a seat that another device holds is told with this device's code", () => {
  assert.equal(problemOf(TAKEN), "seat_taken K7XQ");
  assert.match(joinProblem(problemOf(TAKEN)).help, /admitted: K7XQ$/);
  assert.ok(isFinal(problemOf(TAKEN)));
});

test("trouble of the server is neither the person's connection nor their link", () => {
  for (const [status, code] of /** @type {[number, string][]} */ ([
    [502, "livekit_unavailable"],
    [503, "store_unavailable"],
    [503, "restarting"],
    [500, ""],
    [504, ""],
    [429, "too_many_requests"],
  ])) {
    const { title, help } = joinProblem(problemOf(new ApiError(status, code, "")));
    assert.doesNotMatch(`${title} ${help}`, /internet|new link|new one|reload/i, code);
    assert.match(help, /try again/i, code);
  }
  const away = problemOf(new ApiError(0, "unreachable", ""));
  assert.match(joinProblem(away).help, /internet connection/);
});

/** A page in a call whose server gives this answer to every try to come back. @param {ApiError} answer */
async function comingBack(answer) {
  globalThis.window ??= /** @type {any} */ (new EventTarget());
  globalThis.document ??= /** @type {any} */ (new EventTarget());
  const info = /** @type {any} */ ({ room: null, partner_identity: "p", facilitator_identity: "f" });
  const store = createStore(after([[0, { type: "info", info }]], "partner"), reducePage);
  store.dispatch({ type: "call/connected" });
  store.dispatch({ type: "call/lost" });
  const enter = mock.fn(() => Promise.reject(answer));
  const parts = {
    store,
    api: { role: "partner", enter },
    capture: { isLive: () => true, request: () => undefined },
    memory: { get: () => ({ name: "" }) },
    prepare: () => undefined,
    onChange: () => undefined,
  };
  const session = new Session(/** @type {any} */ (parts));
  await session.join();
  return { call: store.get().call, tries: () => enter.mock.callCount() };
}

test("whose seat went to another device is told so, and doesn't try for ever", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { call, tries } = await comingBack(TAKEN);
  assert.deepEqual([call.phase, call.connection, call.problem], ["prejoin", "idle", "seat_taken K7XQ"]);
  mock.timers.tick(60_000);
  await new Promise(setImmediate);
  assert.equal(tries(), 1);
  mock.timers.reset();
});

test("a server that restarts is tried again by itself", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { call, tries } = await comingBack(new ApiError(503, "restarting", ""));
  assert.deepEqual([call.phase, call.connection], ["call", "lost"]);
  mock.timers.tick(60_000);
  await new Promise(setImmediate);
  assert.equal(tries(), 2);
  mock.timers.reset();
});
