/**
 * The result of a call: facts, problems, and views of the response as text, tree, table and headers.
 */

import { messageOf } from "./api.js";
import { copyButton } from "./clipboard.js";
import { button, element, freshId } from "./dom.js";
import { ParseError, parse } from "./exact.js";
import { problemText } from "./problems.js";
import { write } from "./write.js";
import { columnsOf, documentedFields, findList, tableView } from "./table.js";
import { enableTabs } from "./tabs.js";
import { textView } from "./text-view.js";
import { Tree } from "./tree.js";
import { word } from "./words.js";

/**
 * @typedef {import("./exact.js").Value} Value
 * @typedef {import("./contract.js").CallResult} CallResult
 * @typedef {import("./contract.js").ActionData} ActionData
 */

/** Length above which the text view first shows the body as received, because indenting it is slow. */
const LARGE = 1_000_000;

/**
 * Shows the result of a call.
 * @param {HTMLElement} node
 * @param {CallResult} result
 * @param {ActionData} action
 * @param {(name: string) => Promise<import("./contract.js").DataType>} types
 * @param {(parameters: string) => void} onnext requests the next page with these parameters
 */
export function showResult(node, result, action, types, onnext) {
  const root = once(() => read(result.body));
  const marks = new Map(result.deviations.problems.map((problem) => [inContent(problem.path), problemText(problem)]));
  /** @type {Tree | undefined} */
  let tree;

  /** @type {Record<string, (panel: HTMLElement) => void | Promise<void>>} */
  const views = {
    raw: (panel) => {
      const show = (/** @type {string} */ text) => {
        const view = textView(text, word("result-raw"));
        panel.replaceChildren(element("div", { class: "toolbar" }, copyButton(() => text, () => view)), view);
      };
      const showIndented = () => {
        const value = root();
        show(value === undefined ? result.body : write(value, "  "));
      };
      if (result.body.length <= LARGE) return showIndented();
      show(result.body);
      setTimeout(() => panel.isConnected && showIndented(), 100);
    },
    tree: (panel) => {
      const content = contentOf(root());
      if (content === undefined) return panel.replaceChildren(quiet("result-no-json"));
      tree = new Tree(content, word("result-tree"), marks);
      panel.replaceChildren(tree.node);
    },
    table: async (panel) => {
      const content = contentOf(root());
      const list = content === undefined ? undefined : findList(content, result.items);
      if (!list) return panel.replaceChildren(quiet("result-no-list"));
      /** @type {{name: string, type: string}[]} */
      let fields = [];
      try {
        fields = await documentedFields(list.path, action.response, types);
      } catch (error) {
        console.warn(messageOf(error));
      }
      const columns = columnsOf(list.items, fields.map((field) => field.name));
      panel.replaceChildren(tableView(list.items, columns, list.path || word("result-table")));
    },
    headers: (panel) => {
      const rows = result.headers.map(([name, value]) =>
        element("tr", {}, element("th", { scope: "row" }, name), element("td", {}, value)),
      );
      panel.replaceChildren(element("table", { class: "data" }, element("tbody", {}, ...rows)));
    },
  };

  const shown = subTabs(views);
  /** @param {string} path */
  const reveal = (path) => {
    shown.show("tree");
    tree?.reveal(inContent(path));
  };
  node.replaceChildren(
    facts(result),
    ...(result.error ? [errorView(result.error)] : []),
    ...(result.deviations.total ? [deviations(result, reveal)] : []),
    element(
      "div",
      { class: "toolbar" },
      shown.tablist,
      result.next && button(word("next-page"), () => onnext(result.next ?? "{}"), { class: "primary" }),
    ),
    ...shown.panels,
  );
  shown.show("raw");
}

/**
 * Builds tabs. Each panel is filled when it is first shown.
 * @param {Record<string, (panel: HTMLElement) => void | Promise<void>>} views
 */
