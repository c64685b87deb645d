/** @import { Event, PageState, Dispatch, Render } from "./types.d.ts" */

/**
 * Holds a page's state. Events change it at once; the views follow once per burst of events.
 * A microtask, not an animation frame: hidden tabs get no frames, but their title must follow.
 *
 * @param {PageState} initial
 * @param {(state: PageState, event: Event, now: number) => PageState} reduce
 * @param {() => number} [clock]
 */
export function createStore(initial, reduce, clock = Date.now) {
  let state = initial;
  let waiting = false;
  /** @type {Set<Render>} */
  const views = new Set();

  function renderAll() {
    waiting = false;
    for (const view of views) view(state);
  }

  /** @type {Dispatch} */
  function dispatch(event) {
    const next = reduce(state, event, clock());
    if (next === state) return;
    state = next;
    if (waiting) return;
    waiting = true;
    queueMicrotask(renderAll);
  }

  /** @param {Render} view @returns {() => void} ends the following */
  function follow(view) {
    views.add(view);
    view(state);
    return () => views.delete(view);
  }

  return { dispatch, follow, get: () => state };
}

/** @typedef {ReturnType<typeof createStore>} Store */
