/**
 * Place of a control in the form. When the index of an item changes, so do all paths below it.
 */

/**
 * @typedef {import("./model.js").Path} Path
 * @typedef {import("./contract.js").Field} Field
 */

/** Place of a member or an item, below another place. */
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

  /** Whether the place is an item of a list, which cannot be unset. */
  get isItem() {
    return typeof this.key === "number";
  }

  /** The path to display: `Filters[0].Name`. */
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
 * }} Control `reveal` opens and focuses the control at a path below this one; `renumber` shows a changed index
 *
 * State that all controls of a form share.
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
 * }} FormContext
 * - `signal` removes the listeners of a part of the form.
 * - `places` maps the elements of fields to their places.
 * - `isCalled` is set by the first call. From then on, missing required fields are marked, after a `validate` event of the
 *   model.
 * - `form` is the same in all contexts of a form.
 * - `problems` are the server's problems by path. The model fires a `problems` event when they change.
 * - `invalid` are the inputs with invalid text.
 */
