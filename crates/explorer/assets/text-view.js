/**
 * A view of long text, in pieces that the browser lays out only when they are visible. The user can search and select all
 * of the text.
 */

import { element } from "./dom.js";

/** Maximum length of a piece. Pieces end with a line, unless the line is longer. */
const PIECE = 8_000;

/**
 * Cuts text into pieces.
 * @param {string} text
 * @returns {string[]}
 */
export function pieces(text) {
  const cut = [];
  for (let at = 0; at < text.length; ) {
    const limit = at + PIECE;
    const line = text.slice(at, limit).lastIndexOf("\n") + 1;
    let end = limit >= text.length ? text.length : line ? at + line : limit;
    // Does not split a surrogate pair.
    if (end < text.length && /[\ud800-\udbff]/.test(text.charAt(end - 1))) end += 1;
    cut.push(text.slice(at, end));
    at = end;
  }
  return cut;
}

/**
 * Builds a view of a text.
 * @param {string} text
 * @param {string} label
 */
export function textView(text, label) {
  const parts = pieces(text).map((piece) => element("div", { class: "piece" }, piece));
  return element("div", { class: "text-view code", tabindex: 0, role: "region", "aria-label": label }, ...parts);
}
