import assert from "node:assert/strict";
import { test } from "node:test";
import { mustSend, partnersChoices } from "../lib/state/consent.js";
import { indicator } from "../lib/words-coach.js";
import { after, agent, people, person } from "./scenes.js";

const text = { version: "v1", title: "t", paragraphs: ["p"] };
/** @type {[number, any][]} */
const read = [[0, { type: "consent/text", text }]];

/** @param {[number, any][]} events */
function consent(events) {
  return after([...read, ...events], "partner").consent;
}

test("nothing is told before the person has chosen", () => {
  assert.equal(mustSend(consent([]), "", 1), false);
});

test("a choice is told until it stands on the server", () => {
  const chosen = consent([[1, { type: "consent/choose", agreed: true }]]);
  assert.equal(mustSend(chosen, "", 2), true);
  assert.equal(mustSend(chosen, "granted", 2), false);
  const sending = consent([
    [1, { type: "consent/choose", agreed: true }],
    [2, { type: "consent/sending" }],
  ]);
  assert.equal(mustSend(sending, "", 3), false);
  const saved = consent([
    [1, { type: "consent/choose", agreed: true }],
    [2, { type: "consent/sending" }],
    [3, { type: "consent/saved", agreed: true }],
  ]);
  assert.equal(mustSend(saved, "", 4), false);
});

test("a failed telling is tried again after a pause", () => {
  const failed = consent([
    [1, { type: "consent/choose", agreed: true }],
    [2, { type: "consent/sending" }],
    [3, { type: "consent/unsaved" }],
  ]);
  assert.equal(mustSend(failed, "", 4), false);
  assert.equal(mustSend(failed, "", 3003), true);
});

test("a withdrawal during the telling of a yes is told after it", () => {
  const state = consent([
    [1, { type: "consent/choose", agreed: true }],
    [2, { type: "consent/sending" }],
    [3, { type: "consent/choose", agreed: false }],
    [4, { type: "consent/saved", agreed: true }],
  ]);
  assert.equal(mustSend(state, "granted", 5), true);
  assert.equal(state.choice, false);
});

test("a decline that stands is not told again, a new connection asks anew", () => {
  const declined = consent([[1, { type: "consent/choose", agreed: false }]]);
  assert.equal(mustSend(declined, "declined", 2), false);
  assert.equal(mustSend(declined, "withdrawn", 2), false);
  const rejoined = consent([
    [1, { type: "consent/choose", agreed: true }],
    [2, { type: "consent/saved", agreed: true }],
    [3, { type: "call/connected" }],
  ]);
  assert.equal(mustSend(rejoined, "", 4), true);
});

test("the partner is told of listening only when it is so", () => {
  const listening = agent("listening");
  assert.equal(indicator(listening, person(), true).text, "The coach is listening to you");
  assert.equal(indicator(listening, person({ micOn: false }), true).state, "paused");
  assert.equal(indicator(agent("paused"), person(), true).state, "paused");
  for (const [coach, me, connected] of /** @type {const} */ ([
    [null, person(), true],
    [listening, person({ consent: "withdrawn" }), true],
    [listening, person({ consent: "" }), true],
    [listening, person(), false],
    [agent("stopped"), person(), true],
    [agent("waiting_for_consent"), person(), true],
    [listening, null, true],
  ])) {
    assert.equal(indicator(coach, me, connected).state, "off");
  }
});

test("a coach that has stopped is not to be paused, and can still be told to stay away", () => {
  const choices = (/** @type {string} */ state, consented = "granted") => {
    const here = people({ agent: state ? agent(state) : null, me: person({ consent: consented }) });
    const page = after([[0, here]], "partner");
    return partnersChoices(page.call, page.consent);
  };
  assert.deepEqual(choices("listening"), { pause: true, withdraw: true, allow: false });
  assert.deepEqual(choices("paused"), { pause: true, withdraw: true, allow: false });
  assert.deepEqual(choices("stopped"), { pause: false, withdraw: true, allow: false });
  assert.deepEqual(choices(""), { pause: false, withdraw: true, allow: false });
  assert.deepEqual(choices("stopped", "declined"), { pause: false, withdraw: false, allow: true });
});
