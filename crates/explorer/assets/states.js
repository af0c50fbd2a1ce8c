/**
 * The select for the state of a value: unset, empty, null or set.
 */

import { element, options } from "./dom.js";
import { word } from "./words.js";

/**
 * @typedef {import("./exact.js").Value} Value
 * @typedef {import("./place.js").Place} Place
 * @typedef {import("./place.js").FormContext} FormContext
 * @typedef {"unset" | "empty" | "null" | "value"} State
 */

/**
 * Returns the state of a value.
 * @param {Value | undefined} value
 * @returns {State}
 */
export function stateOf(value) {
  if (value === undefined) return "unset";
  if (value === null) return "null";
  const isEmpty = value === "" || (Array.isArray(value) && !value.length) || (value instanceof Map && !value.size);
  return isEmpty ? "empty" : "value";
}

/**
 * Builds a select of the possible states of a value. A choice changes the model and then calls `onchange`.
 * @param {Place} place
 * @param {import("./contract.js").Field} field
 * @param {FormContext} context
 * @param {Value | undefined} empty the empty value, if the type has one
 * @param {(state: State) => void} onchange
 */
export function stateSelect(place, field, context, empty, onchange) {
  const select = element("select", {
    class: "state",
    "aria-label": word("state-of", { name: place.text }),
    onchange: () => {
      const state = /** @type {State} */ (select.value);
      if (state === "unset") context.model.unset(place.path, context);
      if (state === "null") context.model.set(place.path, null, context);
      if (state === "empty" && empty !== undefined) {
        const fresh = Array.isArray(empty) ? [] : empty instanceof Map ? new Map() : empty;
        context.model.set(place.path, fresh, context);
      }
      onchange(state);
    },
  });
  const update = () => {
    const state = stateOf(context.model.get(place.path));
    if (select.value === state) return;
    /** @type {[State, string][]} */
    const entries = [];
    if (!place.isItem || state === "unset") entries.push(["unset", word("state-unset")]);
    if (empty !== undefined || state === "empty") entries.push(["empty", emptyText(empty)]);
    if (field.nullable || state === "null") entries.push(["null", "null"]);
    entries.push(["value", word("state-value")]);
    select.replaceChildren(...options(entries, state));
  };
  update();
  return { select, update };
}

/** @param {Value | undefined} empty */
function emptyText(empty) {
  return word("state-empty", { value: Array.isArray(empty) ? "[]" : empty instanceof Map ? "{}" : '""' });
}
