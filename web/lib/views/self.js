/** @import { Actions } from "../actions.js" */
/** @import { PageState } from "../types.d.ts" */
import { attribute, button, h, show } from "../dom.js";
import { badgeView } from "./badge.js";
import { createTile } from "./tile.js";

const CORNERS = ["bottom-right", "bottom-left", "top-left", "top-right"];
const DRAG_MIN_PX = 24;

/** Oneself, small, in a corner of the stage: a click moves it on, a drag moves it there. @param {Actions} actions @param {string} corner */
export function selfView(actions, corner) {
  const video = h("video", { id: "self-video", class: "mirrored", playsinline: true, autoplay: true });
  video.muted = true;
  const tile = createTile(video, actions);
  const off = h("span", { class: "self-off" }, "Camera off");
  const badge = badgeView("self-badge");
  const hint = h("span", { class: "visually-hidden" }, "Move your picture to the next corner");
  const element = button("self-view", "self", () => undefined, video, off, badge.element, hint);
  attribute(element, "data-corner", corner);
  movable(element, (next) => actions.remember({ corner: next }));

  /** @param {PageState} state */
  function render({ call }) {
    const camera = call.me?.camera ?? null;
    tile(camera);
    show(video, camera !== null);
    show(off, camera === null);
    attribute(element, "data-speaking", String(Boolean(call.me?.speaking)));
    badge.render(call.me && { ...call.me, name: "You" });
  }

  return { element, render };
}

/** @param {HTMLElement} element @param {(corner: string) => void} moved */
function movable(element, moved) {
  let start = { x: 0, y: 0 };
  let dragged = false;
  /** @param {string} corner */
  function move(corner) {
    attribute(element, "data-corner", corner);
    moved(corner);
  }
  element.addEventListener("pointerdown", (event) => {
    start = { x: event.clientX, y: event.clientY };
    dragged = false;
    element.setPointerCapture(event.pointerId);
  });
  element.addEventListener("pointerup", (event) => {
    dragged = Math.hypot(event.clientX - start.x, event.clientY - start.y) > DRAG_MIN_PX;
    const frame = element.parentElement?.getBoundingClientRect();
    if (dragged && frame) move(cornerAt(event.clientX - frame.left, event.clientY - frame.top, frame));
  });
  element.addEventListener("click", () => {
    if (!dragged) move(nextCorner(element.dataset.corner ?? ""));
    dragged = false;
  });
}

/** @param {string} corner */
function nextCorner(corner) {
  return CORNERS[(CORNERS.indexOf(corner) + 1) % CORNERS.length] ?? "bottom-right";
}

/** @param {number} x @param {number} y @param {{ width: number, height: number }} frame */
export function cornerAt(x, y, frame) {
  return `${y < frame.height / 2 ? "top" : "bottom"}-${x < frame.width / 2 ? "left" : "right"}`;
}
