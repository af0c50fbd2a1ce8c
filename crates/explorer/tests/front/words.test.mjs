/** Tests that the table of texts has exactly the texts in use. */

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const assets = new URL("../../assets/", import.meta.url);
const src = new URL("../../src/", import.meta.url);

/**
 * @param {URL} folder
 * @param {string} end
 * @returns {Map<string, string>} texts of files by their names
 */
function read(folder, end) {
  const names = readdirSync(folder, { recursive: true }).map(String).filter((name) => name.endsWith(end));
  return new Map(names.map((name) => [name, readFileSync(new URL(name, folder), "utf8")]));
}

const scripts = read(assets, ".js");
const rust = read(src, ".rs");
const table = rust.get("words/table.rs") ?? "";
rust.delete("words/table.rs");

/**
 * Returns the entries of a part of the table: key, English and Chinese.
 * @param {string} part
 */
function entries(part) {
  const text = table.slice(table.indexOf(`static ${part}:`)).split("\n];")[0] ?? "";
  const entry = /\(\s*"([\w-]+)",\s*"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)",?\s*\)/g;
  return [...text.matchAll(entry)].map(([, key = "", english = "", chinese = ""]) => ({ key, english, chinese }));
}

/**
 * Returns what a pattern captures in a text.
 * @param {string} text
 * @param {RegExp} pattern
 */
const all = (text, pattern) => [...text.matchAll(pattern)].map(([, found = ""]) => found);

/**
 * Returns the quoted texts of what a pattern captures in a file.
 * @param {Map<string, string>} files
 * @param {string} name
 * @param {RegExp} pattern
 */
const quoted = (files, name, pattern) => all(files.get(name) ?? "", pattern).flatMap((part) => all(part, /"([^"]*)"/g).filter(Boolean));

/** The source with the kinds of search results. */
const found = readFileSync(new URL("../../../catalogue/src/found.rs", import.meta.url), "utf8");

/** The ends of composed keys, by their start. @type {Record<string, string[]>} */
const COMPOSED = {
  "confirm-": quoted(rust, "api/call.rs", /let confirm = json!\(\{([^}]*)\}/g)
    .filter((name) => name !== "parameters"),
  "emulator-": quoted(scripts, "emulator.js", /const PARTS = \[([^\]]*)\]/g),
  "history-": quoted(scripts, "history.js", /const heads = \[([^\]]*)\]/g),
  "json-": [
    "end",
    ...quoted(scripts, "exact.js", /fail\(([^;]*)\)/g).filter((reason) => /^[a-z]{3,}$/.test(reason)),
    ...quoted(scripts, "json-view.js", /new ParseError\(("\w+")/g),
  ],
  "kind-": all(found, /=> (?:\{\s*)?\(\s*"(\w+)"/g).concat(
    all(found, /kind: if [^{]*\{\s*"(\w+)"/g),
    all(rust.get("api/search.rs") ?? "", /const ERROR: &str = "(\w+)"/g),
  ),
  "result-": all(scripts.get("result.js") ?? "", /^    (\w+): (?:async )?\(panel\) =>/gm),
  "sign-": all(scripts.get("signature.js") ?? "", /\{ name: "(\w+)"/g),
  "theme-": quoted(scripts, "theme.js", /const THEMES = \[([^\]]*)\]/g),
  "try-": all(rust.get("api/call.rs") ?? "", /Some\("(\w+)"\),/g),
};

const composed = Object.entries(COMPOSED).flatMap(([start, ends]) => ends.map((end) => start + end));
const steps = quoted(scripts, "signature.js", /step\(("[\w-]+")/g);

test("each composed key has several ends", () => {
  for (const [start, ends] of Object.entries(COMPOSED)) assert.ok(new Set(ends).size > 2, `${start} ${ends}`);
  const templates = all([...scripts.values()].join("\n"), /\bword\(`([\w-]+-)\$\{/g);
  assert.deepEqual([...new Set(templates)].sort(), Object.keys(COMPOSED));
});

test("the table has exactly the texts of scripts", () => {
  const known = entries("SCRIPTS").map(({ key }) => key);
  const text = [...scripts.values()].join("\n");
  const used = [...all(text, /\bword\("([\w-]+)"/g), ...all(text, /\bkey: "([\w-]+)"/g), ...composed];
  used.push(...steps, ...steps.map((key) => `${key}-text`));
  assert.ok(used.length > 100);
  assert.deepEqual([...new Set(used.filter((key) => !known.includes(key)))], [], "missing");
  const named = new Set([...used, ...all(text, /"([\w-]+)"/g)]);
  assert.deepEqual(known.filter((key) => !named.has(key)), [], "unused");
  assert.equal(new Set(known).size, known.length, "twice");
});

test("the table has exactly the texts of pages", () => {
  const known = entries("WORDS").map(({ key }) => key);
  const text = [...rust.values()].join("\n");
  const used = all(text, /\btext\("([\w-]+)"\)/g);
  assert.ok(used.length > 30);
  assert.deepEqual(used.filter((key) => !known.includes(key)), [], "missing");
  const named = new Set([...used, ...quoted(rust, "pages/action.rs", /(?:TABS: [^=]*= \[|for \(part, value\) in \[)([^;{]*)/g), "intl", "mainland"]);
  assert.deepEqual(known.filter((key) => !named.has(key)), [], "unused");
  assert.equal(new Set(known).size, known.length, "twice");
});

test("both languages have the same placeholders", () => {
  for (const { key, english, chinese } of [...entries("WORDS"), ...entries("SCRIPTS")]) {
    assert.ok(english && chinese, key);
    assert.deepEqual(all(chinese, /\{(\w+)\}/g).sort(), all(english, /\{(\w+)\}/g).sort(), key);
  }
});
