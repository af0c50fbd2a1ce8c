/**
 * Past calls, stored only in this browser, without secrets. The user can compare two, or fill the form from one.
 */

import { copyJson } from "./clipboard.js";
import { diff } from "./diff.js";
import { button, element, openDialog } from "./dom.js";
import { ParseError, parse } from "./exact.js";
import { write } from "./write.js";
import { pagePath, toFragment } from "./link.js";
import { withoutSecrets } from "./secrets.js";
import { word } from "./words.js";

/**
 * @typedef {import("./contract.js").ActionId} ActionId
 * @typedef {{
 *   time: string, of: ActionId, target: string, region: string | null, parameters: string, hidden: string[], outcome: string,
 * }} Entry `parameters` is JSON text; `hidden` are the paths of omitted values
 */

const KEY = "tc3-history";
const LIMIT = 100;

/**
 * Returns the stored calls, newest first.
 * @returns {Entry[]}
 */
export function load() {
  try {
    const entries = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(entries) ? entries.filter(isEntry) : [];
  } catch {
    return [];
  }
}

/** @param {any} entry */
const isEntry = (entry) =>
  typeof entry?.parameters === "string" && typeof entry.of?.action === "string" && Array.isArray(entry.hidden);

/**
 * Creates an entry without secrets.
 * @param {Omit<Entry, "hidden" | "parameters">} call
 * @param {Map<string, import("./exact.js").Value>} parameters
 * @param {import("./contract.js").Secrets} secrets
 * @returns {Entry}
 */
export function entryOf(call, parameters, secrets) {
  const { value, hidden } = withoutSecrets(parameters, secrets);
  return { ...call, parameters: write(value), hidden };
}

/**
 * Stores an entry. Removes the oldest ones if there are too many, or if the browser's storage is full.
 * @param {Entry} entry
 */
export function keep(entry) {
  for (let entries = [entry, ...load()].slice(0, LIMIT); entries.length; entries = entries.slice(0, -10))
    try {
      localStorage.setItem(KEY, JSON.stringify(entries));
      return;
    } catch {
      // The storage is full: retries with fewer entries.
    }
}

/** @param {Entry} entry */
function parametersOf(entry) {
  try {
    const value = parse(entry.parameters);
    return value instanceof Map ? value : new Map();
  } catch (error) {
    if (error instanceof ParseError) return new Map();
    throw error;
  }
}

/** @param {Entry} entry */
const nameOf = ({ of }) => `${of.service} ${of.version} ${of.action}`;

/**
 * Shows the history.
 * @param {HTMLElement} node
 * @param {ActionId} here
 * @param {(parameters: Map<string, import("./exact.js").Value>, entry: Entry) => void} refill
 */
export function showHistory(node, here, refill) {
  const entries = load();
  if (!entries.length) {
    node.replaceChildren(element("p", { class: "quiet" }, word("history-empty")));
    return;
  }
  /** @type {Entry[]} */
  let chosen = [];
  const compare = button(word("compare"), () => chosen[0] && chosen[1] && showComparison(chosen[1], chosen[0]));
  compare.disabled = true;
  const clear = button(word("history-clear"), () => {
    localStorage.removeItem(KEY);
    showHistory(node, here, refill);
  });

  const hasRegions = entries.some(({ region }) => region);
  const rows = entries.map((entry) => {
    const choice = element("input", { type: "checkbox", "aria-label": word("compare-choose", { name: nameOf(entry) }) });
    choice.addEventListener("change", () => {
      chosen = choice.checked ? [...chosen, entry] : chosen.filter((other) => other !== entry);
      chosen.sort((one, two) => entries.indexOf(one) - entries.indexOf(two));
      compare.disabled = chosen.length !== 2;
    });
    const parameters = parametersOf(entry);
    const again = pagePath(entry.of) === pagePath(here)
      ? [button(word("refill"), () => refill(parameters, entry))]
      : openLink(entry, parameters);
    const time = new Date(entry.time).toLocaleString(document.documentElement.lang);
    const cells = [time, nameOf(entry), entry.target, ...(hasRegions ? [entry.region ?? ""] : []), entry.outcome];
    return element(
      "tr",
      {},
      element("td", {}, choice),
      ...cells.map((text) => element("td", {}, text)),
      element("td", {}, ...again, entry.hidden.length > 0 && element("small", {}, ` ${word("secrets-left-out")}`)),
    );
  });
  const heads = ["", "time", "action", "target", "region", "outcome", ""];
  const shown = heads.filter((key) => key !== "region" || hasRegions);
  const head = shown.map((key) => (key ? element("th", { scope: "col" }, word(`history-${key}`)) : element("td")));
  const table = element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...rows));
  const scroll = element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": word("history") }, table);
  node.replaceChildren(element("div", { class: "toolbar" }, compare, clear), scroll);
}

/**
 * Builds the link to the action of an entry. If its parameters are too long for a link, adds a button that copies them.
 * @param {Entry} entry
 * @param {Map<string, import("./exact.js").Value>} parameters
 */
function openLink({ of, region }, parameters) {
  const { fragment, isCut } = toFragment(parameters, region, {});
  const link = element("a", { href: `${pagePath(of)}#${fragment}` }, word("open"));
  if (!isCut) return [link];
  return [link, element("small", {}, ` ${word("link-too-long")} `), copyJson(() => parameters)];
}

/**
 * Shows the differences of two entries.
 * @param {Entry} before
 * @param {Entry} after
 */
function showComparison(before, after) {
  const lines = diff(textOf(before), textOf(after));
  const shown = lines.map(({ sign, line }) => {
    const tag = sign === "+" ? "ins" : sign === "-" ? "del" : "span";
    return element(tag, {}, `${sign} ${line}\n`);
  });
  openDialog(word("compare"), word("close"), element("pre", { class: "diff", tabindex: 0 }, ...shown));
}

/** @param {Entry} entry */
function textOf(entry) {
  const facts = [nameOf(entry), entry.target, entry.region ?? "", entry.outcome];
  return `${facts.join("\n")}\n${write(parametersOf(entry), "  ")}`;
}
