/**
 * The control of a list. Buttons and keys add, duplicate, move and remove items. Of a long list, it shows a window.
 */

import { button, element } from "./dom.js";
import { Place } from "./place.js";
import { initial, itemType } from "./scalars.js";
import { stateOf, stateSelect } from "./states.js";
import { frame } from "./structure.js";
import { windowBar } from "./window.js";
import { word } from "./words.js";

/**
 * @typedef {import("./place.js").FormContext} FormContext
 * @typedef {import("./place.js").Control} Control
 * @typedef {import("./model.js").Path} Path
 * @typedef {import("./contract.js").Field} Field
 * @typedef {{place: Place, control: Control, node: HTMLLIElement, controller: AbortController}} Item
 */

/** Maximum number of items in the window. */
const LIMIT = 50;

/**
 * Builds the control of a list.
 * @param {Place} place
 * @param {Field} field
 * @param {FormContext} context
 * @returns {Control}
 */
export function listControl(place, field, context) {
  const { model } = context;
  const type = itemType(field.type) ?? "String";
  /** @type {Field} */
  const itemField = { ...field, type, required: false, deprecated: false, nullable: false };
  /**
   * The items in the window.
   * @type {Item[]}
   */
  let items = [];
  /** Index of the first item in the window. */
  let first = 0;
  let isBuilt = false;
  const list = element("ol");
  const bar = windowBar(LIMIT, (index) => canLeave() && show(index));
  const { details, summary, body, renumber } = frame(place, field, context, count, open);

  function length() {
    const value = model.get(place.path);
    return Array.isArray(value) ? value.length : 0;
  }

  function count() {
    const state = stateOf(model.get(place.path));
    if (state === "value") return word("count-items", { count: length() });
    return state === "empty" ? word("state-empty", { value: "[]" }) : state === "null" ? "null" : word("state-unset");
  }

  function open() {
    details.open = true;
    if (isBuilt) return;
    isBuilt = true;
    const states = stateSelect(place, field, context, [], (state) => {
      if (state === "value") add();
      else show(0);
    });
    model.addEventListener("change", states.update, { signal: context.signal });
    model.addEventListener("change", () => bar.setProblem(""), { signal: context.signal });
    body.append(bar.node, list, element("div", { class: "toolbar" }, button(word("add-item"), add), states.select));
    show(0);
  }

  /**
   * Moves the window to the item of an index, or to the last item if there is no such one.
   * @param {number} index
   */
  function show(index) {
    while (items.length) drop(items.length - 1);
    const known = Math.max(0, Math.min(index || 0, length() - 1));
    first = known - (known % LIMIT);
    fill();
  }

  /**
   * Returns the place of invalid text in an item, if there is one. Without the item, the text would be lost, because the
   * parameters do not have it.
   * @param {Item} item
   */
  function invalidIn(item) {
    /** @type {(at: Place | null) => boolean} */
    const isIn = (at) => at !== null && (at === item.place || isIn(at.parent));
    return [...context.invalid.values()].find(isIn);
  }

  /** Returns whether the window may move. If not, the bar shows why. */
  function canLeave() {
    const invalid = items.map(invalidIn).find(Boolean);
    bar.setProblem(invalid ? word("json-invalid-in", { name: invalid.text }) : "");
    return !invalid;
  }

  /**
   * Returns whether a new item may be shown at an index. If not, the bar shows why.
   * @param {number} index
   */
  const canShow = (index) => (index >= first && index < first + LIMIT) || canLeave();

  /** Fills the window up with items, and renumbers all. */
  function fill() {
    const end = Math.min(length(), first + LIMIT);
    while (first + items.length < end) insertItem(first + items.length);
    while (items.length > LIMIT && !items.slice(LIMIT).some(invalidIn)) drop(items.length - 1);
    items.forEach((item, at) => {
      item.place.key = first + at;
      item.control.renumber?.();
    });
    bar.update(first, items.length, length());
  }

  /**
   * Returns the item of an index, and moves the window to it if necessary.
   * @param {number} index
   */
  function itemAt(index) {
    if (!items[index - first] && canLeave()) show(index);
    return items[index - first];
  }

  /**
   * Builds the item of an index, and inserts it into the window.
   * @param {number} index
   */
  function insertItem(index) {
    const at = new Place(place, index);
    const controller = new AbortController();
    const signal = AbortSignal.any([context.signal, controller.signal]);
    /** @type {FormContext} */
    const inner = Object.create(context, { signal: { value: signal } });
    const control = context.make(at, itemField, inner);
    /** @type {Item} */
    const item = { place: at, control, node: element("li", {}, control.node), controller };
    item.node.append(
      element(
        "div",
        { class: "item-tools" },
        tool("+", "duplicate-item", () => duplicate(item)),
        tool("↑", "move-up", () => move(item, -1)),
        tool("↓", "move-down", () => move(item, 1)),
        tool("×", "remove-item", () => remove(item)),
      ),
    );
    item.node.addEventListener("keydown", (event) => {
      const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
      if (!event.altKey || !step) return;
      event.preventDefault();
      event.stopPropagation();
      move(item, step);
    });
    items.splice(index - first, 0, item);
    list.insertBefore(item.node, items[index - first + 1]?.node ?? null);
  }

  /**
   * Removes an item from the window.
   * @param {number} at its index in the window
   */
  function drop(at) {
    const [item] = items.splice(at, 1);
    item?.controller.abort();
    item?.node.remove();
  }

  /**
   * @param {string} sign
   * @param {string} key
   * @param {() => void} run
   */
  function tool(sign, key, run) {
    return button(sign, run, { class: "quiet", title: word(key), "aria-label": word(key) });
  }

  function add() {
    const index = length();
    if (!canShow(index)) return;
    model.insert(place.path, index, initial(type), context);
    // There may be room in the window.
    if (index === first + items.length) fill();
    void itemAt(index)?.control.reveal([]);
  }

  /** @param {Item} item */
  function duplicate(item) {
    const index = first + items.indexOf(item);
    if (!canShow(index + 1)) return;
    model.duplicate(place.path, index, context);
    insertItem(index + 1);
    fill();
    itemAt(index + 1)?.control.focus();
  }

  /**
   * @param {Item} item
   * @param {number} step
   */
  function move(item, step) {
    const from = items.indexOf(item);
    const to = from + step;
    if (first + to < 0 || first + to >= length() || !(items[to] ?? canLeave())) return;
    model.move(place.path, first + from, first + to, context);
    const focused = document.activeElement;
    if (!items[to]) {
      show(first + to);
      items[to < 0 ? items.length - 1 : 0]?.control.focus();
      return;
    }
    items.splice(to, 0, ...items.splice(from, 1));
    list.insertBefore(item.node, items[to + 1]?.node ?? null);
    fill();
    if (focused instanceof HTMLElement) focused.focus();
  }

  /** @param {Item} item */
  function remove(item) {
    const at = items.indexOf(item);
    model.remove(place.path, first + at, context);
    drop(at);
    fill();
    if (!items.length && length()) show(length() - 1);
    const next = items[at] ?? items.at(-1);
    if (next) next.control.focus();
    else summary.focus();
  }

  return {
    node: details,
    renumber: () => {
      renumber();
      for (const item of items) item.control.renumber?.();
    },
    focus: () => summary.focus(),
    /** @param {Path} path */
    async reveal(path) {
      open();
      const item = path.length ? itemAt(Number(path[0])) : undefined;
      if (item) await item.control.reveal(path.slice(1));
      else summary.focus();
    },
  };
}
