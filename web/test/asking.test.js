import assert from "node:assert/strict";
import { test } from "node:test";
import { createCoachActions } from "../facilitator/actions.js";
import { reducePage } from "../lib/state/page.js";
import { ApiError } from "../lib/http.js";
import { createStore } from "../lib/store.js";
import { noHintWords, privacyWords } from "../lib/words-coach.js";
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

/** What stands under the privacy test's button when its request ends so. @param {() => Promise<object>} privacyCheck */
async function privacySaid(privacyCheck) {
  const store = createStore(after([]), reducePage);
  const app = { store, actions: {}, api: { privacyCheck } };
  await createCoachActions(/** @type {any} */ (app)).checkPrivacy();
  const { privacy } = store.get();
  return [privacy.stage, privacyWords(privacy)];
}

test("a privacy test that could not be made is not one that failed", async () => {
  /** @type {[number, string, string, RegExp][]} */
  const errors = [
    [429, "busy", "Another privacy check is running. Try again in a moment.", /Another .* is running/],
    [429, "too_many_requests", "Too many tries. Wait a bit.", /asked for too often/],
    [503, "not_checked", "This machine has too little memory for the check.", /too little memory/],
    [0, "unreachable", "The server can't be reached.", /internet connection/],
    [401, "not_signed_in", "This check is for the facilitator.", /your own link/],
    [504, "", "Gateway Timeout", /The server has trouble/],
  ];
  for (const [status, code, sentence, why] of errors) {
    const [stage, said] = await privacySaid(() => Promise.reject(new ApiError(status, code, sentence)));
    assert.equal(stage, "unmade");
    assert.match(said ?? "", /^The test could not be made/);
    assert.match(said ?? "", why);
  }
});

test("a privacy test that was made tells what it found", async () => {
  const found = (/** @type {boolean} */ ok) => () =>
    Promise.resolve({ ok, found: "this and that", remedy: "Do so" });
  assert.deepEqual(await privacySaid(found(true)), ["kept", "0 bytes reached the partner: this and that."]);
  assert.deepEqual(await privacySaid(found(false)), [
    "failed",
    "The test did not pass: this and that. Do so.",
  ]);
});
