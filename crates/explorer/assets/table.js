/**
 * A list of a response as a table, documented columns first.
 */

import { button, element } from "./dom.js";
import { write } from "./write.js";
import { dataType, toText } from "./scalars.js";
import { word } from "./words.js";

/**
 * @typedef {import("./exact.js").Value} Value
 * @typedef {{name: string, type: string}} Field
 * @typedef {Map<string, Value>} Structure
 */

/** Number of rows that are built at a time. */
const BATCH = 200;

/** Maximum length of the text of a cell. */
const CELL = 120;

/** Number of rows whose members become columns. */
const SAMPLE = 1_000;

/**
 * Finds the list to show: the one at a path, or the longest list of structures.
 * @param {Value} root
 * @param {string} [path]
 * @returns {{path: string, items: Structure[]} | undefined}
 */
export function findList(root, path) {
  if (path !== undefined) {
    const items = structures(path.split(".").reduce(childOf, /** @type {Value | undefined} */ (root)));
    if (items.length) return { path, items };
  }
  /** @type {{path: string, items: Structure[]} | undefined} */
  let best;
  /**
   * @param {Value} value
   * @param {string} at
   */
  const visit = (value, at) => {
    const items = structures(value);
    if (items.length > (best?.items.length ?? 0)) best = { path: at, items };
    // Skips lists within items: the table shows one list.
    if (value instanceof Map) for (const [name, item] of value) visit(item, at ? `${at}.${name}` : name);
  };
  visit(root, "");
  return best;
}

/**
 * @param {Value | undefined} value
 * @param {string} name
 */
const childOf = (value, name) => (value instanceof Map ? value.get(name) : undefined);

/**
 * @param {Value | undefined} value
 * @returns {Structure[]}
 */
const structures = (value) => (Array.isArray(value) ? value.filter((item) => item instanceof Map) : []);

/**
 * Returns the documented fields of the items at a path of the response.
 * @param {string} path
 * @param {Field[]} response
 * @param {(name: string) => Promise<{fields: Field[]}>} types
 */
export async function documentedFields(path, response, types) {
  let fields = response;
  for (const name of path.split(".")) {
    const type = dataType(fields.find((field) => field.name === name)?.type ?? "?");
    if (!type) return [];
    fields = (await types(type)).fields;
  }
  return fields;
}

/**
 * Returns the columns: the documented ones that occur, then the others.
 * @param {Structure[]} items
 * @param {string[]} documented
 */
export function columnsOf(items, documented) {
  const present = new Set(items.slice(0, SAMPLE).flatMap((item) => [...item.keys()]));
  const known = documented.filter((name) => present.has(name));
  return [...known, ...[...present].filter((name) => !known.includes(name))];
}

/**
 * Builds the table.
 * @param {Structure[]} items
 * @param {string[]} columns
 * @param {string} label
 */
export function tableView(items, columns, label) {
  const body = element("tbody");
  const head = element("tr", {}, element("td"), ...columns.map((name) => element("th", { scope: "col" }, name)));
  const more = button("", () => grow(), { class: "more" });
  let shown = 0;

  function grow() {
    const next = items.slice(shown, shown + BATCH).map((item, index) => {
      const cells = columns.map((name) => element("td", {}, cellText(item.get(name))));
      return element("tr", {}, element("th", { scope: "row" }, String(shown + index)), ...cells);
    });
    shown += next.length;
    body.append(...next);
    more.hidden = shown >= items.length;
    more.textContent = word("show-more", { count: items.length - shown });
  }

  grow();
  const table = element("table", { class: "data" }, element("thead", {}, head), body);
  const scroll = element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": label }, table);
  return element("div", {}, scroll, more);
}

/** @param {Value | undefined} value */
function cellText(value) {
  if (value === undefined) return "";
  const text = toText(value) ?? write(value);
  return text.length > CELL ? `${text.slice(0, CELL)}…` : text;
}
