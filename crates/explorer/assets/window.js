/**
 * The bar above a long list that shows a window of items: the range of the window, and buttons that move it.
 */

import { button, element, freshId } from "./dom.js";
import { word } from "./words.js";

/**
 * Builds the bar. It is hidden while all items fit.
 * @param {number} limit the maximum number of items in the window
 * @param {(index: number) => void} onshow moves the window to the item of an index
 */
export function windowBar(limit, onshow) {
  let first = 0;
  const id = freshId();
  const range = element("span", { role: "status" });
  const problem = element("span", { class: "problem", role: "alert", hidden: true });
  const before = button(word("items-before"), () => onshow(first - limit));
  const after = button(word("items-after"), () => onshow(first + limit));
  const input = element("input", { id, type: "text", inputmode: "numeric", size: 8, autocomplete: "off" });
  input.addEventListener("change", () => {
    if (/^[0-9]+$/.test(input.value.trim())) onshow(Number(input.value));
    input.value = "";
  });
  const node = element(
    "div",
    { class: "toolbar window", hidden: true },
    range,
    before,
    after,
    element("label", { for: id }, word("items-go")),
    input,
    problem,
  );
  /**
   * Shows the range of the window.
   * @param {number} from the index of the first item
   * @param {number} shown the number of items in the window
   * @param {number} count the number of all items
   */
  const update = (from, shown, count) => {
    first = from;
    node.hidden = count <= limit;
    range.textContent = word("items-range", { first: from, last: from + shown - 1, count });
    before.disabled = from === 0;
    after.disabled = from + shown >= count;
  };
  /**
   * Shows why the window cannot move; empty if it can.
   * @param {string} text
   */
  const setProblem = (text) => {
    problem.textContent = text;
    problem.hidden = !text;
  };
  return { node, update, setProblem };
}
