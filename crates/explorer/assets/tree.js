/**
 * A JSON value as a tree. Opening a row builds its members. Arrow keys, Home, End and Enter navigate.
 */

import { element } from "./dom.js";
import { Numeral } from "./exact.js";
import { write } from "./write.js";
import { word } from "./words.js";

/**
 * @typedef {import("./exact.js").Value} Value
 * @typedef {{
 *   path: string, name: string, value: Value, level: number, node: HTMLElement, isOpen: boolean, shown: number,
 * }} Row `shown` is the number of built members
 */

/** Number of members that are built at a time. */
const BATCH = 100;

/** Maximum length of a scalar in a row. The text view has all of it. */
const SCALAR = 2_000;

/** Shows a value as a tree, with an element for each visible row. */
export class Tree {
  /**
   * @param {Value} root
   * @param {string} label
   * @param {Map<string, string>} marks notes about values, by path
   */
  constructor(root, label, marks) {
    this.root = root;
    this.marks = marks;
    /** @type {WeakMap<Element, Row>} */
    this.rows = new WeakMap();
    this.node = element("div", {
      class: "tree code",
      role: "tree",
      "aria-label": label,
      onclick: (/** @type {MouseEvent} */ event) => this.click(event),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.key(event),
    });
    const first = this.build("", "", root, 1);
    first.node.tabIndex = 0;
    this.node.append(first.node);
    this.open(first);
  }

  /**
   * @param {string} path
   * @param {string} name
   * @param {Value} value
   * @param {number} level
   */
  build(path, name, value, level) {
    const mark = this.marks.get(path);
    const node = element(
      "div",
      {
        role: "treeitem",
        tabindex: -1,
        class: `row level-${Math.min(level, 12)}${mark ? " deviates" : ""}`,
        "aria-level": level,
        "aria-expanded": sizeOf(value) ? "false" : undefined,
      },
      name && element("span", { class: "key" }, name),
      name && ": ",
      element("span", { class: kindOf(value) }, summary(value)),
      mark && element("span", { class: "mark" }, ` ⚠ ${mark}`),
    );
    /** @type {Row} */
    const row = { path, name, value, level, node, isOpen: false, shown: 0 };
    this.rows.set(node, row);
    return row;
  }

  /** @param {Row} row */
  open(row) {
    if (row.isOpen || !sizeOf(row.value)) return;
    row.isOpen = true;
    row.node.setAttribute("aria-expanded", "true");
    row.shown = 0;
    this.grow(row, row.node);
  }

  /**
   * Builds the next members of a row.
   * @param {Row} row
   * @param {Element} after the element before them, or the "more" row, which they replace
   */
  grow(row, after) {
    const { value } = row;
    const size = sizeOf(value);
    const end = Math.min(size, row.shown + BATCH);
    const entries = Array.isArray(value)
      ? value.slice(row.shown, end).map((item, index) => /** @type {const} */ ([String(row.shown + index), item]))
      : value instanceof Map
        ? [...value].slice(row.shown, end)
        : [];
    const built = entries.map(([name, item]) =>
      this.build(row.path ? `${row.path}.${name}` : name, name, item, row.level + 1),
    );
    row.shown = end;
    const nodes = built.map((child) => child.node);
    if (end < size) nodes.push(this.moreRow(row, size - end));
    after.after(...nodes);
    if (after !== row.node) after.remove();
    return nodes[0];
  }

  /**
   * @param {Row} row
   * @param {number} count
   */
  moreRow(row, count) {
    const level = row.level + 1;
    const node = element(
      "div",
      { role: "treeitem", tabindex: -1, class: `row more level-${Math.min(level, 12)}`, "aria-level": level },
      word("show-more", { count }),
    );
    node.addEventListener("grow", () => this.focus(this.grow(row, node)));
    return node;
  }

  /** @param {Row} row */
  close(row) {
    if (!row.isOpen) return;
    row.isOpen = false;
    row.node.setAttribute("aria-expanded", "false");
    for (let next = row.node.nextElementSibling; next && levelOf(next) > row.level; next = row.node.nextElementSibling)
      next.remove();
  }

  /** @param {Element | null | undefined} node */
  focus(node) {
    if (!(node instanceof HTMLElement)) return;
    for (const old of this.node.querySelectorAll("[tabindex='0']")) old.setAttribute("tabindex", "-1");
    node.tabIndex = 0;
    node.focus();
  }

  /** @param {MouseEvent} event */
  click(event) {
    const node = event.target instanceof Element ? event.target.closest("[role=treeitem]") : null;
    // A selection of text is not a click.
    if (!node || getSelection()?.toString()) return;
    this.toggle(node);
    if (node.isConnected) this.focus(node);
  }

  /** @param {Element} node */
  toggle(node) {
    const row = this.rows.get(node);
    if (!row) node.dispatchEvent(new Event("grow"));
    else if (row.isOpen) this.close(row);
    else this.open(row);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const node = document.activeElement;
    if (!node || event.altKey || event.ctrlKey || event.metaKey) return;
    const row = this.rows.get(node);
    /** @type {Record<string, () => void>} */
    const actions = {
      ArrowDown: () => this.focus(node.nextElementSibling),
      ArrowUp: () => this.focus(node.previousElementSibling),
      Home: () => this.focus(this.node.firstElementChild),
      End: () => this.focus(this.node.lastElementChild),
      Enter: () => this.toggle(node),
      " ": () => this.toggle(node),
      ArrowRight: () => (row?.isOpen ? this.focus(node.nextElementSibling) : this.toggle(node)),
      ArrowLeft: () => (row?.isOpen ? this.close(row) : this.focus(parentOf(node))),
    };
    const action = Object.hasOwn(actions, event.key) ? actions[event.key] : undefined;
    if (!action) return;
    event.preventDefault();
    action();
  }

  /**
   * Opens the rows above a path, and focuses the row of the path.
   * @param {string} path
   */
  reveal(path) {
    let at = this.node.firstElementChild;
    for (const key of path ? path.split(".") : []) {
      const row = at && this.rows.get(at);
      if (!row) break;
      this.open(row);
      let next = row.node.nextElementSibling;
      while (next && levelOf(next) > row.level && !(levelOf(next) === row.level + 1 && this.rows.get(next)?.name === key)) {
        // A "more" row of this level is replaced by the next members.
        const isMore = !this.rows.has(next) && levelOf(next) === row.level + 1;
        next = isMore ? this.grow(row, next) ?? null : next.nextElementSibling;
      }
      if (!next || levelOf(next) <= row.level) break;
      at = next;
    }
    this.focus(at);
  }
}

/** @param {Element} node */
const levelOf = (node) => Number(node.getAttribute("aria-level"));

/** @param {Element} node */
function parentOf(node) {
  let at = node.previousElementSibling;
  while (at && levelOf(at) >= levelOf(node)) at = at.previousElementSibling;
  return at;
}

/** @param {Value} value */
const sizeOf = (value) => (Array.isArray(value) ? value.length : value instanceof Map ? value.size : 0);

/** @param {Value} value */
function kindOf(value) {
  if (value instanceof Numeral) return "number";
  return typeof value === "string" ? "string" : value === null || typeof value === "boolean" ? "literal" : "size";
}

/** @param {Value} value */
function summary(value) {
  if (Array.isArray(value)) return `[${value.length}]`;
  if (value instanceof Map) return `{${value.size}}`;
  const text = write(value);
  return text.length > SCALAR ? `${text.slice(0, SCALAR)}…` : text;
}
