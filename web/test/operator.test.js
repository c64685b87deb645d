import assert from "node:assert/strict";
import { test } from "node:test";
import { freshSteps, reportText, verdict, withFinding } from "../check/list.js";
import { redact } from "../lib/debug.js";
import { pathFrom } from "../lib/room/path.js";
import { tokenExpiry } from "../lib/token.js";

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
