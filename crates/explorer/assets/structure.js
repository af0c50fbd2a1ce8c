/**
 * The control of a structure. Opening it fetches and builds its fields, so recursive types are no problem.
 */

import { messageOf } from "./api.js";
import { labelOf, tags } from "./controls.js";
import { button, element } from "./dom.js";
import { FieldList } from "./fields.js";
import { stateOf, stateSelect } from "./states.js";
import { word } from "./words.js";

/**
 * @typedef {import("./place.js").Place} Place
 * @typedef {import("./place.js").FormContext} FormContext
 * @typedef {import("./place.js").Control} Control
 * @typedef {import("./model.js").Path} Path
 * @typedef {import("./contract.js").Field} Field
 */

/**
 * Builds the common frame of structures and lists: a summary, and a body that is built when it is opened.
 * @param {Place} place
 * @param {Field} field
 * @param {FormContext} context
 * @param {() => string} count returns the number of members or items that are set
 * @param {() => void} onopen
 */
export function frame(place, field, context, count, onopen) {
  const name = element("span", { class: "name" }, labelOf(place));
  const set = element("span", { class: "count" });
  const body = element("div", { class: "body" });
  const inside = element("span", { class: "inside none", role: "img" }, "⚠");
  const summary = element("summary", {}, name, ...tags(field), set, inside);
  const details = element("details", { class: "field group" }, summary, body);
  context.places.set(details, { place, field });
  const update = () => {
    const isSet = context.model.get(place.path) !== undefined;
    const isMissing = !isSet && field.required === true && context.isCalled;
    const text = isMissing ? word("problem-required") : count();
    if (set.textContent !== text) set.textContent = text;
    set.classList.toggle("problem", isMissing);
    details.classList.toggle("is-set", isSet);
  };
  const warn = () => {
    const start = `${place.path.join(".")}.`;
    const isShown = (/** @type {string} */ kind) => kind !== "missing" || context.isCalled;
    const below = [...context.problems.values()].filter(({ path, kind }) => path.startsWith(start) && isShown(kind));
    inside.setAttribute("aria-label", word("problems", { count: below.length }));
    inside.classList.toggle("none", !below.length);
  };
  update();
  warn();
  for (const event of ["problems", "validate"]) context.model.addEventListener(event, warn, { signal: context.signal });
  for (const event of ["change", "validate"]) context.model.addEventListener(event, update, { signal: context.signal });
  details.addEventListener("toggle", () => details.open && onopen());
  const renumber = () => void (name.textContent = labelOf(place));
  return { details, summary, body, renumber };
}

/**
 * Builds the control of a structure.
 * @param {Place} place
 * @param {Field} field
 * @param {FormContext} context
 * @returns {Control}
 */
export function structureControl(place, field, context) {
  /** @type {Promise<FieldList | undefined> | undefined} */
  let opening;
  /** Removes the listeners and the invalid texts of the fields before they are rebuilt. */
  let controller = new AbortController();

  const { details, summary, body, renumber } = frame(place, field, context, count, open);

  function count() {
    const value = context.model.get(place.path);
    const state = stateOf(value);
    if (state === "value" && value instanceof Map) return word("count-set", { count: value.size });
    return state === "empty" ? word("state-empty", { value: "{}" }) : state === "null" ? "null" : word("state-unset");
  }

  function open() {
    details.open = true;
    opening ??= build();
    return opening;
  }

  async function build() {
    controller.abort();
    controller = new AbortController();
    const signal = AbortSignal.any([context.signal, controller.signal]);
    /** @type {FormContext} */
    const inner = Object.create(context, { signal: { value: signal } });
    body.replaceChildren(element("p", { class: "quiet" }, word("loading")));
    try {
      const type = await context.types(field.type);
      const list = new FieldList(place, type.fields, inner);
      const states = stateSelect(place, field, context, new Map(), (state) => {
        if (state === "value") list.focus();
        else void (opening = build());
      });
      context.model.addEventListener("change", states.update, { signal });
      body.replaceChildren(states.select, list.node);
      return list;
    } catch (error) {
      opening = undefined;
      const retry = button(word("retry"), () => void open());
      body.replaceChildren(element("p", { class: "problem" }, messageOf(error)), retry);
      return undefined;
    }
  }

  return {
    node: details,
    renumber,
    focus: () => {
      summary.focus();
    },
    /** @param {Path} path */
    async reveal(path) {
      const list = await open();
      if (list) await list.reveal(path);
      else summary.focus();
    },
  };
}
