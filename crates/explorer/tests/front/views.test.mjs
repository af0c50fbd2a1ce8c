/** Tests the functions of views that need no document. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "../../assets/exact.js";
import { columnsOf, documentedFields, findList } from "../../assets/table.js";
import { pieces } from "../../assets/text-view.js";

test("pieces end with lines", () => {
  const lines = Array.from({ length: 5_000 }, (_, index) => `line ${index}`).join("\n");
  for (const text of [lines, "x".repeat(20_000_000), "😀".repeat(20_000), "", "\n".repeat(20_000)]) {
    const cut = pieces(text);
    assert.equal(cut.join(""), text);
    for (const piece of cut) assert.ok(piece.length <= 8_001 && piece.isWellFormed());
  }
  assert.ok(pieces(lines).slice(0, -1).every((piece) => piece.endsWith("\n")));
});

test("the table shows the list at a path or the longest list", () => {
  const root = parse('{"A":[{"x":1}],"Data":{"Items":[{"y":1},{"y":2}]},"Names":["a","b","c"]}');
  assert.equal(findList(root, "A").path, "A");
  assert.equal(findList(root, "Missing.Path").path, "Data.Items");
  assert.equal(findList(root).path, "Data.Items");
  assert.equal(findList(parse('{"Names":["a"]}')), undefined);
  assert.equal(findList(parse('[{"a":1}]')).path, "");
});

test("documented columns come first", () => {
  const { items } = findList(parse('{"L":[{"z":1,"b":2},{"a":3,"__proto__":4}]}'));
  assert.deepEqual(columnsOf(items, ["a", "b", "c"]), ["a", "b", "z", "__proto__"]);
});

test("documented fields follow data types", async () => {
  const types = async (name) => ({ fields: name === "Data" ? [{ name: "Items", type: "Array of Item" }] : [{ name: "y", type: "String" }] });
  const fields = await documentedFields("Data.Items", [{ name: "Data", type: "Data" }], types);
  assert.deepEqual(fields.map(({ name }) => name), ["y"]);
  assert.deepEqual(await documentedFields("No.Such", [], types), []);
});
