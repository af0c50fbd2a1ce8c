/**
 * The fields of a structure, required ones first. Fields below the visible part are built when the user scrolls to them.
 */

import { booleanControl, jsonControl, textControl } from "./controls.js";
import { button, element, steady } from "./dom.js";
import { listControl } from "./list.js";
import { Place } from "./place.js";
import { dataType, isScalar, itemType, toText } from "./scalars.js";
import { structureControl } from "./structure.js";
import { word } from "./words.js";

/**
 * @typedef {import("./exact.js").Value} Value
 * @typedef {import("./place.js").FormContext} FormContext
 * @typedef {import("./place.js").Control} Control
 * @typedef {import("./model.js").Path} Path
 * @typedef {import("./contract.js").Field} Field
 */

/** Number of fields that are built at a time. */
const BATCH = 24;

/** Type of a field that is set but not documented. */
const UNDOCUMENTED = "?";

/**
 * Builds the control for a field, by its type and by the shape of its value.
 * @param {Place} place
 * @param {Field} field
 * @param {FormContext} context
 * @returns {Control}
 */
export function makeControl(place, field, context) {
  const { type } = field;
  const value = context.model.get(place.path);
  if (type === UNDOCUMENTED) return jsonControl(place, field, context, () => word("problem-undocumented"));
  if (!hasShape(type, value))
    return jsonControl(place, field, context, (now) => (hasShape(type, now) ? "" : word("problem-expected", { type })));
  if (type === "Boolean") return booleanControl(place, field, context);
  if (isScalar(type)) return textControl(place, field, context);
  if (itemType(type)) return listControl(place, field, context);
  return dataType(type) ? structureControl(place, field, context) : jsonControl(place, field, context, () => "");
}

/**
 * Returns whether the control of a type can show a value.
 * @param {string} type
 * @param {Value | undefined} value
 */
function hasShape(type, value) {
  if (value === undefined || value === null) return true;
  if (type === "Boolean") return typeof value === "boolean";
  if (isScalar(type)) return toText(value) !== undefined;
  return itemType(type) ? Array.isArray(value) : value instanceof Map;
}

/** The fields of a structure as rows. */
export class FieldList {
  /**
   * @param {Place} place of the structure
   * @param {Field[]} fields
   * @param {FormContext} context
   */
  constructor(place, fields, context) {
    this.place = place;
    this.context = context;
    this.fields = ordered(fields, context.model.get(place.path));
    /** @type {Map<string, Control>} */
    this.rows = new Map();
    this.rest = this.fields;
    this.list = element("div", { class: "fields" });
    this.more = button("", () => this.grow(true), { class: "more" });
    this.node = element("div", {}, this.list, this.more);
    this.observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) this.grow(false);
    });
    this.observer.observe(this.more);
    this.show(this.fields);
  }

  /**
   * Shows some of the fields.
   * @param {Field[]} fields
   */
  show(fields) {
    this.list.replaceChildren();
    this.rest = fields;
    this.grow(false);
  }

  /**
   * Builds the next fields.
   * @param {boolean} isRequested whether the user requested them, so that the first one gets the focus
   */
  grow(isRequested) {
    const next = this.rest.slice(0, BATCH).map((field) => this.row(field));
    this.rest = this.rest.slice(BATCH);
    const append = () => {
      this.list.append(...next.map((control) => control.node));
      this.more.hidden = !this.rest.length;
      this.more.textContent = word("show-more", { count: this.rest.length });
    };
    // An element below, such as the list of problems, may have the focus.
    if (!isRequested) return steady(append);
    append();
    next[0]?.focus();
  }

  /** @param {Field} field */
  row(field) {
    const { context } = this;
    const known = this.rows.get(field.name) ?? context.make(new Place(this.place, field.name), field, context);
    this.rows.set(field.name, known);
    return known;
  }

  focus() {
    const first = this.fields[0];
    if (first) this.row(first).focus();
  }

  /**
   * Shows and focuses the control at a path; the first field for an empty path.
   * @param {Path} path
   */
  async reveal([key, ...below]) {
    if (key === undefined) return this.focus();
    const name = String(key);
    const isShown = () => this.rows.get(name)?.node.isConnected;
    if (!isShown()) this.show(this.fields);
    while (!isShown() && this.rest.length) this.grow(false);
    await this.rows.get(name)?.reveal(below);
  }
}

/**
 * Orders fields: undocumented members of the value, required fields, in a long list the fields that are set, and the rest.
 * @param {Field[]} fields
 * @param {Value | undefined} value
 * @returns {Field[]}
 */
function ordered(fields, value) {
  /** @type {Map<string, Value>} */
  const set = value instanceof Map ? value : new Map();
  const names = new Set(fields.map((field) => field.name));
  const others = [...set.keys()].filter((name) => !names.has(name)).map((name) => ({ name, type: UNDOCUMENTED }));
  const isLong = fields.length > BATCH;
  /** @param {Field} field */
  const rank = (field) => (field.required ? 0 : isLong && set.has(field.name) ? 1 : 2);
  return [...others, ...fields.toSorted((one, two) => rank(one) - rank(two))];
}
