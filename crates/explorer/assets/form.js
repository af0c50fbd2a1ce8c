/**
 * The form of an action's parameters.
 */

import { get } from "./api.js";
import { element, steady } from "./dom.js";
import { FieldList, makeControl } from "./fields.js";
import { Place } from "./place.js";
import { prose } from "./prose.js";
import { word } from "./words.js";

/**
 * @typedef {import("./contract.js").ActionData} ActionData
 * @typedef {import("./contract.js").DataType} DataType
 * @typedef {import("./contract.js").Field} Field
 * @typedef {import("./place.js").FormContext} FormContext
 */

/** A form with more parameters has a filter. */
const FILTERED = 12;

/**
 * Returns a function that fetches data types, each once.
 * @param {import("./contract.js").ActionId} of
 * @returns {(name: string) => Promise<DataType>}
 */
export function typeCache({ site, service, version }) {
  /** @type {Map<string, Promise<DataType>>} */
  const known = new Map();
  return (name) => {
    const cached = known.get(name);
    if (cached) return cached;
    const fetched = get(`/api/types/${[site, service, version, name].map(encodeURIComponent).join("/")}`);
    known.set(name, fetched);
    fetched.catch(() => known.delete(name));
    return fetched;
  };
}

/** Shows the parameters as a form and edits them. */
export class Form {
  /**
   * @param {HTMLElement} node the element that contains the form
   * @param {ActionData} action
   * @param {import("./model.js").Model} model
   * @param {(name: string) => Promise<DataType>} types
   * @param {HTMLElement | null} help the element that shows the documentation of the focused field
   */
  constructor(node, action, model, types, help) {
    this.node = node;
    this.action = action;
    this.model = model;
    this.types = types;
    this.help = help;
    this.controller = new AbortController();
    /** @type {FieldList | undefined} */
    this.list = undefined;
    this.isStale = true;
    /** @type {FormContext | undefined} */
    this.context = undefined;
    /** @type {FormContext["problems"]} */
    this.problems = new Map();
    model.addEventListener("change", (event) => {
      const origin = /** @type {FormContext | undefined} */ (/** @type {import("./model.js").Change} */ (event).origin);
      if (origin?.form === this) return;
      this.isStale = true;
      this.context?.invalid.clear();
    });
    node.addEventListener("focusin", (event) => this.explain(/** @type {Element} */ (event.target)));
  }

  /** Rebuilds the form if the parameters were changed elsewhere. */
  refresh() {
    if (!this.isStale) return;
    this.isStale = false;
    this.controller.abort();
    this.controller = new AbortController();
    this.context = {
      model: this.model,
      types: this.types,
      make: makeControl,
      places: new WeakMap(),
      signal: this.controller.signal,
      isCalled: false,
      form: this,
      problems: this.problems,
      invalid: new Map(),
    };
    const list = new FieldList(new Place(null, ""), this.action.request, this.context);
    this.list = list;
    if (!list.fields.length) {
      this.node.replaceChildren(element("p", { class: "quiet" }, word("no-parameters")));
      return;
    }
    this.node.replaceChildren(...(list.fields.length > FILTERED ? [filter(list)] : []), list.node);
  }

  /** Marks the required fields that are missing. */
  validate() {
    if (this.context) this.context.isCalled = true;
    this.model.dispatchEvent(new Event("validate"));
  }

  /**
   * Shows the server's problems beside their fields.
   * @param {import("./contract.js").Problem[]} problems
   */
  showProblems(problems) {
    this.problems.clear();
    for (const problem of problems) this.problems.set(problem.path, problem);
    steady(() => this.model.dispatchEvent(new Event("problems")));
  }

  /** Returns a place with invalid text, at which the parameters have an older value. */
  invalid() {
    return this.context?.invalid.values().next().value;
  }

  /**
   * Shows and focuses the control at a path such as `Filters.0.Name`.
   * @param {string} path
   */
  async reveal(path) {
    this.refresh();
    const keys = path.split(".").map((key) => (/^[0-9]+$/.test(key) ? Number(key) : key));
    await this.list?.reveal(keys);
  }

  /**
   * Shows the documentation of the field that an element belongs to.
   * @param {Element} target
   */
  explain(target) {
    let at = /** @type {Element | null} */ (target);
    let found = at && this.context?.places.get(at);
    while (at && !found) {
      at = at.parentElement;
      found = at ? this.context?.places.get(at) : undefined;
    }
    if (!found || !this.help) return;
    const { place, field } = found;
    const facts = [field.type, field.format, field.required && word("required"), field.nullable && word("nullable")];
    this.help.replaceChildren(
      element("h2", {}, element("code", {}, place.text)),
      element("p", { class: "type" }, facts.filter(Boolean).join(" · ")),
      ...prose(field.description || word("no-description")),
    );
  }
}

/**
 * Builds the input that filters the fields by their names and descriptions.
 * @param {FieldList} list
 */
function filter(list) {
  const input = element("input", { type: "search", class: "filter", placeholder: word("filter"), "aria-label": word("filter") });
  input.addEventListener("input", () => {
    const text = input.value.trim().toLowerCase();
    list.show(list.fields.filter((field) => `${field.name} ${field.description ?? ""}`.toLowerCase().includes(text)));
  });
  return input;
}
