/**
 * The documentation's types, and the conversion of scalar values from and to text.
 */

import { Numeral } from "./exact.js";

/**
 * @typedef {import("./exact.js").Value} Value
 * @typedef {{key: string, min?: string, max?: string}} Problem the key of a text, and values for it
 */

/** @type {Record<string, [min: bigint, max: bigint]>} */
const LIMITS = {
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
};

const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;
const DAY = "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])";
const TIME = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]";

/** @type {Record<string, {pattern: RegExp, sample: string}>} */
const DATES = {
  Date: { pattern: new RegExp(`^${DAY}$`), sample: "2022-01-01" },
  Timestamp: { pattern: new RegExp(`^${DAY} ${TIME}$`), sample: "2022-01-01 00:00:00" },
  "Timestamp ISO8601": {
    pattern: new RegExp(`^${DAY}T${TIME}(?:\\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})$`),
    sample: "2022-01-01T00:00:00+08:00",
  },
};

const NUMBERS = ["Integer", "Float", "Double"];
const SCALARS = new Set(["String", "Boolean", "Binary", ...NUMBERS, ...Object.keys(DATES)]);

/**
 * Returns the type of a list's items; undefined if the type is not a list.
 * @param {string} type
 */
export function itemType(type) {
  return type.startsWith("Array of ") ? type.slice("Array of ".length) : undefined;
}

/** @param {string} type */
export const isScalar = (type) => SCALARS.has(type);

/** @param {string} type */
export const isNumber = (type) => NUMBERS.includes(type);

/**
 * Returns the name of a data type, also of lists of it; undefined for built-in types.
 * @param {string} type
 */
export function dataType(type) {
  const element = type.replace(/^(?:Array of )+/, "");
  return isScalar(element) || !/^\w+$/.test(element) ? undefined : element;
}

/**
 * Returns a sample of a date type; undefined for other types.
 * @param {string} type
 */
export const sample = (type) => (Object.hasOwn(DATES, type) ? DATES[type]?.sample : undefined);

/**
 * Returns the value of typed text. Text that does not fit the type stays a string, so that it is not lost.
 * @param {string} type
 * @param {string} text
 * @returns {Value}
 */
export function fromText(type, text) {
  const trimmed = text.trim();
  return isNumber(type) && NUMBER.test(trimmed) ? new Numeral(trimmed) : text;
}

/**
 * Returns the text of a scalar value; undefined for null, lists and structures.
 * @param {Value | undefined} value
 */
export function toText(value) {
  if (value instanceof Numeral) return value.text;
  return typeof value === "string" || typeof value === "boolean" ? String(value) : undefined;
}

/**
 * Checks a scalar value that is set.
 * @param {{type: string, format?: string}} field
 * @param {Value} value
 * @returns {Problem | undefined}
 */
export function check({ type, format }, value) {
  if (value === null) return undefined;
  if (type === "Integer") return checkInteger(format ?? "int64", value);
  if (isNumber(type)) return value instanceof Numeral ? undefined : { key: "problem-number" };
  if (type === "Boolean") return typeof value === "boolean" ? undefined : { key: "problem-boolean" };
  if (typeof value !== "string") return { key: "problem-string" };
  const date = Object.hasOwn(DATES, type) ? DATES[type] : undefined;
  return date && !date.pattern.test(value) ? { key: "problem-date", min: date.sample } : undefined;
}

/**
 * @param {string} format
 * @param {Value} value
 * @returns {Problem | undefined}
 */
function checkInteger(format, value) {
  if (!(value instanceof Numeral) || !/^-?[0-9]+$/.test(value.text)) return { key: "problem-integer" };
  const [min, max] = LIMITS[format] ?? LIMITS["int64"] ?? [0n, 0n];
  // Skips the conversion of long texts, which takes quadratic time: 21 characters are out of range.
  const number = value.text.length > 20 ? undefined : BigInt(value.text);
  const fits = number !== undefined && number >= min && number <= max;
  return fits ? undefined : { key: "problem-range", min: String(min), max: String(max) };
}

/**
 * Returns the initial value of a new item of a list.
 * @param {string} type
 * @returns {Value}
 */
export function initial(type) {
  if (itemType(type)) return [];
  if (isNumber(type)) return new Numeral("0");
  if (type === "Boolean") return false;
  return isScalar(type) ? "" : new Map();
}
