import assert from "node:assert/strict";
import { test } from "node:test";
import { freshSteps, reportText, verdict, withFinding } from "../check/list.js";
import { runSteps } from "../check/steps.js";
import { doorsOf } from "../home/doors.js";
import { ApiError } from "../lib/http.js";
import { redact } from "../lib/debug.js";
import { pathFrom } from "../lib/room/path.js";
import { reducePage } from "../lib/state/page.js";
import { createStore } from "../lib/store.js";
import { tokenExpiry } from "../lib/token.js";
import { after } from "./scenes.js";

test("a copied report names nobody", () => {
  const report = {
    room: {
      room: "secret",
      me: { identity: "ada", kind: "STANDARD" },
      packets: [{ from: "ada", topic: "t" }],
    },
  };
  assert.deepEqual(redact(report), {
    room: { room: "…", me: { identity: "…", kind: "STANDARD" }, packets: [{ from: "…", topic: "t" }] },
  });
});

test("a token tells when it ends, anything else doesn't", () => {
  const body = Buffer.from(JSON.stringify({ exp: 1_800_000_000, name: "ü?>" })).toString("base64url");
  assert.equal(tokenExpiry(`x.${body}.y`), 1_800_000_000_000);
  for (const bad of ["", "x", "a.b.c", `x.${Buffer.from("{}").toString("base64url")}.y`])
    assert.equal(tokenExpiry(bad), 0, bad);
});

test("the media path is read from the selected pair", () => {
  /** @type {Map<string, any>} */
  const report = new Map(
    Object.entries({
      t: { type: "transport", selectedCandidatePairId: "p" },
      p: { type: "candidate-pair", localCandidateId: "l", currentRoundTripTime: 0.0214 },
      l: { type: "local-candidate", protocol: "udp", candidateType: "host" },
    }),
  );
  assert.deepEqual(pathFrom(report), { protocol: "UDP", relayed: false, roundTripMs: 21 });
  report.set("l", { type: "local-candidate", protocol: "udp", relayProtocol: "tls", candidateType: "relay" });
  assert.deepEqual(pathFrom(report), { protocol: "TLS", relayed: true, roundTripMs: 21 });
  assert.equal(pathFrom(new Map()), null);
});

test("the check sums itself up", () => {
  const all = (/** @type {import("../check/list.js").Outcome} */ outcome) =>
    freshSteps().reduce((steps, { id }) => withFinding(steps, id, { outcome, detail: "d" }), freshSteps());
  assert.equal(verdict(freshSteps()), "");
  assert.match(verdict(all("ok")), /All good/);
  assert.match(verdict(withFinding(all("ok"), "path", { outcome: "warn", detail: "" })), /can join/);
  assert.match(verdict(withFinding(all("ok"), "call", { outcome: "fail", detail: "" })), /in the way/);
  assert.match(
    reportText(all("ok"), new Date(0), "browser x"),
    /^Check of 1970[^]*Good: Microphone \(d\)[^]*browser x$/,
  );
});

/** The check of a page whose devices are fine. @param {object} api */
async function check(api) {
  globalThis.window ??= /** @type {any} */ (new EventTarget());
  Object.assign(globalThis.window, { isSecureContext: true, RTCPeerConnection: Object });
  const level = /** @type {[number, any]} */ ([0, { type: "devices/level", level: 0.1 }]);
  const store = createStore(after([level]), reducePage);
  let released = false;
  const capture = { request: () => undefined, release: () => (released = true) };
  const enter = () => store.dispatch({ type: "call/failed", problem: "invitation_expired" });
  const actions = { enter, leave: () => undefined, report: () => null };
  let steps = freshSteps();
  const app = { api: { expiry: () => 0, ...api }, store, capture, actions };
  await runSteps(/** @type {any} */ (app), (id, finding) => (steps = withFinding(steps, id, finding)));
  return { steps, released, outcomes: steps.map((step) => step.outcome) };
}

test("without a link the check ends after the devices, and nothing is called a problem", async () => {
  const api = { info: async () => ({ open: false, version: "1" }), isInvited: () => false };
  const { steps, outcomes, released } = await check(api);
  assert.deepEqual(outcomes, [...Array(4).fill("ok"), ...Array(5).fill("skipped")]);
  assert.equal(verdict(steps), "All good on your side. The call itself opens only with a link.");
  assert.match(verdict(withFinding(steps, "microphone", { outcome: "fail", detail: "" })), /in the way/);
  assert.ok(released);
});

test("a link that doesn't open the session is a problem of the check", async () => {
  const api = { info: async () => ({ open: false, version: "1" }), isInvited: () => true };
  const { steps, outcomes } = await check(api);
  assert.equal(outcomes[4], "fail");
  assert.match(steps[4]?.detail ?? "", /This link has expired/);
});

test("the check tells a server that answers with trouble from one that can't be reached", async () => {
  const answered = (/** @type {ApiError} */ error) => check({ info: () => Promise.reject(error) });
  const trouble = await answered(new ApiError(503, "store_unavailable", ""));
  assert.doesNotMatch(trouble.steps[1]?.detail ?? "", /internet/);
  const away = await answered(new ApiError(0, "unreachable", ""));
  assert.match(away.steps[1]?.detail ?? "", /internet/);
});

test("the home page opens only the doors that lead somewhere", () => {
  const info = (/** @type {boolean} */ open) => /** @type {any} */ ({ open });
  const none = { signed_in: null, access_key: false, supabase: null };
  assert.deepEqual(doorsOf(info(true), { ...none, signed_in: "this machine" }), {
    open: true,
    desk: "/sessions",
  });
  assert.deepEqual(doorsOf(info(false), { ...none, access_key: true }), { open: false, desk: "/sign-in" });
  assert.deepEqual(doorsOf(info(false), { ...none, supabase: {} }), { open: false, desk: "/sign-in" });
  assert.deepEqual(doorsOf(info(false), none), { open: false, desk: "" });
  assert.deepEqual(doorsOf(null, null), { open: false, desk: "" });
});
