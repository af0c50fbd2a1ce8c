/**
 * A JSON parser that keeps the text of numbers, such as 9007199254740993 and 1.10, and the order of members. Names must be
 * unique.
 */

/** A number, with its original text. */
export class Numeral {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
}

/**
 * A JSON value. An object is a Map, in which no name (`__proto__`, `0`) is special.
 * @typedef {null | boolean | string | Numeral | Value[] | Map<string, Value>} Value
 */

/** Maximum nesting depth. */
export const DEPTH = 128;

/** Error of a text that is not JSON, with its position. */
export class ParseError extends Error {
  /**
   * @param {string} reason the key of the reason: `end`, `value`, `name`, `duplicate`, …
   * @param {string} detail the invalid text
   * @param {string} text
   * @param {number} offset
   */
  constructor(reason, detail, text, offset) {
    const before = text.slice(0, offset);
    const start = before.lastIndexOf("\n") + 1;
    let line = 1;
    for (let at = before.indexOf("\n"); at >= 0; at = before.indexOf("\n", at + 1)) line += 1;
    super(`${line}:${offset - start + 1}: ${reason} ${detail}`.trim());
    this.reason = reason;
    this.detail = detail;
    this.offset = offset;
    /** Counted from 1. */
    this.line = line;
    /** Counted from 1, in UTF-16 units. */
    this.column = offset - start + 1;
  }
}

const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;
const HEX = /^[0-9a-fA-F]{4}$/;
/** @type {Record<string, string>} */
const ESCAPES = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
/** @type {Record<string, Value>} */
const LITERALS = { true: true, false: false, null: null };
const [QUOTE, BACKSLASH, SPACE] = [0x22, 0x5c, 0x20];

/** Parses a text by character codes, which is several times as fast as patterns or single characters. */
class Parser {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  /**
   * @param {string} reason
   * @param {string} [detail]
   * @param {number} [offset]
   * @returns {never}
   */
  fail(reason, detail = this.text.charAt(this.at), offset = this.at) {
    throw new ParseError(offset >= this.text.length ? "end" : reason, detail, this.text, offset);
  }

  /** Skips white space, and returns the next character code; NaN at the end. */
  peek() {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== SPACE && code !== 10 && code !== 13 && code !== 9) return code;
      this.at += 1;
    }
  }

  /**
   * Skips white space, and consumes a character if it is next.
   * @param {string} character
   */
  takes(character) {
    if (this.peek() !== character.charCodeAt(0)) return false;
    this.at += 1;
    return true;
  }

  /**
   * @param {number} depth
   * @returns {Value}
   */
  value(depth) {
    if (this.peek() === QUOTE) return this.string();
    if (depth >= DEPTH && /[[{]/.test(this.text.charAt(this.at))) this.fail("depth", String(DEPTH));
    if (this.takes("{")) return this.object(depth + 1);
    if (this.takes("[")) return this.array(depth + 1);
    return this.scalar();
  }

  scalar() {
    const start = this.at;
    while (isWord(this.text.charCodeAt(this.at))) this.at += 1;
    const word = this.text.slice(start, this.at);
    if (NUMBER.test(word)) return new Numeral(word);
    if (Object.hasOwn(LITERALS, word)) return /** @type {Value} */ (LITERALS[word]);
    this.at = start;
    return this.fail(/^[-+.0-9]/.test(word) ? "number" : "value", word.slice(0, 40) || undefined);
  }

  /** @param {number} depth */
  object(depth) {
    /** @type {Map<string, Value>} */
    const members = new Map();
    if (this.takes("}")) return members;
    do {
      if (this.peek() !== QUOTE) this.fail("name");
      const start = this.at;
      const name = this.string();
      if (members.has(name)) this.fail("duplicate", name, start);
      if (!this.takes(":")) this.fail("colon");
      members.set(name, this.value(depth));
    } while (this.takes(","));
    if (!this.takes("}")) this.fail("comma");
    return members;
  }

  /** @param {number} depth */
  array(depth) {
    /** @type {Value[]} */
    const items = [];
    if (this.takes("]")) return items;
    do items.push(this.value(depth));
    while (this.takes(","));
    if (!this.takes("]")) this.fail("comma");
    return items;
  }

  string() {
    let value = "";
    let start = (this.at += 1);
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code === QUOTE) break;
      if (code === BACKSLASH) {
        value += this.text.slice(start, this.at) + this.escape();
        start = this.at;
      } else if (code >= SPACE) this.at += 1;
      else this.fail("control", `U+${code.toString(16).padStart(4, "0")}`);
    }
    this.at += 1;
    return value + this.text.slice(start, this.at - 1);
  }

  escape() {
    const start = this.at;
    const letter = this.text.charAt(start + 1);
    const plain = ESCAPES[letter];
    if (plain) {
      this.at += 2;
      return plain;
    }
    const code = this.text.slice(start + 2, start + 6);
    if (letter !== "u" || !HEX.test(code)) this.fail("escape", this.text.slice(start, start + 6));
    this.at += 6;
    return String.fromCharCode(parseInt(code, 16));
  }
}

/**
 * Returns whether a code may be part of a number or literal: an ASCII letter, a digit, or one of `+-._`.
 * @param {number} code
 */
function isWord(code) {
  const letter = code | SPACE;
  return (letter >= 97 && letter <= 122) || (code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46 || code === 95;
}

/**
 * Parses JSON.
 * @param {string} text
 * @returns {Value}
 * @throws {ParseError}
 */
export function parse(text) {
  const parser = new Parser(text);
  const value = parser.value(0);
  if (!Number.isNaN(parser.peek())) parser.fail("rest");
  return value;
}
