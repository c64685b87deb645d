/** @import { Room, TextStreamReader } from "livekit-client" */
/** @import { CoachStatus, Dispatch } from "../types.d.ts" */
/** @import { Inbox } from "./inbox.js" */
import { ParticipantKind } from "livekit-client";
import { createLines, parseHead, parseHintLine, parseObject } from "./lines.js";

/**
 * Receives what the coach sends to the facilitator. Anything that does not come from an agent is
 * not read.
 *
 * @param {Room} room
 * @param {Inbox} inbox
 * @param {Dispatch} dispatch
 */
export function receiveCoach(room, inbox, dispatch) {
  /** @param {string} topic @param {(reader: TextStreamReader, identity: string) => Promise<void>} read */
  function on(topic, read) {
    inbox.on(room, topic, async (reader, identity) => {
      const sender = room.remoteParticipants.get(identity);
      if (sender?.kind === ParticipantKind.AGENT) await read(reader, identity);
    });
  }

  on("coach.hints", (reader) => readHint(reader, dispatch));
  on("coach.status", async (reader, identity) => {
    const status = await readObject(reader);
    if (status) dispatch({ type: "coach/status", status: /** @type {CoachStatus} */ (status), identity });
  });
  on("coach.captions", async (reader) => {
    const caption = await readObject(reader);
    if (caption) dispatch({ type: "caption", segment: String(caption.segment), text: String(caption.text) });
  });
}

/** A sender that dies makes the stream reject: what was read stays, marked as cut. @param {TextStreamReader} reader @param {Dispatch} dispatch */
async function readHint(reader, dispatch) {
  const head = parseHead(reader.info.attributes);
  if (!head) return;
  dispatch({ type: "hint/open", ...head });
  const whole = await pipeLines(reader, head.seq, dispatch).catch(() => false);
  if (!whole) dispatch({ type: "hint/cut", seq: head.seq });
}

/** @param {TextStreamReader} reader @param {number} seq @param {Dispatch} dispatch @returns {Promise<boolean>} the last line came */
async function pipeLines(reader, seq, dispatch) {
  const lines = createLines();
  let whole = false;
  /** @param {string} text */
  const take = (text) => {
    const line = parseHintLine(text);
    if (line) dispatch({ type: "hint/line", seq, line });
    whole ||= Boolean(line?.done && !line.section);
  };
  for await (const text of reader) lines.push(text).forEach(take);
  take(lines.rest());
  return whole;
}

/** @param {TextStreamReader} reader */
async function readObject(reader) {
  return reader.readAll().then(parseObject, () => null);
}
