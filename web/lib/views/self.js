/** @import { Actions } from "../actions.js" */
/** @import { PageState } from "../types.d.ts" */
import { attribute, h, show } from "../dom.js";
import { badgeView } from "./badge.js";
import { createTile } from "./tile.js";

const CORNERS = ["bottom-right", "bottom-left", "top-left", "top-right"];
const DRAG_MIN_PX = 24;

/** Oneself, small, in a corner of the stage: a click moves it on, a drag moves it there. @param {Actions} actions @param {string} corner */
export function selfView(actions, corner) {
  const video = h("video", {
    id: "self-video",
    class: "mirrored",
    playsinline: true,
    autoplay: true,
    "aria-hidden": "true",
  });
  video.muted = true;
  const tile = createTile(video, actions);
  const off = h("span", { class: "self-off" }, "Camera off");
  const badge = badgeView("self-badge");
  const element = h(
    "button",
    { id: "self-view", class: "self", type: "button", "data-corner": corner },
    video,
    off,
    badge.element,
  );

  /** @param {string} next */
  function move(next) {
    element.dataset.corner = next;
    actions.remember({ corner: next });
  }
  const drag = dragTarget(element, move);
  element.addEventListener(
    "click",
    () => drag.wasDragged() || move(nextCorner(element.dataset.corner ?? "")),
  );

  /** @param {PageState} state */
  function render({ call }) {
    const camera = call.me?.camera ?? null;
    tile(camera);
    show(video, camera !== null);
    show(off, camera === null);
    attribute(element, "data-speaking", String(Boolean(call.me?.speaking)));
    attribute(element, "aria-label", "Your own picture. Press to move it to another corner.");
    badge.render(call.me && { ...call.me, name: "You" });
  }

  return { element, render };
}

/** @param {string} corner */
function nextCorner(corner) {
  return CORNERS[(CORNERS.indexOf(corner) + 1) % CORNERS.length] ?? "bottom-right";
}

/** @param {HTMLElement} element @param {(corner: string) => void} move */
function dragTarget(element, move) {
  let start = { x: 0, y: 0 };
  let dragged = false;
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
  return { wasDragged: () => dragged };
}

/** @param {number} x @param {number} y @param {{ width: number, height: number }} frame */
export function cornerAt(x, y, frame) {
  return `${y < frame.height / 2 ? "top" : "bottom"}-${x < frame.width / 2 ? "left" : "right"}`;
}
