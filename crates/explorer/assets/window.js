/**
 * The bar above a long list, of which a part is shown: which part that is, and buttons that go to others.
 */

import { button, element, freshId } from "./dom.js";
import { word } from "./words.js";

/**
 * @param {number} most the most items that are shown at a time
 * @param {(index: number) => void} onshow shows the part that has the item of an index
 */
export function windowBar(most, onshow) {
  let first = 0;
  const id = freshId();
  const range = element("span", { role: "status" });
  const problem = element("span", { class: "problem", role: "alert", hidden: true });
  const before = button(word("items-before"), () => onshow(first - most));
  const behind = button(word("items-behind"), () => onshow(first + most));
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
    behind,
    element("label", { for: id }, word("items-go")),
    input,
    problem,
  );
  /**
   * Tells what is shown now.
   * @param {number} from the index of the first item
   * @param {number} shown how many items are shown
   * @param {number} count how many there are
   */
  const update = (from, shown, count) => {
    first = from;
    node.hidden = count <= most;
    range.textContent = word("items-range", { first: from, last: from + shown - 1, count });
    before.disabled = from === 0;
    behind.disabled = from + shown >= count;
  };
  /**
   * Tells why another part is not shown; empty if nothing is in the way.
   * @param {string} text
   */
  const tell = (text) => {
    problem.textContent = text;
    problem.hidden = !text;
  };
  return { node, update, tell };
}
