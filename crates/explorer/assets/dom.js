/**
 * Functions that build elements. They never parse text as markup.
 */

/**
 * @typedef {string | Node | null | undefined | false} Child
 * @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} Attributes
 */

/**
 * Builds an element. An attribute `onclick` with a function listens to `click`. Attributes and children that are false,
 * null or undefined are omitted.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, String(value));
  }
  for (const child of children) if (child || child === "") node.append(child);
  return node;
}

/**
 * Builds a push button.
 * @param {string} text
 * @param {(event: MouseEvent) => void} onclick
 * @param {Attributes} [attributes]
 */
export function button(text, onclick, attributes = {}) {
  return element("button", { type: "button", onclick, ...attributes }, text);
}

/**
 * Builds a list of options for a select.
 * @param {[value: string, text: string][]} entries
 * @param {string} [selected]
 */
export function options(entries, selected) {
  return entries.map(([value, text]) => element("option", { value, selected: value === selected }, text));
}

/**
 * Changes the page, and keeps the focused element at its position on the screen, unless the change hides it.
 * @param {() => void} change
 */
export function steady(change) {
  const focused = document.activeElement;
  // Without a focus, skips the measurement, which is slow while a form is built.
  if (!focused || focused === document.body) return change();
  // A hidden element has no box.
  const top = () => focused.getClientRects()[0]?.top;
  const before = top();
  change();
  const after = top();
  if (before === undefined || after === undefined) return;
  const moved = after - before;
  if (moved) scrollBy({ top: moved, behavior: "instant" });
}

let lastId = 0;

/** Returns a unique id for an element. */
export function freshId() {
  lastId += 1;
  return `x${lastId}`;
}

/**
 * Returns a function that runs after a pause without calls, with the arguments of the last call.
 * @template {unknown[]} Arguments
 * @param {number} milliseconds
 * @param {(...values: Arguments) => void} run
 * @returns {(...values: Arguments) => void}
 */
export function debounce(milliseconds, run) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...values), milliseconds);
  };
}

/**
 * Opens a modal dialog with a title and a close button. Closing removes it from the page.
 * @param {string} title
 * @param {string} close the text of the close button
 * @param {...Child} children
 */
export function openDialog(title, close, ...children) {
  const id = freshId();
  const dialog = element(
    "dialog",
    { "aria-labelledby": id, onclose: () => dialog.remove() },
    element(
      "div",
      { class: "dialog-head" },
      element("h2", { id }, title),
      button("×", () => dialog.close(), { class: "quiet", "aria-label": close, title: close }),
    ),
    ...children,
  );
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
