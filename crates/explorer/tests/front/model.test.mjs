/** Tests the model of the parameters. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "../../assets/exact.js";
import { Model } from "../../assets/model.js";
import { Place } from "../../assets/place.js";
import { write } from "../../assets/write.js";

/** Creates a model from JSON. */
function model(text) {
  const edited = new Model();
  edited.replace(parse(text));
  return edited;
}

const text = (edited) => write(edited.root);

test("parents are created", () => {
  const edited = model("{}");
  edited.set(["Filters", 0, "Values", 0], "a");
  assert.equal(text(edited), '{"Filters":[{"Values":["a"]}]}');
});

test("unset, empty and null differ", () => {
  const edited = model('{"a":"","b":null,"c":{},"d":[]}');
  assert.equal(edited.get(["a"]), "");
  assert.equal(edited.get(["b"]), null);
  assert.equal(edited.get(["c", "x"]), undefined);
  assert.equal(edited.get(["e"]), undefined);
});

test("unsetting removes empty parents except items", () => {
  const edited = model('{"P":{"Q":{"Zone":"x"}},"L":[{"A":1}],"S":"s"}');
  edited.unset(["P", "Q", "Zone"]);
  edited.unset(["L", 0, "A"]);
  edited.unset(["S", "x"]);
  assert.equal(text(edited), '{"L":[{}],"S":"s"}');
});

test("items are inserted, duplicated, moved and removed", () => {
  const edited = model('{"L":[{"A":1}]}');
  edited.duplicate(["L"], 0);
  edited.set(["L", 1, "A"], "copy");
  edited.insert(["L"], 2, "last");
  edited.move(["L"], 2, 0);
  edited.move(["L"], 0, 9);
  assert.equal(text(edited), '{"L":["last",{"A":1},{"A":"copy"}]}');
  edited.remove(["L"], 1);
  edited.insert(["M"], 0, "first");
  assert.equal(text(edited), '{"L":["last",{"A":"copy"}],"M":["first"]}');
});

test("no name is special", () => {
  const edited = model("{}");
  edited.set(["__proto__", "polluted"], true);
  assert.equal({}.polluted, undefined);
  assert.equal(text(edited), '{"__proto__":{"polluted":true}}');
});

test("an index beyond the end appends", () => {
  const edited = model('{"L":[]}');
  edited.set(["L", 1_000_000_000], "x");
  assert.equal(text(edited), '{"L":["x"]}');
});

test("changes have a path and an origin", () => {
  const edited = model("{}");
  const seen = [];
  edited.addEventListener("change", (event) => seen.push([event.path, event.origin]));
  edited.set(["a"], "x", "form");
  edited.unset(["a"]);
  assert.deepEqual(seen, [[["a"], "form"], [["a"], undefined]]);
});

test("paths follow a changed index", () => {
  const list = new Place(new Place(null, ""), "Filters");
  const item = new Place(list, 3);
  const name = new Place(item, "Name");
  item.key = 0;
  assert.deepEqual(name.path, ["Filters", 0, "Name"]);
  assert.equal(name.text, "Filters[0].Name");
});
