/** Each text that the page asks for by a fixed key is in the table of texts. */

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const assets = new URL("../../assets/", import.meta.url);
const table = new URL("../../src/words/table.rs", import.meta.url);

test("the table has all texts", () => {
  const words = readFileSync(table, "utf8");
  const sources = readdirSync(assets).filter((name) => name.endsWith(".js"));
  const keys = sources.flatMap((name) =>
    [...readFileSync(new URL(name, assets), "utf8").matchAll(/\bword\("([\w-]+)"/g)].map(([, key]) => key),
  );
  assert.ok(keys.length > 50);
  const missing = keys.filter((key) => !words.includes(`"${key}"`));
  assert.deepEqual([...new Set(missing)], []);
});
