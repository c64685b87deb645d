/** @import { Room } from "livekit-client" */
/** @import { Dispatch } from "../types.d.ts" */
/** @import { Parts } from "./session.js" */
import { LogLevel, RoomEvent, setLogLevel } from "livekit-client";
import { isDebugging } from "../debug.js";
import { receiveCoach } from "./coach-streams.js";
import { Deeds } from "./deeds.js";
import { Inbox } from "./inbox.js";
import { parseNotice } from "./lines.js";
import { roomReport } from "./report.js";
import { Session } from "./session.js";
import { createSound } from "./sound.js";

/**
 * Everything that needs LiveKit, so that a page can show itself before this part is loaded.
 *
 * @param {Omit<Parts, "prepare" | "onChange">} parts
 */
export function openLine(parts) {
  const { store, api } = parts;
  const sound = createSound(document.body);
  const inbox = new Inbox();
  setLogLevel(isDebugging() ? LogLevel.info : LogLevel.silent);

  /** @param {Room} room */
  function prepare(room) {
    inbox.on(room, "lk.chat", async (reader) => {
      const text = await reader.readAll().catch(() => "");
      if (text) store.dispatch({ type: "chat/received", id: reader.info.id, text });
    });
    receiveNotices(room, store.dispatch);
    if (api.role === "facilitator") receiveCoach(room, inbox, store.dispatch);
  }

  /** @param {Room | null} room */
  function onChange(room) {
    if (room) sound.sync(room);
    else sound.clear();
  }

  const session = new Session({ ...parts, prepare, onChange });
  const report = async () => session.room && roomReport(session.room, inbox.packets);
  return { session, deeds: new Deeds(session, store), report };
}

/** A packet from the server bears no sender; one that a participant sent always does. @param {Room} room @param {Dispatch} dispatch */
function receiveNotices(room, dispatch) {
  room.on(RoomEvent.DataReceived, (packet, participant, _kind, topic, _encryption, sender) => {
    const text = topic === "coach.notice" && !participant && !sender ? parseNotice(packet) : "";
    if (text) dispatch({ type: "notice/add", text, tone: "server" });
  });
}

/** @typedef {ReturnType<typeof openLine>} Line */
