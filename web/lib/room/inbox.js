/** @import { Room, TextStreamReader } from "livekit-client" */

/** @typedef {{ at: number, topic: string, from: string }} Packet */

const KEPT = 20;

/** Reads text streams by topic, and remembers what came from whom, never what it said. */
export class Inbox {
  /** @type {Packet[]} */
  packets = [];

  /**
   * Register before connecting, or the first streams are lost. A sender that dies makes a stream
   * reject, so `read` must bear that.
   *
   * @param {Room} room
   * @param {string} topic
   * @param {(reader: TextStreamReader, identity: string) => Promise<void>} read
   */
  on(room, topic, read) {
    room.registerTextStreamHandler(topic, async (reader, { identity }) => {
      this.packets = [...this.packets, { at: Date.now(), topic, from: identity }].slice(-KEPT);
      await read(reader, identity);
    });
  }
}
