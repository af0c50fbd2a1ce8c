/**
 * Controls of scalar values: rows with a label, the type, the input and a message.
 */

import { element, freshId, options } from "./dom.js";
import { ParseError, parse } from "./exact.js";
import { write } from "./write.js";
import { problemText } from "./problems.js";
import { stateOf, stateSelect } from "./states.js";
import { check, fromText, isNumber, sample, toText } from "./scalars.js";
import { word } from "./words.js";

/**
 * @typedef {import("./exact.js").Value} Value
 * @typedef {import("./place.js").Place} Place
 * @typedef {import("./place.js").FormContext} FormContext
 * @typedef {import("./place.js").Control} Control
 * @typedef {import("./contract.js").Field} Field
 * @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Input
 */

/**
 * Builds the row around an input. While there is a message, it describes the input.
 * @param {Place} place
 * @param {Field} field
 * @param {FormContext} context
 * @param {Input} input
 * @param {HTMLElement | undefined} extra
 */
function row(place, field, context, input, extra) {
  const message = element("p", { class: "problem", id: freshId(), hidden: true });
  const label = element("label", { for: (input.id = freshId()), class: "name" }, labelOf(place));
  const node = element(
    "div",
    { class: "field" },
    label,
    ...tags(field),
    element("div", { class: "value" }, input, extra),
    message,
  );
  context.places.set(node, { place, field });
  let local = "";
  const update = () => {
    const problem = context.problems.get(place.path.join("."));
    // `local` reports a missing value, after the user left the input. The server's text may add a hint to the local one.
    const remote = problem && problem.kind !== "missing" ? problemText(problem) : "";
    const text = remote.startsWith(local) ? remote : local;
    message.textContent = text;
    message.hidden = !text;
    if (text) {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", message.id);
    } else {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
  };
  /** @param {string} text the problem that the page found; empty for none */
  const show = (text) => {
    local = text;
    update();
  };
  // The server's problem is about the previous value.
  for (const event of ["input", "change"])
    input.addEventListener(event, () => context.problems.delete(place.path.join(".")), { capture: true });
  context.model.addEventListener("problems", update, { signal: context.signal });
  /** @type {Control} */
  const control = {
    node,
    focus: () => input.focus(),
    reveal: () => input.focus(),
    renumber: () => void (label.textContent = labelOf(place)),
  };
  return { control, show };
}

/**
 * Returns the label of a place: a name, or an index in brackets.
 * @param {Place} place
 */
export const labelOf = (place) => (place.isItem ? `[${place.key}]` : String(place.key));

/**
 * Builds the tags beside a name: the type, and whether the field is required, deprecated or an idempotency token.
 * @param {Field} field
 */
export function tags(field) {
  return [
    element("span", { class: "type" }, field.type),
    field.required && element("span", { class: "tag required" }, word("required")),
    field.deprecated && element("span", { class: "tag" }, word("deprecated")),
    field.token && element("span", { class: "tag" }, word("token")),
  ];
}

/**
 * Returns the text of a field's problem; empty for none. A missing value is a problem after the user touched the field.
 * @param {Field} field
 * @param {Value | undefined} value
 * @param {boolean} isTouched
 */
function problemOf(field, value, isTouched) {
  if (value === undefined) return field.required && isTouched ? word("problem-required") : "";
  const problem = check(field, value);
  return problem ? word(problem.key, { min: problem.min ?? "", max: problem.max ?? "" }) : "";
}

/**
 * Builds a control for a string, a number or a date.
 * @param {Place} place
 * @param {Field} field
 * @param {FormContext} context
 * @returns {Control}
 */
export function textControl(place, field, context) {
  const { model } = context;
  const isString = !isNumber(field.type) && !sample(field.type);
  const { values } = field;
  // Only an input can have suggestions, and only a text area can have several lines.
  const hasLines = toText(model.get(place.path))?.includes("\n");
  const list = values && !hasLines ? element("datalist", { id: freshId() }, ...values.map((value) => element("option", { value }))) : undefined;
  const input = isString && !list ? element("textarea", { rows: 1 }) : element("input", { type: "text", list: list?.id });
  input.autocomplete = "off";
  input.spellcheck = false;
  if (isNumber(field.type)) input.inputMode = field.type === "Integer" ? "numeric" : "decimal";
  const hasStates = isString || field.nullable || model.get(place.path) === null;
  const empty = isString ? "" : undefined;
  const states = hasStates
    ? stateSelect(place, field, context, empty, (state) => {
        fill();
        if (state === "value") input.focus();
      })
    : undefined;
  const { control, show } = row(place, field, context, input, states?.select);
  if (list) control.node.append(list);
  let isTouched = false;
  if (field.required) model.addEventListener("validate", () => refresh(), { signal: context.signal });

  const refresh = () => {
    const value = model.get(place.path);
    const state = stateOf(value);
    states?.update();
    if (input instanceof HTMLTextAreaElement) input.rows = Math.min(12, input.value.split("\n").length);
    const expected = sample(field.type) ?? field.format ?? "";
    input.placeholder = state === "unset" ? expected || word("state-unset") : state === "empty" ? '""' : "null";
    show(problemOf(field, value, isTouched || context.isCalled));
  };
  const fill = () => {
    input.value = toText(model.get(place.path)) ?? "";
    refresh();
  };
  input.addEventListener("input", () => {
    if (input.value || place.isItem) model.set(place.path, fromText(field.type, input.value), context);
    else model.unset(place.path, context);
    refresh();
  });
  input.addEventListener("blur", () => {
    isTouched = true;
    refresh();
  });
  input.addEventListener("keydown", (event) => {
    // Values rarely have line breaks, so the first one requires Shift.
    const isPlain = event instanceof KeyboardEvent && event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (isPlain && !input.value.includes("\n")) event.preventDefault();
  });
  fill();
  return control;
}

/**
 * Builds a control for a Boolean.
 * @param {Place} place
 * @param {Field} field
 * @param {FormContext} context
 * @returns {Control}
 */
export function booleanControl(place, field, context) {
  const value = context.model.get(place.path);
  const chosen = value === undefined ? "" : String(value);
  /** @type {[string, string][]} */
  const entries = [
    ["true", "true"],
    ["false", "false"],
  ];
  if (!place.isItem) entries.unshift(["", word("state-unset")]);
  if (field.nullable || value === null) entries.push(["null", "null"]);
  const select = element("select", {}, ...options(entries, chosen));
  const { control, show } = row(place, field, context, select, undefined);
  /** @type {Record<string, Value>} */
  const values = { true: true, false: false, null: null };
  select.addEventListener("change", () => {
    const next = values[select.value];
    if (next === undefined) context.model.unset(place.path, context);
    else context.model.set(place.path, next, context);
  });
  const validate = () => show(problemOf(field, context.model.get(place.path), true));
  if (field.required) context.model.addEventListener("validate", validate, { signal: context.signal });
  select.addEventListener("change", validate);
  select.addEventListener("blur", validate);
  return control;
}

/**
 * Builds a control for the JSON of a value that is not documented, or that does not have the documented shape.
 * @param {Place} place
 * @param {Field} field
 * @param {FormContext} context
 * @param {(value: Value | undefined) => string} problem returns the problem of a value; empty for none
 * @returns {Control}
 */
export function jsonControl(place, field, context, problem) {
  const { model } = context;
  const input = element("textarea", { rows: 1, spellcheck: "false", class: "code" });
  const { control, show } = row(place, field, context, input, undefined);
  const value = model.get(place.path);
  input.value = value === undefined ? "" : write(value, "  ");
  input.rows = Math.min(12, input.value.split("\n").length);
  show(problem(value));
  const { invalid } = context;
  context.signal.addEventListener("abort", () => invalid.delete(input));
  input.addEventListener("input", () => {
    try {
      if (input.value.trim()) model.set(place.path, parse(input.value), context);
      else model.unset(place.path, context);
      invalid.delete(input);
      show(problem(model.get(place.path)));
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      invalid.set(input, place);
      show(parseMessage(error));
    }
  });
  return control;
}

/**
 * Returns the message of a parse error.
 * @param {ParseError} error
 */
export function parseMessage(error) {
  const reason = word(`json-${error.reason}`, { detail: error.detail });
  return word("json-at", { line: error.line, column: error.column, reason });
}
