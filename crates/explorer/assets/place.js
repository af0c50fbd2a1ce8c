/**
 * Where a control of the form stands. An item's index changes when its list changes, and all paths below follow.
 */

/**
 * @typedef {import("./model.js").Path} Path
 * @typedef {import("./contract.js").Field} Field
 */

/** A member or an item, below another place. */
export class Place {
  /**
   * @param {Place | null} parent null for the root
   * @param {string | number} key
   */
  constructor(parent, key) {
    this.parent = parent;
    this.key = key;
  }

  /** @returns {Path} */
  get path() {
    return this.parent ? [...this.parent.path, this.key] : [];
  }

  /** Whether it is an item of a list, which cannot be unset. */
  get isItem() {
    return typeof this.key === "number";
  }

  /** The path as a person reads it: `Filters[0].Name`. */
  get text() {
    return this.path.map((key, index) => (typeof key === "number" ? `[${key}]` : (index ? "." : "") + key)).join("");
  }
}

/**
 * A part of the form.
 * @typedef {{
 *   node: HTMLElement,
 *   focus: () => void,
 *   reveal: (path: Path) => void | Promise<void>,
 *   renumber?: () => void,
 * }} Control `reveal` opens and focuses what is at a path below the control; `renumber` shows a changed index
 *
 * What all controls of a form share.
 * @typedef {{
 *   model: import("./model.js").Model,
 *   types: (name: string) => Promise<import("./contract.js").DataType>,
 *   make: (place: Place, field: Field, context: FormContext) => Control,
 *   places: WeakMap<Element, {place: Place, field: Field}>,
 *   signal: AbortSignal,
 *   isCalled: boolean,
 *   form: unknown,
 *   problems: Map<string, import("./contract.js").Problem>,
 *   invalid: Map<object, Place>,
 * }} FormContext `signal` ends the listeners when a part of the form is removed; `places` tells what a field is about; after
 * a call (`isCalled`, and a `validate` event of the model) required fields that are missing are marked; `form` is the same
 * in all contexts of a form; `problems` are what the server found, by path (a `problems` event of the model tells that they
 * changed); `invalid` are the controls whose text cannot be read
 */
