/**
 * @typedef {string | Node | null | undefined | false} Child
 * @typedef {Record<string, string | boolean | number | ((event: any) => void)>} Properties
 */

/**
 * Makes an element: `on…` properties become listeners, `true` and `false` set or leave out an
 * attribute, everything else is an attribute. Strings become text, never markup.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Properties} [properties]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else attribute(element, name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A button that does something on this page. @param {string} id @param {string} look its classes @param {() => unknown} press @param {...Child} children */
export function button(id, look, press, ...children) {
  return h("button", { id, class: look, type: "button", onclick: () => press() }, ...children);
}

/** Sets, changes or removes an attribute; leaves an equal one alone. @param {Element} element @param {string} name @param {string | boolean | number} value */
export function attribute(element, name, value) {
  const wanted = value === true ? "" : value;
  if (wanted === false) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(wanted)) element.setAttribute(name, String(wanted));
}

/** @param {Element} element @param {string} value */
export function text(element, value) {
  if (element.textContent !== value) element.textContent = value;
}

/** @param {HTMLElement} element @param {boolean} visible */
export function show(element, visible) {
  if (element.hidden === visible) element.hidden = !visible;
}

/**
 * Brings a list's children in line with items by key, so that what stays keeps its place and focus.
 *
 * @template Item
 * @template {HTMLElement} Element
 * @param {HTMLElement} list
 * @param {Item[]} items
 * @param {(item: Item) => string} keyOf
 * @param {(item: Item) => Element} make
 * @param {(element: Element, item: Item) => void} [update]
 */
export function each(list, items, keyOf, make, update = () => undefined) {
  const old = new Map(
    [...list.children].map((child) => [/** @type {HTMLElement} */ (child).dataset.key ?? "", child]),
  );
  items.forEach((item, index) => {
    const key = keyOf(item);
    const element = /** @type {Element} */ (old.get(key) ?? make(item));
    old.delete(key);
    element.dataset.key = key;
    if (list.children[index] !== element) list.insertBefore(element, list.children[index] ?? null);
    update(element, item);
  });
  for (const child of old.values()) child.remove();
}

/** An element that the page's own markup must have. @param {string} id */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}
