/**
 * The control of a list: items are added, duplicated, moved and removed by buttons or keys.
 */

import { button, element } from "./dom.js";
import { Place } from "./place.js";
import { initial, itemType } from "./scalars.js";
import { stateOf, stateSelect } from "./states.js";
import { frame } from "./structure.js";
import { word } from "./words.js";

/**
 * @typedef {import("./place.js").FormContext} FormContext
 * @typedef {import("./place.js").Control} Control
 * @typedef {import("./model.js").Path} Path
 * @typedef {import("./contract.js").Field} Field
 * @typedef {{place: Place, control: Control, node: HTMLLIElement}} Item
 */

/** How many items are built at a time. */
const BATCH = 50;

/**
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
  /** @type {Item[]} */
  let items = [];
  let isBuilt = false;
  const list = element("ol", { start: 0 });
  const more = button("", () => showMore(), { class: "more" });
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
      else rebuild();
    });
    model.addEventListener("change", states.update, { signal: context.signal });
    body.append(list, more, element("div", { class: "toolbar" }, button(word("add-item"), add), states.select));
    rebuild();
  }

  function rebuild() {
    items = [];
    list.replaceChildren();
    showMore();
  }

  function showMore() {
    const end = Math.min(length(), items.length + BATCH);
    while (items.length < end) insertItem(items.length);
    more.hidden = items.length >= length();
    more.textContent = word("show-more", { count: length() - items.length });
  }

  /**
   * Builds an item of the model.
   * @param {number} index
   */
  function insertItem(index) {
    const at = new Place(place, index);
    const control = context.make(at, itemField, context);
    /** @type {Item} */
    const item = { place: at, control, node: element("li", {}, control.node) };
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
    items.splice(index, 0, item);
    list.insertBefore(item.node, items[index + 1]?.node ?? null);
  }

  /**
   * @param {string} sign
   * @param {string} key
   * @param {() => void} run
   */
  function tool(sign, key, run) {
    return button(sign, run, { class: "quiet", title: word(key), "aria-label": word(key) });
  }

  function number() {
    items.forEach((item, index) => {
      item.place.key = index;
      item.control.renumber?.();
    });
  }

  function add() {
    while (items.length < length()) showMore();
    model.insert(place.path, length(), initial(type), context);
    insertItem(items.length);
    const added = items.at(-1)?.control;
    void added?.reveal([]);
  }

  /** @param {Item} item */
  function duplicate(item) {
    const index = items.indexOf(item);
    model.duplicate(place.path, index, context);
    insertItem(index + 1);
    number();
    items[index + 1]?.control.focus();
  }

  /**
   * @param {Item} item
   * @param {number} step
   */
  function move(item, step) {
    const from = items.indexOf(item);
    const to = from + step;
    if (!items[to]) return;
    model.move(place.path, from, to, context);
    const focused = document.activeElement;
    items.splice(to, 0, ...items.splice(from, 1));
    list.insertBefore(item.node, items[to + 1]?.node ?? null);
    number();
    if (focused instanceof HTMLElement) focused.focus();
  }

  /** @param {Item} item */
  function remove(item) {
    const index = items.indexOf(item);
    model.remove(place.path, index, context);
    items.splice(index, 1);
    item.node.remove();
    number();
    const next = items[index] ?? items[index - 1];
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
      const index = Number(path[0]);
      while (items.length <= index && items.length < length()) showMore();
      const item = path.length ? items[index] : undefined;
      if (item) await item.control.reveal(path.slice(1));
      else summary.focus();
    },
  };
}
