/**
 * The call as code. The browser remembers the language.
 */

import { copyButton } from "./clipboard.js";
import { element, freshId, options } from "./dom.js";
import { word } from "./words.js";

const KEY = "tc3-language";

/** Shows a call as code. */
export class CodeView {
  /**
   * @param {HTMLElement} node
   * @param {{name: string, title: string}[]} languages
   * @param {() => void} onlanguage fetches the code again
   */
  constructor(node, languages, onlanguage) {
    const id = freshId();
    const remembered = localStorage.getItem(KEY) ?? "";
    const entries = languages.map(({ name, title }) => /** @type {[string, string]} */ ([name, title]));
    this.select = element("select", { id }, ...options(entries, remembered));
    this.select.addEventListener("change", () => {
      localStorage.setItem(KEY, this.select.value);
      onlanguage();
    });
    this.file = element("span", { class: "quiet" });
    this.code = element("pre", { class: "code", tabindex: 0 });
    const copy = copyButton(() => this.code.textContent ?? "", () => this.code);
    const label = element("label", { for: id }, word("language"));
    node.replaceChildren(element("div", { class: "toolbar" }, label, this.select, copy, this.file), this.code);
  }

  get language() {
    return this.select.value;
  }

  /** @param {import("./contract.js").Code} snippet */
  show({ code, file }) {
    this.code.textContent = code;
    this.file.textContent = file;
  }
}
