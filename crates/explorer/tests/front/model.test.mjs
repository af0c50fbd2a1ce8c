/** Tests the model of the parameters. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "../../assets/exact.js";
import { Model } from "../../assets/model.js";
import { Place } from "../../assets/place.js";
import { write } from "../../assets/write.js";

/** Creates a model from JSON. */
function model(text) {
  const made = new Model();
  made.replace(parse(text));
  return made;
}

const text = (made) => write(made.root);

test("parents are created", () => {
  const made = model("{}");
  made.set(["Filters", 0, "Values", 0], "a");
  assert.equal(text(made), '{"Filters":[{"Values":["a"]}]}');
});

test("unset, empty and null differ", () => {
  const made = model('{"a":"","b":null,"c":{},"d":[]}');
  assert.equal(made.get(["a"]), "");
  assert.equal(made.get(["b"]), null);
  assert.equal(made.get(["c", "x"]), undefined);
  assert.equal(made.get(["e"]), undefined);
});

test("unsetting removes empty parents except items", () => {
  const made = model('{"P":{"Q":{"Zone":"x"}},"L":[{"A":1}],"S":"s"}');
  made.unset(["P", "Q", "Zone"]);
  made.unset(["L", 0, "A"]);
  made.unset(["S", "x"]);
  assert.equal(text(made), '{"L":[{}],"S":"s"}');
});

test("items are inserted, duplicated, moved and removed", () => {
  const made = model('{"L":[{"A":1}]}');
  made.duplicate(["L"], 0);
  made.set(["L", 1, "A"], "copy");
  made.insert(["L"], 2, "last");
  made.move(["L"], 2, 0);
  made.move(["L"], 0, 9);
  assert.equal(text(made), '{"L":["last",{"A":1},{"A":"copy"}]}');
  made.remove(["L"], 1);
  made.insert(["M"], 0, "first");
  assert.equal(text(made), '{"L":["last",{"A":"copy"}],"M":["first"]}');
});

test("no name is special", () => {
  const made = model("{}");
  made.set(["__proto__", "polluted"], true);
  assert.equal({}.polluted, undefined);
  assert.equal(text(made), '{"__proto__":{"polluted":true}}');
});

test("an index beyond the end appends", () => {
  const made = model('{"L":[]}');
  made.set(["L", 1_000_000_000], "x");
  assert.equal(text(made), '{"L":["x"]}');
});

test("changes have a path and an origin", () => {
  const made = model("{}");
  const seen = [];
  made.addEventListener("change", (event) => seen.push([event.path, event.origin]));
  made.set(["a"], "x", "form");
  made.unset(["a"]);
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
