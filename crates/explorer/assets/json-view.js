/**
 * The parameters as editable JSON text.
 */

import { parseMessage } from "./controls.js";
import { button, debounce, element, freshId } from "./dom.js";
import { ParseError, parse } from "./exact.js";
import { write } from "./write.js";
import { word } from "./words.js";

/** Shows the parameters as JSON and edits them. */
export class JsonView {
  /**
   * @param {HTMLElement} node the element that contains the view
   * @param {import("./model.js").Model} model
   * @param {(isInvalid: boolean) => void} onvalidity
   */
  constructor(node, model, onvalidity) {
    this.model = model;
    this.onvalidity = onvalidity;
    this.isStale = true;
    // Whether the parameters do not have the typed text yet.
    this.isPending = false;
    this.offset = 0;
    const id = freshId();
    this.input = element("textarea", {
      class: "code json",
      rows: 20,
      spellcheck: "false",
      "aria-label": word("json-label"),
      "aria-describedby": id,
    });
    this.message = element("span", {});
    this.excerpt = element("pre", { class: "excerpt" });
    const go = button(word("go-to"), () => this.goToProblem(), { class: "quiet" });
    this.problem = element("div", { id, class: "problem", role: "status" }, this.message, go, this.excerpt);
    this.problem.hidden = true;
    const later = debounce(100, () => this.settle());
    this.input.addEventListener("input", () => {
      this.isPending = true;
      later();
    });
    model.addEventListener("change", (event) => {
      if (/** @type {import("./model.js").Change} */ (event).origin === this) return;
      // A change elsewhere replaces invalid text.
      this.isStale = true;
      this.isPending = false;
      this.show(undefined);
    });
    node.replaceChildren(
      element("div", { class: "toolbar" }, button(word("format"), () => this.format())),
      this.input,
      this.problem,
    );
  }

  /** Updates the text if the parameters were changed elsewhere. */
  refresh() {
    if (!this.isStale) return;
    this.isStale = false;
    this.input.value = write(this.model.root, "  ");
    this.show(undefined);
  }

  /** Applies pending text, without the delay after typing. */
  settle() {
    if (this.isPending) this.read();
  }

  /** Sets the parameters from the text, or shows its problem. */
  read() {
    this.isPending = false;
    try {
      const text = this.input.value;
      const value = text.trim() ? parse(text) : new Map();
      if (!(value instanceof Map)) throw new ParseError("object", "", text, 0);
      this.model.replace(value, this);
      this.show(undefined);
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      this.show(error);
    }
  }

  /** Whether the text is invalid, so that the parameters are those of an older text. */
  get isInvalid() {
    return !this.problem.hidden;
  }

  format() {
    this.read();
    if (!this.isInvalid) this.input.value = write(this.model.root, "  ");
  }

  /** @param {ParseError | undefined} error */
  show(error) {
    this.problem.hidden = !error;
    this.onvalidity(error !== undefined);
    if (!error) return this.input.removeAttribute("aria-invalid");
    this.input.setAttribute("aria-invalid", "true");
    this.offset = error.offset;
    this.message.textContent = `${parseMessage(error)} ${word("json-form-waits")}`;
    this.excerpt.textContent = excerpt(this.input.value, error);
  }

  goToProblem() {
    this.input.focus();
    this.input.setSelectionRange(this.offset, this.offset + 1);
  }
}

/**
 * Returns the part of the line around a problem, with a caret under its position.
 * @param {string} text
 * @param {ParseError} error
 */
function excerpt(text, { offset, column }) {
  const from = offset - Math.min(column - 1, 40);
  const end = text.indexOf("\n", offset);
  const line = text.slice(from, Math.min(end < 0 ? text.length : end, offset + 40));
  // Keeps tabs, so that the caret is aligned.
  const before = text.slice(from, offset).replace(/[^\t]/g, " ");
  return `${line}\n${before}^`;
}
