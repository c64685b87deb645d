import assert from "node:assert/strict";
import { test } from "node:test";
import { createActions } from "../lib/actions.js";
import { initialPage, reducePage } from "../lib/state/page.js";
import { createStore } from "../lib/store.js";
import { agent, people } from "./scenes.js";

// as in a browser without devices; Node.js 20 has none
globalThis.navigator ??= /** @type {any} */ ({});

/** The actions of a partner in a call, and the coach's unanswered questions. */
async function inCall() {
  const store = createStore(initialPage("partner"), reducePage);
  store.dispatch({ type: "call/connected" });
  /** @type {{ method: string, answer: (reply: object | null) => void, stillWanted: () => boolean }[]} */
  const asked = [];
  const ask = (/** @type {string} */ method, /** @type {object} */ _request, /** @type {any} */ terms) =>
    new Promise((answer) => asked.push({ method, answer, ...terms }));
  const line = { deeds: { ask }, session: { leave: () => undefined } };
  const parts = { store, api: { role: "partner" }, loadLine: () => Promise.resolve(line) };
  const actions = createActions(/** @type {any} */ (parts));
  await actions.leave();
  return { store, actions, asked };
}

test("a second press means the opposite, however slow the coach's answer to the first is", async () => {
  const { store, actions, asked } = await inCall();
  const first = actions.togglePause();
  assert.equal(store.get().coach.ownPause, true);
  assert.equal(asked[0]?.stillWanted(), true);
  const second = actions.togglePause();
  assert.deepEqual(
    asked.map(({ method }) => method),
    ["coach.pause", "coach.resume"],
  );
  assert.deepEqual([asked[0]?.stillWanted(), asked[1]?.stillWanted()], [false, true]);
  asked[1]?.answer({ paused_by: [] });
  asked[0]?.answer(null);
  await Promise.all([first, second]);
  assert.equal(store.get().coach.ownPause, false);
  assert.deepEqual(store.get().notices.list, []);
});

test("a pause that the coach did not answer is not shown as one", async () => {
  const { store, actions, asked } = await inCall();
  const pressed = actions.togglePause();
  asked[0]?.answer(null);
  await pressed;
  assert.equal(store.get().coach.ownPause, null);
});

test("a coach that has stopped is asked for no pause", async () => {
  const { store, actions, asked } = await inCall();
  store.dispatch(people({ agent: agent("stopped") }));
  await actions.togglePause();
  assert.deepEqual([asked.length, store.get().coach.ownPause], [0, false]);
  store.dispatch(people({ agent: agent("paused") }));
  actions.togglePause();
  assert.equal(asked.length, 1);
});
