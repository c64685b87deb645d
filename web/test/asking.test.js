import assert from "node:assert/strict";
import { test } from "node:test";
import { createCoachActions } from "../facilitator/actions.js";
import { reducePage } from "../lib/state/page.js";
import { createStore } from "../lib/store.js";
import { noHintWords } from "../lib/words-coach.js";
import { after } from "./scenes.js";

/** What the page says after "Hint now", when this is the coach's answer. @param {object | null} answer */
async function noticesAfter(answer) {
  const store = createStore(after([]), reducePage);
  const actions = { ask: () => Promise.resolve(answer), togglePause: () => undefined };
  await createCoachActions(/** @type {any} */ ({ store, actions })).hintNow();
  return store.get().notices.list.map((one) => one.text);
}

test("a hint that can't be given is answered with the reason", async () => {
  assert.deepEqual(await noticesAfter({ seq: null, reason: "nothing_heard" }), [
    "No hint now: nothing was heard yet that it could rest on.",
  ]);
  assert.deepEqual(await noticesAfter({ seq: 3, reason: "" }), []);
  assert.deepEqual(await noticesAfter(null), []);
});

test("every reason for no hint has words", () => {
  for (const reason of [
    "nothing_heard",
    "waiting_for_partner",
    "no_consent",
    "consent_withdrawn",
    "paused",
    "paused_by_partner",
    "paused_by_facilitator",
    "time_limit",
    "nothing_to_add",
    "duplicate",
    "no_sections",
    "late",
    "llm_slow",
    "llm_key_refused",
  ]) {
    assert.match(noHintWords(reason), /^No hint now: [^_]+\.$/, reason);
  }
});
