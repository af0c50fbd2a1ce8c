/**
 * A JSON writer that keeps the text of numbers.
 */

import { Numeral } from "./exact.js";

/** @typedef {import("./exact.js").Value} Value */

/**
 * Writes JSON, compact or indented.
 * @param {Value} value
 * @param {string} [indent] the indentation of a level; empty for one line
 */
export function write(value, indent = "") {
  const writer = new Writer(indent);
  writer.value("", value, indent && "\n");
  return writer.finish();
}

/** Characters that need an escape. Surrogates do, because they may be unpaired. */
const SPECIAL = /["\\\u0000-\u001f\ud800-\udfff]/;

/** @param {string} text */
const quoted = (text) => (SPECIAL.test(text) ? JSON.stringify(text) : `"${text}"`);

/** Joins texts in two steps: most strings are then short-lived, which makes garbage collection several times as fast. */
class Writer {
  /** @type {string[]} */
  chunks = [];
  /** @type {string[]} */
  parts = [];

  /** @param {string} indent */
  constructor(indent) {
    this.indent = indent;
    this.colon = indent ? ": " : ":";
  }

  /** @param {string} part */
  add(part) {
    if (this.parts.push(part) < 1000) return;
    this.chunks.push(this.parts.join(""));
    this.parts = [];
  }

  finish() {
    return this.chunks.join("") + this.parts.join("");
  }

  /**
   * @param {string} before the text before the value
   * @param {Value} value
   * @param {string} line a line break with the indentation of the value's line; empty for one line
   */
  value(before, value, line) {
    if (typeof value === "string") this.add(before + quoted(value));
    else if (value instanceof Numeral) this.add(before + value.text);
    else if (value === null || typeof value === "boolean") this.add(before + value);
    else {
      const inner = line + this.indent;
      const isList = Array.isArray(value);
      let next = before + (isList ? "[" : "{") + inner;
      if (isList)
        for (const item of value) {
          this.value(next, item, inner);
          next = "," + inner;
        }
      else
        for (const [name, item] of value) {
          this.value(next + quoted(name) + this.colon, item, inner);
          next = "," + inner;
        }
      const isEmpty = isList ? !value.length : !value.size;
      this.add((isEmpty ? before + (isList ? "[" : "{") : line) + (isList ? "]" : "}"));
    }
  }
}
