/** Tests history, links, the removal of secrets, and diffs. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { diff } from "../../assets/diff.js";
import { parse } from "../../assets/exact.js";
import { entryOf, keep, load } from "../../assets/history.js";
import { fromFragment, toFragment } from "../../assets/link.js";
import { withoutSecrets } from "../../assets/secrets.js";
import { write } from "../../assets/write.js";

const SECRET = "pl4nted";
const parameters = parse(
  `{"Name":"x","Password":"${SECRET}","List":[{"SecretKey":"${SECRET}"}],"tokens":["${SECRET}"],
    "Login":{"private_key":{"pem":"${SECRET}"},"User":"u"},"ApiKey":"${SECRET}","AccessKeys":["${SECRET}"],"Credential":null,"ClientToken":"t","NextToken":"n","MaxTokens":100,"NeedToken":true,"PreShareKey":"${SECRET}","Pwd":"${SECRET}","UserSig":"${SECRET}"}`,
);
const call = { time: "2026-01-01T00:00:00Z", of: { site: "intl", service: "cvm", version: "v", action: "A" } };

/** A storage with a size limit. */
class Store {
  items = new Map();
  limit = Infinity;
  getItem = (key) => this.items.get(key) ?? null;
  setItem = (key, value) => {
    if (value.length > this.limit) throw new Error("QuotaExceededError");
    this.items.set(key, value);
  };
}

beforeEach(() => {
  globalThis.localStorage = new Store();
});

test("secrets are omitted and listed", () => {
  const { value, hidden } = withoutSecrets(parameters, {});
  assert.deepEqual(hidden, ["Password", "List.0.SecretKey", "tokens", "Login.private_key", "ApiKey", "AccessKeys", "PreShareKey", "Pwd", "UserSig"]);
  assert.ok(!write(value).includes(SECRET));
  for (const kept of ['"User":"u"', '"NextToken":"n"', '"MaxTokens":100', '"NeedToken":true', '"Credential":null'])
    assert.ok(write(value).includes(kept), kept);
  assert.ok(!write(value).includes('"Password"'));
  assert.ok(write(parameters).includes(SECRET), "the original is untouched");
});

test("marks of the spec take precedence over names", () => {
  const secrets = {
    "": { Pin: true, Login: "Login", Logins: "Login", Number: true, Flag: true },
    Login: { Inner: "Inner", PasswordHint: false },
    Inner: { Inner: "Inner", Code: true },
  };
  const parameters = parse(
    `{"Pin":"${SECRET}","Number":7,"Flag":false,"Other":{"Code":"c","Inner":{"Code":"c"}},"Code":"c",
      "Login":{"PasswordHint":"hint","Password":"${SECRET}","Inner":{"Inner":[{"Code":"${SECRET}"}],"Code":null}},
      "Logins":[[{"Inner":{"Code":["${SECRET}"]}}]],"__proto__":{"Pin":"p"}}`,
  );
  const { value, hidden } = withoutSecrets(parameters, secrets);
  assert.deepEqual(hidden, ["Pin", "Number", "Flag", "Login.Password", "Login.Inner.Inner.0.Code", "Logins.0.0.Inner.Code"]);
  const kept = '{"Other":{"Code":"c","Inner":{"Code":"c"}},"Code":"c","Login":{"PasswordHint":"hint","Inner":{"Inner":[{}],"Code":null}},"Logins":[[{"Inner":{}}]],"__proto__":{"Pin":"p"}}';
  assert.equal(write(value), kept);
  const entry = entryOf({ ...call, target: "emulator", region: null, outcome: "200" }, parameters, secrets);
  assert.ok(!JSON.stringify(entry).includes(SECRET));
  const link = toFragment(parameters, null, secrets);
  assert.ok(!link.fragment.includes(SECRET));
  assert.deepEqual(link.hidden, hidden);
});

test("history and links contain no secrets", () => {
  keep(entryOf({ ...call, target: "emulator", region: null, outcome: "200" }, parameters, {}));
  assert.ok(!JSON.stringify([...localStorage.items]).includes(SECRET));
  assert.equal(load().length, 1);
  assert.ok(!toFragment(parameters, null, {}).fragment.includes(SECRET));
});

test("history has a limit and survives full or damaged storage", () => {
  const entry = (outcome) => entryOf({ ...call, target: "emulator", region: null, outcome }, new Map(), {});
  for (let number = 0; number < 120; number += 1) keep(entry(String(number)));
  assert.deepEqual([load().length, load()[0].outcome], [100, "119"]);
  localStorage.limit = 5_000;
  keep(entry("last"));
  assert.equal(load()[0].outcome, "last");
  for (const damage of ["{", "null", '{"a":1}', '[null,1,{"of":{}}]']) {
    localStorage.items.set("tc3-history", damage);
    assert.deepEqual(load(), []);
  }
});

test("links round-trip", () => {
  const value = parse('{"Id":9007199254740993,"Text":"a&b=c#d 中 \\ud800"}');
  const link = fromFragment(`#${toFragment(value, "ap-tokyo", {}).fragment}`);
  assert.equal(write(link.parameters), write(value));
  assert.equal(link.region, "ap-tokyo");
});

test("an invalid link has a problem", () => {
  for (const fragment of ["#p=%", "#p=[1]", "#p=%7B", "#p=1"]) assert.ok(fromFragment(fragment).problem, fragment);
  assert.deepEqual(fromFragment("#elsewhere"), {});
});

test("a link omits parameters that are too long", () => {
  const long = new Map([["Long", "x".repeat(50_000)]]);
  assert.deepEqual(toFragment(long, "r", {}), { fragment: "r=r", isCut: true, hidden: [] });
  assert.deepEqual(toFragment(new Map([["A", "b"]]), null, {}), { fragment: "p=%7B%22A%22%3A%22b%22%7D", isCut: false, hidden: [] });
});

test("a diff shows changed lines", () => {
  const signs = (before, after) => diff(before, after).map(({ sign, line }) => sign + line);
  assert.deepEqual(signs("a\nb\nc", "a\nx\nc\nd"), [" a", "-b", "+x", " c", "+d"]);
  assert.deepEqual(signs("a\na\nb", "a\nb"), [" a", "-a", " b"]);
  assert.deepEqual(signs("same", "same"), [" same"]);
  const long = (name) => Array.from({ length: 5_000 }, (_, index) => `${name}${index}`).join("\n");
  assert.equal(diff(long("a"), long("b")).length, 10_000);
});
