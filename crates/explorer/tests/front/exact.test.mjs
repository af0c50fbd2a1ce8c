/** Tests the JSON parser and writer, also with hostile input. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { DEPTH, Numeral, ParseError, parse } from "../../assets/exact.js";
import { write } from "../../assets/write.js";

/** Checks that a text round-trips. */
const survives = (text) => assert.equal(write(parse(text)), text);

/** Checks the reason and the position of a parse error. */
function fails(text, reason, line, column) {
  assert.throws(
    () => parse(text),
    (error) => {
      assert.ok(error instanceof ParseError, String(error));
      assert.deepEqual([error.reason, error.line, error.column], [reason, line, column], text);
      return true;
    },
  );
}

test("numbers keep their text", () => {
  for (const number of ["9007199254740993", "-0", "1.10", "1E+2", "18446744073709551615", "0.1e-400", "9".repeat(1000)])
    survives(number);
  assert.ok(parse("1") instanceof Numeral);
});

test("members keep their order and no name is special", () => {
  const text = '{"b":1,"10":2,"2":3,"__proto__":{"x":1},"constructor":null,"":[]}';
  survives(text);
  const value = parse(text);
  assert.deepEqual([...value.keys()], ["b", "10", "2", "__proto__", "constructor", ""]);
  assert.equal({}.x, undefined);
});

test("strings round-trip, also with lone surrogates", () => {
  survives('"a\\"b\\\\c\\n\\u0000 中文 😀 \\ud800"');
  assert.equal(parse('"\\ud83d\\ude00\\/"'), "😀/");
  assert.equal(write("\udc00"), '"\\udc00"');
});

test("empty, null and text differ", () => {
  survives('{"a":{},"b":[],"c":"","d":null,"e":false}');
});

test("text is indented", () => {
  const text = '{\n  "a": [\n    1,\n    {}\n  ],\n  "b": {\n    "c": []\n  }\n}';
  assert.equal(write(parse(text), "  "), text);
});

test("errors have a reason and a position", () => {
  fails("", "end", 1, 1);
  fails('{"a": 1,\n "a": 2}', "duplicate", 2, 2);
  fails("[1,\n2,]", "value", 2, 3);
  fails("[1 2]", "comma", 1, 4);
  fails("{a: 1}", "name", 1, 2);
  fails('{"a" 1}', "colon", 1, 6);
  fails('{"a": 1', "end", 1, 8);
  fails('"a\nb"', "control", 1, 3);
  fails('"\\x"', "escape", 1, 2);
  fails('"\\u12g4"', "escape", 1, 2);
  fails('"abc', "end", 1, 5);
  for (const number of ["01", "+1", "1.", ".5", "-", "1e", "0x10", "1a"]) fails(number, "number", 1, 1);
  for (const word of ["tru", "NaN", "Infinity", "undefined", "toString"]) fails(word, "value", 1, 1);
  fails("1 1", "rest", 1, 3);
  fails("\ufeff1", "value", 1, 1);
});

test("deep nesting is an error", () => {
  survives("[".repeat(DEPTH) + "]".repeat(DEPTH));
  fails("[".repeat(DEPTH + 1), "depth", 1, DEPTH + 1);
  fails('{"a":'.repeat(1_000_000), "depth", 1, DEPTH * 5 + 1);
});

test("parsing takes linear time", () => {
  const item = '{"InstanceId":"ins-0123456789","Memory":4,"Tags":[{"Key":"a","Value":"\\"b\\""}]}';
  const text = `[${Array(50_000).fill(item).join(",")}]`;
  survives(text);
  survives(`"${"x".repeat(5_000_000)}"`);
  survives("1".repeat(1_000_000));
});
