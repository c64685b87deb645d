/** @import { Room } from "livekit-client" */
/** @import { Parts } from "./session.js" */
import { LogLevel, setLogLevel } from "livekit-client";
import { isDebugging } from "../debug.js";
import { receiveCoach } from "./coach-streams.js";
import { Deeds } from "./deeds.js";
import { Inbox } from "./inbox.js";
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

/** @typedef {ReturnType<typeof openLine>} Line */
