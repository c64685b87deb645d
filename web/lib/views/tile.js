/** @import { Actions } from "../actions.js" */

/**
 * @typedef {object} Attachable
 * @property {(element: HTMLMediaElement) => unknown} attach
 * @property {(element: HTMLMediaElement) => unknown} detach
 */

/** Shows the track behind an id in a video element, and nothing twice. @param {HTMLVideoElement} video @param {Actions} actions */
export function createTile(video, actions) {
  /** @type {Attachable | null} */
  let current = null;
  /** @param {string | null} sid */
  return function render(sid) {
    const track = sid ? actions.track(sid) : null;
    if (track === current) return;
    current?.detach(video);
    track?.attach(video);
    current = track;
  };
}