function subTabs(views) {
  const prefix = freshId();
  /** @type {Set<string>} */
  const filled = new Set();
  const names = Object.keys(views);
  const panels = names.map((name) =>
    element("div", { id: `${prefix}-${name}`, role: "tabpanel", "aria-labelledby": `${prefix}-tab-${name}`, hidden: true }),
  );
  const tabs = names.map((name) =>
    element(
      "button",
      { type: "button", role: "tab", id: `${prefix}-tab-${name}`, "data-tab": name, "aria-controls": `${prefix}-${name}` },
      word(`result-${name}`),
    ),
  );
  const tablist = element("div", { role: "tablist", "aria-label": word("result"), class: "small" }, ...tabs);
  const show = (/** @type {string} */ name) => {
    const panel = panels[names.indexOf(name)];
    if (!panel || filled.has(name)) return;
    filled.add(name);
    void views[name]?.(panel);
  };
  let tabsApi = /** @type {ReturnType<typeof enableTabs> | undefined} */ (undefined);
  return {
    tablist,
    panels,
    /** @param {string} name */
    show: (name) => (tabsApi ??= enableTabs(tablist, show)).show(name),
  };
}

/**
 * Parses the body; returns undefined if it is not JSON.
 * @param {string} body
 * @returns {Value | undefined}
 */
function read(body) {
  try {
    return parse(body);
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}

/**
 * Returns the member `Response`, or the whole value if it has none.
 * @param {Value | undefined} root
 */
const contentOf = (root) => (root instanceof Map ? root.get("Response") ?? root : root);

/**
 * Returns a function that computes a value once.
 * @template T
 * @param {() => T} compute
 * @returns {() => T}
 */
function once(compute) {
  /** @type {{value: T} | undefined} */
  let computed;
  return () => (computed ??= { value: compute() }).value;
}

/**
 * Returns a path without its first name `Response`.
 * @param {string} path
 */
const inContent = (path) => path.replace(/^Response\./, "");

/**
 * Builds a paragraph with a text of the interface.
 * @param {string} key
 */
const quiet = (key) => element("p", { class: "quiet" }, word(key));

/**
 * Builds the list of facts about a call.
 * @param {CallResult} result
 */
function facts(result) {
  /** @type {[key: string, value: string | number | undefined][]} */
  const entries = [
    ["fact-status", result.status],
    ["fact-time", `${result.milliseconds} ms`],
    ["fact-attempts", result.attempts],
    ["fact-request-id", result.request_id],
  ];
  const shown = entries.filter(([, value]) => value !== undefined);
  return element(
    "div",
    { class: "facts" },
    element(
      "dl",
      {},
      ...shown.map(([key, value]) => element("div", {}, element("dt", {}, word(key)), element("dd", {}, String(value)))),
    ),
    result.emulated && element("p", { class: "notice" }, word("emulated")),
  );
}

/**
 * Builds the view of an error.
 * @param {import("./contract.js").CallError} error
 */
export function errorView(error) {
  return element(
    "div",
    { class: "failure", role: "alert" },
    element("h2", {}, error.code ?? word("call-failed")),
    element("p", {}, error.message),
    error.meaning && element("p", {}, element("b", {}, word("error-meaning")), " ", error.meaning),
    error.try && element("p", {}, element("b", {}, word("error-try")), " ", word(`try-${error.try}`)),
    error.may_have_acted && element("p", {}, element("b", {}, word("may-have-acted"))),
    error.may_have_acted && error.client_token && element("p", {}, word("same-token", { token: error.client_token })),
  );
}

/**
 * Builds the list of deviations from the documentation.
 * @param {CallResult} result
 * @param {(path: string) => void} reveal
 */
function deviations(result, reveal) {
  const { problems, total } = result.deviations;
  const items = problems.map((problem) => {
    const go = button(problem.path, () => reveal(problem.path), { class: "link" });
    return element("li", {}, go, " ", problemText(problem));
  });
  const more = total - items.length;
  if (more > 0) items.push(element("li", {}, word("more-problems", { count: more })));
  const summary = element("summary", {}, word("deviations", { count: total }));
  return element("details", { class: "deviations" }, summary, element("ul", {}, ...items));
}
