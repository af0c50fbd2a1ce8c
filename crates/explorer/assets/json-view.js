/**
 * The parameters as JSON text, edited both ways.
 */

import { parseMessage } from "./controls.js";
import { button, debounce, element, freshId } from "./dom.js";
import { ParseError, parse } from "./exact.js";
import { write } from "./write.js";
import { word } from "./words.js";

/** Shows the parameters as JSON and edits them. */
export class JsonView {
  /**
   * @param {HTMLElement} node where the view goes
   * @param {import("./model.js").Model} model
   * @param {(isInvalid: boolean) => void} onvalidity
   */
  constructor(node, model, onvalidity) {
    this.model = model;
    this.onvalidity = onvalidity;
    this.isStale = true;
    // Whether something was typed that is not in the parameters yet.
    this.isUnread = false;
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
      this.isUnread = true;
      later();
    });
    model.addEventListener("change", (event) => {
      if (/** @type {import("./model.js").Change} */ (event).origin === this) return;
      // What was changed elsewhere counts from now on, and not a text that is not valid.
      this.isStale = true;
      this.isUnread = false;
      this.show(undefined);
    });
    node.replaceChildren(
      element("div", { class: "toolbar" }, button(word("format"), () => this.format())),
      this.input,
      this.problem,
    );
  }

  /** Shows the parameters again if they were changed elsewhere. */
  refresh() {
    if (!this.isStale) return;
    this.isStale = false;
    this.input.value = write(this.model.root, "  ");
    this.show(undefined);
  }

  /** Takes over what was typed since, if it is valid. */
  settle() {
    if (this.isUnread) this.read();
  }

  /** Takes the text over, if it is valid. */
  read() {
    this.isUnread = false;
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

  /** Whether the text is not valid, so that the parameters are those of an older text. */
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
 * Returns the line of a problem with a caret under its place, cut to what is near.
 * @param {string} text
 * @param {ParseError} error
 */
function excerpt(text, { offset, column }) {
  const from = offset - Math.min(column - 1, 40);
  const end = text.indexOf("\n", offset);
  const line = text.slice(from, Math.min(end < 0 ? text.length : end, offset + 40));
  // A tab stays a tab in both lines, so that the caret stands right.
  const before = text.slice(from, offset).replace(/[^\t]/g, " ");
  return `${line}\n${before}^`;
}
