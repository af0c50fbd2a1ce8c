/**
 * Descriptions: a paragraph for each line, with Markdown links and code. Everything else is plain text.
 */

import { element } from "./dom.js";

const MARKUP = /\[([^[\]]*)\]\((https?:\/\/[^\s)]+)\)|`([^`]+)`/g;

/**
 * Builds the paragraphs of a description.
 * @param {string} text
 * @returns {HTMLParagraphElement[]}
 */
export function prose(text) {
  return text
    .split("\n")
    .filter((line) => line.trim())
    .map((line) => element("p", {}, ...inline(line)));
}

/**
 * Builds the parts of a line.
 * @param {string} line
 * @returns {(string | Node)[]}
 */
function inline(line) {
  /** @type {(string | Node)[]} */
  const parts = [];
  let end = 0;
  for (const found of line.matchAll(MARKUP)) {
    const [whole, text, href = "", code] = found;
    parts.push(line.slice(end, found.index));
    parts.push(
      code === undefined
        ? element("a", { href, rel: "noopener noreferrer", target: "_blank" }, text || href)
        : element("code", {}, code),
    );
    end = found.index + whole.length;
  }
  parts.push(line.slice(end));
  return parts;
}
