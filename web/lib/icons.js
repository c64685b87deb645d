const PATHS = {
  mic: "M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3ZM6 11a6 6 0 0 0 12 0M12 17v4M9 21h6",
  micOff:
    "M9 9v2a3 3 0 0 0 4.6 2.5M15 11V6a3 3 0 0 0-5.7-1.3M6 11a6 6 0 0 0 9.6 4.8M18 11c0 .9-.2 1.7-.5 2.4M12 17v4M9 21h6M4 3l16 17",
  camera: "M4 7h10a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H4a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1ZM16 11l5-3v8l-5-3",
  cameraOff: "M7 7h7a2 2 0 0 1 2 2v5M16 17H4a1 1 0 0 1-1-1V8a1 1 0 0 1 .6-.9M16 11l5-3v8l-3-1.8M4 3l16 17",
  share:
    "M4 5h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1ZM8 21h8M12 14V8M9 11l3-3 3 3",
  chat: "M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2Z",
  leave: "M4 14c5-4.5 11-4.5 16 0l-2 3-3.5-1.2V13a11 11 0 0 0-5 0v2.8L6 17Z",
  settings:
    "M4 7h9M17 7h3M4 17h3M11 17h9M15 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM9 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
  pause: "M9 6v12M15 6v12",
  play: "M8 5.5v13l11-6.5Z",
  close: "M6 6l12 12M18 6L6 18",
  full: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  corner: "M4 5h16v14H4ZM13 13h5v4h-5Z",
  copy: "M9 9h10v11H9ZM5 15V4h10",
  panel: "M4 5h16v14H4ZM14 5v14",
  more: "M6 12h.01M12 12h.01M18 12h.01",
};

/** @typedef {keyof typeof PATHS} Icon */

const SVG = "http://www.w3.org/2000/svg";

/** A line drawing in the colour of the text around it. @param {Icon} name */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** Draws another picture in the same place. @param {Element} holder @param {Icon} name */
export function setIcon(holder, name) {
  const path = holder.querySelector("path");
  if (path && path.getAttribute("d") !== PATHS[name]) path.setAttribute("d", PATHS[name]);
}
