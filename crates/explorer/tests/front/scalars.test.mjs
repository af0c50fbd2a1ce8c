/** Tests the conversion and checks of scalar values. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "../../assets/exact.js";
import { check, dataType, fromText, initial, isScalar, itemType, toText } from "../../assets/scalars.js";
import { write } from "../../assets/write.js";

/** Checks the problem of typed text; undefined for none. */
function problem(type, text, expected, format) {
  assert.equal(check({ type, format }, fromText(type, text))?.key, expected, `${type} ${text}`);
}

test("integers have a range", () => {
  problem("Integer", "9223372036854775807", undefined);
  problem("Integer", "-9223372036854775808", undefined);
  problem("Integer", "9223372036854775808", "problem-range");
  problem("Integer", "18446744073709551615", undefined, "uint64");
  problem("Integer", "18446744073709551616", "problem-range", "uint64");
  problem("Integer", "-1", "problem-range", "uint64");
  problem("Integer", "9".repeat(1_000_000), "problem-range");
  for (const text of ["1.0", "1e3", "0x1", "007", "--1", "one", "１"]) problem("Integer", text, "problem-integer");
  problem("Integer", " 5 ", undefined);
});

test("numbers keep their text", () => {
  assert.equal(write(fromText("Float", "1.10")), "1.10");
  assert.equal(write(fromText("Integer", "9007199254740993")), "9007199254740993");
  for (const text of ["NaN", "Infinity", "1,5", ".5", ""]) problem("Float", text, "problem-number");
});

test("dates have a format", () => {
  problem("Date", "2022-01-31", undefined);
  problem("Date", "2022-13-01", "problem-date");
  problem("Timestamp", "2022-01-01 00:00:00", undefined);
  problem("Timestamp", "2022-01-01T00:00:00Z", "problem-date");
  problem("Timestamp ISO8601", "2022-01-01T00:00:00+08:00", undefined);
  problem("Timestamp ISO8601", "2022-01-01 00:00:00", "problem-date");
});

test("a string is not a number", () => {
  problem("String", "00123", undefined);
  assert.equal(write(fromText("String", "00123")), '"00123"');
  assert.equal(check({ type: "String" }, parse("123"))?.key, "problem-string");
  assert.equal(check({ type: "Integer" }, "123")?.key, "problem-integer");
  assert.equal(check({ type: "Boolean" }, "true")?.key, "problem-boolean");
});

test("values convert from and to text", () => {
  for (const json of ["1.10", '"a"', "true"]) assert.equal(toText(parse(json)), String(json.replaceAll('"', "")));
  for (const json of ["null", "[]", "{}"]) assert.equal(toText(parse(json)), undefined);
});

test("types are classified", () => {
  assert.equal(itemType("Array of Array of Tag"), "Array of Tag");
  assert.equal(dataType("Array of Array of Tag"), "Tag");
  assert.equal(dataType("Timestamp ISO8601"), undefined);
  assert.equal(dataType("constructor"), "constructor");
  assert.equal(isScalar("constructor"), false);
  assert.equal(write(initial("Array of Tag")), "[]");
  assert.equal(write(initial("Tag")), "{}");
});
