/** @import { App } from "../lib/app.js" */
/** @import { DeviceKind, PageState } from "../lib/types.d.ts" */
/** @import { Finding } from "./list.js" */
import { problemOf } from "../lib/room/problem.js";
import { isFailure } from "../lib/state/devices.js";
import { joinProblem, mediaFailure, words } from "../lib/words.js";

const LISTEN_MS = 4000;
const PATH_TRIES = 10;
const PATH_WAIT_MS = 500;
const COACH_MS = 15_000;
const HEARD_LEVEL = 0.01;
const SKIPPED = /** @type {Finding} */ ({ outcome: "skipped", detail: "not in the call" });
const NO_LINK = /** @type {Finding} */ ({
  outcome: "skipped",
  detail: "needs the link that was sent to you",
});
const IN_THE_CALL = ["token", "call", "path", "coach", "data"];

/** Resolves with whether it became true in time. @param {App} app @param {(state: PageState) => boolean} isTrue @param {number} ms @returns {Promise<boolean>} */
function until({ store }, isTrue, ms) {
  return new Promise((resolve) => {
    let stop = () => {};
    const give = (/** @type {boolean} */ answer) => {
      clearTimeout(timer);
      stop();
      resolve(answer);
    };
    const timer = setTimeout(() => give(false), ms);
    stop = store.follow((state) => isTrue(state) && give(true));
    if (isTrue(store.get())) stop();
  });
}

/** @param {string} detail @returns {Finding} */
const ok = (detail) => ({ outcome: "ok", detail });
/** @param {string} detail @returns {Finding} */
const warn = (detail) => ({ outcome: "warn", detail });
/** @param {{ title: string, help: string }} problem @returns {Finding} */
const fail = ({ title, help }) => ({ outcome: "fail", detail: `${title} ${help}` });

async function page() {
  if (!window.isSecureContext) return fail(mediaFailure("video", "insecure"));
  return "RTCPeerConnection" in window
    ? ok("secure, calls are possible")
    : fail(mediaFailure("video", "unsupported"));
}

/** @param {App} app */
async function server({ api, store }) {
  try {
    const info = await api.info();
    store.dispatch({ type: "info", info });
    return ok(`version ${info.version}${info.rehearsal ? ", rehearsal" : ""}`);
  } catch (error) {
    return fail(joinProblem(problemOf(error)));
  }
}

/** @param {App} app @param {DeviceKind} kind @returns {Promise<Finding>} */
async function device(app, kind) {
  await app.capture.request({ audio: kind === "audio", video: kind === "video" });
  const state = app.store.get().devices[kind];
  if (isFailure(state)) return fail(mediaFailure(kind, state));
  if (kind === "video") return ok("there is a picture");
  const heard = await until(app, ({ devices }) => devices.level > HEARD_LEVEL, LISTEN_MS);
  return heard ? ok("it hears something") : warn(words.silentMicrophone);
}

/** The call asks for the ticket itself, so both are found out together. @param {App} app @returns {Promise<{ token: Finding, call: Finding }>} */
async function enter(app) {
  const started = performance.now();
  await app.actions.enter();
  const { call } = app.store.get();
  const expiry = app.api.expiry();
  const token = expiry
    ? ok(`valid until ${new Date(expiry).toLocaleTimeString()}, as ${app.api.identity()}`)
    : fail(joinProblem(call.problem));
  const joined = ok(`joined in ${Math.round(performance.now() - started)} ms`);
  return { token, call: call.phase === "call" ? joined : fail(joinProblem(call.problem)) };
}

/** The first packets need a moment. @param {App} app */
async function travelled({ actions }) {
  for (let tries = 0; tries < PATH_TRIES; tries += 1) {
    const report = await actions.report();
    if (!report || report.path) return report;
    await new Promise((resolve) => setTimeout(resolve, PATH_WAIT_MS));
  }
  return actions.report();
}

/** @param {App} app @returns {Promise<Finding>} */
async function path(app) {
  const report = await travelled(app);
  if (!report) return SKIPPED;
  if (!report.path) return warn("unknown: nothing was sent or received");
  const { protocol, relayed, roundTripMs } = report.path;
  const detail = `${protocol}${relayed ? " by a relay" : ""}${roundTripMs === null ? "" : `, ${roundTripMs} ms there and back`}`;
  return protocol === "UDP" ? ok(detail) : warn(`${detail}: works, but sound and video may stutter`);
}

/** @param {App} app @returns {Promise<Finding>} */
async function coach(app) {
  if (app.store.get().call.phase !== "call") return SKIPPED;
  await app.api.coach().catch(() => null);
  const present = await until(app, ({ call }) => call.agent !== null, COACH_MS);
  return present ? ok("it has joined") : warn(words.offline);
}

/** @param {App} app @returns {Promise<Finding>} */
async function data(app) {
  if (!app.store.get().call.agent) return { outcome: "skipped", detail: "needs the coach" };
  return (await app.actions.reachesCoach())
    ? ok("a question went out and its answer came back")
    : warn(words.coachSilent);
}

/** Without open access only a link opens the call, so a check without one can't go on. @param {App} app */
function needsLink({ api, store }) {
  return store.get().info?.open === false && !api.isInvited();
}

/**
 * Runs every step in order; each finding is told as soon as it is known.
 *
 * @param {App} app
 * @param {(id: string, finding: Finding) => void} tell
 */
export async function runSteps(app, tell) {
  /** @param {string} id @param {() => Promise<Finding>} step */
  const run = async (id, step) => {
    tell(id, { outcome: "running", detail: "" });
    tell(id, await step());
  };
  await run("page", page);
  await run("server", () => server(app));
  await run("microphone", () => device(app, "audio"));
  await run("camera", () => device(app, "video"));
  if (needsLink(app)) IN_THE_CALL.forEach((id) => tell(id, NO_LINK));
  else await runInTheCall(app, tell, run);
  app.capture.release();
}

/**
 * @param {App} app
 * @param {(id: string, finding: Finding) => void} tell
 * @param {(id: string, step: () => Promise<Finding>) => Promise<void>} run
 */
async function runInTheCall(app, tell, run) {
  tell("token", { outcome: "running", detail: "" });
  const { token, call } = await enter(app);
  tell("token", token);
  tell("call", call);
  await run("path", () => path(app));
  await run("coach", () => coach(app));
  await run("data", () => data(app));
  await app.actions.leave();
}
