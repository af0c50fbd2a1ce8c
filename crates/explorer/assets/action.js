/**
 * The page of an action: connects the parameters to the views that show and edit them.
 */

import { messageOf, post } from "./api.js";
import { errorView, showResult } from "./result.js";
import { CallBar } from "./call.js";
import { copyJson } from "./clipboard.js";
import { parseMessage } from "./controls.js";
import { DerivedTabs } from "./derived.js";
import { button, debounce, element } from "./dom.js";
import { ParseError, parse } from "./exact.js";
import { Form, typeCache } from "./form.js";
import { entryOf, keep, showHistory } from "./history.js";
import { JsonView } from "./json-view.js";
import { fromFragment, pagePath, toFragment } from "./link.js";
import { Model } from "./model.js";
import { openPaste } from "./paste.js";
import { ProblemList } from "./problems.js";
import { enableTabs } from "./tabs.js";
import { word } from "./words.js";
import { write } from "./write.js";

/**
 * @typedef {import("./contract.js").ActionData} ActionData
 * @typedef {import("./contract.js").CallResult} CallResult
 * @typedef {import("./contract.js").CallBody} CallBody
 * @typedef {import("./exact.js").Value} Value
 */

/**
 * Returns the panel of a tab.
 * @param {string} tab
 */
function panelOf(tab) {
  const panel = document.getElementById(`panel-${tab}`);
  if (!panel) throw new Error(`the page has no #panel-${tab}`);
  return panel;
}

/** The page of an action. */
export class ActionPage {
  /** @param {ActionData} action */
  constructor(action) {
    this.action = action;
    this.of = { site: action.site, service: action.service, version: action.version, action: action.action };
    this.model = new Model();
    this.types = typeCache(this.of);
    // The number of the latest check. The page drops results of older ones.
    this.checks = 0;
    const tablist = /** @type {HTMLElement} */ (document.querySelector("main [role=tablist]"));

    const rows = element("div", { class: "form" });
    this.problems = new ProblemList((path) => void this.form.reveal(path));
    panelOf("form").replaceChildren(this.toolbar(), rows, this.problems.node);
    this.form = new Form(rows, action, this.model, this.types, document.getElementById("field-help"));
    this.derived = new DerivedTabs(panelOf, action.languages, () => this.body());
    const barNode = document.getElementById("call") ?? element("div", { id: "call" });
    if (!barNode.isConnected) tablist.before(barNode);
    this.changed = debounce(250, () => this.update());
    this.bar = new CallBar(barNode, action, {
      blocker: () => this.blocker(),
      body: () => this.body(),
      onresult: (result, body) => this.showResult(result, body),
      onerror: (error, body) => this.showError(error, body),
      onchange: () => this.changed(),
    });
    this.json = new JsonView(panelOf("json"), this.model, (isInvalid) => this.notifyInvalid(isInvalid));
    this.tabs = enableTabs(tablist, () => this.refresh());

    this.readLink();
    this.model.addEventListener("change", () => this.changed());
    addEventListener("hashchange", () => {
      this.readLink();
      this.refresh();
    });
    this.tabs.show("form");
  }

  /** Builds the buttons above the form. */
  toolbar() {
    const { examples } = this.action;
    const choices = examples.map(({ title }, index) =>
      element("option", { value: index }, title ?? word("example", { number: index + 1 })),
    );
    const select = element(
      "select",
      { "aria-label": word("examples") },
      element("option", { value: "" }, word("examples")),
      ...choices,
    );
    select.addEventListener("change", () => {
      const problem = this.fillText(examples[Number(select.value)]?.request ?? "{}");
      this.bar.notify("text", problem ?? "");
      select.value = "";
    });
    return element(
      "div",
      { class: "toolbar" },
      button(word("paste"), () => openPaste(this.of, (pasted) => this.pasted(pasted))),
      examples.length > 0 && select,
      button(word("clear"), () => this.fill(new Map(), null)),
      this.problems.count,
    );
  }

  /**
   * Returns the body of requests about the call.
   * @returns {CallBody}
   */
  body() {
    const target = this.bar.targetSelect.value;
    return { of: this.of, target, region: this.bar.region, parameters: write(this.model.root) };
  }

  /** Applies pending input, and returns why the call cannot be made; empty if it can. */
  blocker() {
    this.json.settle();
    this.form.validate();
    if (this.json.isInvalid) return word("json-invalid");
    const invalid = this.form.invalid();
    return invalid ? word("json-invalid-in", { name: invalid.text }) : "";
  }

  /**
   * Shows a notice on all tabs while the JSON text is invalid: a call would send an older text.
   * @param {boolean} isInvalid
   */
  notifyInvalid(isInvalid) {
    const go = () => {
      this.tabs.show("json");
      this.json.goToProblem();
    };
    this.bar.notify("json", isInvalid ? word("json-invalid") : "", button(word("go-to"), go, { class: "quiet" }));
  }

  /** Updates the link, the problems and the shown tab after a change of the parameters. */
  update() {
    const { fragment, isCut, hidden } = toFragment(this.model.root, this.bar.region, this.action.secrets);
    const notice = isCut ? word("link-too-long") : hidden.length ? word("link-secrets", { names: hidden.join(", ") }) : "";
    this.bar.notify("link", notice, ...(isCut ? [copyJson(() => this.model.root)] : []));
    history.replaceState(null, "", fragment ? `#${fragment}` : location.pathname + location.search);
    void this.check();
    void this.derived.refresh(this.tabs.current());
  }

  /** Fills the form from the link. */
  readLink() {
    const link = fromFragment(location.hash);
    if (link.region) this.bar.region = link.region;
    if (link.parameters) this.model.replace(link.parameters);
    this.bar.notify("text", link.problem ? word("link-problem", { detail: link.problem }) : "");
  }

  /** Lets the server check the parameters, and shows the problems. */
  async check() {
    const number = (this.checks += 1);
    try {
      /** @type {import("./contract.js").Checked} */
      const found = this.model.root.size ? await post("/api/check", this.body()) : { problems: [], total: 0 };
      if (number !== this.checks) return;
      this.bar.notify("check", "");
      this.problems.show(found);
      this.form.showProblems(found.problems);
    } catch (error) {
      if (number === this.checks) this.bar.notify("check", messageOf(error));
    }
  }

  /** Updates the shown tab. */
  refresh() {
    this.json.settle();
    const tab = this.tabs.current();
    if (tab === "form") this.form.refresh();
    if (tab === "json") this.json.refresh();
    if (tab === "history")
      showHistory(panelOf(tab), this.of, (parameters, entry) => this.fill(parameters, entry.region));
    void this.derived.refresh(tab);
  }

  /**
   * Replaces the parameters and shows the form.
   * @param {Map<string, Value>} parameters
   * @param {string | null | undefined} region
   */
  fill(parameters, region) {
    this.bar.notify("text", "");
    if (region) this.bar.region = region;
    this.model.replace(parameters);
    this.tabs.show("form");
  }

  /**
   * Fills the form from JSON text. Returns a message if the text is invalid.
   * @param {string} text
   * @param {string | null} [region]
   */
  fillText(text, region) {
    try {
      const value = parse(text);
      if (!(value instanceof Map)) return word("json-object");
      this.fill(value, region);
    } catch (error) {
      if (error instanceof ParseError) return parseMessage(error);
      throw error;
    }
    return undefined;
  }

  /**
   * Fills the form from pasted text, or opens the page of another action that the text is for. Returns a message if it
   * cannot.
   * @param {import("./contract.js").Pasted} pasted
   */
  pasted({ of, region, parameters, secrets }) {
    if (pagePath(of) === pagePath(this.of)) return this.fillText(parameters, region);
    const value = parse(parameters);
    const link = toFragment(value instanceof Map ? value : new Map(), region, secrets);
    if (link.isCut || link.hidden.length) return word("paste-there", { action: of.action });
    location.assign(`${pagePath(of)}#${link.fragment}`);
    return undefined;
  }

  /**
   * Adds a call to the history.
   * @param {string} outcome
   * @param {CallBody} body the body of the request
   */
  remember(outcome, { of, target, region, parameters }) {
    const value = parse(parameters);
    if (!(value instanceof Map)) return;
    keep(entryOf({ time: new Date().toISOString(), of, target, region, outcome }, value, this.action.secrets));
  }

  /**
   * Shows the result of a call, and adds the call to the history.
   * @param {CallResult} result
   * @param {CallBody} body
   */
  showResult(result, body) {
    const outcome = result.error ? result.error.code ?? word("call-failed") : String(result.status ?? word("history-ok"));
    this.remember(outcome, body);
    this.tabs.show("result");
    showResult(panelOf("result"), result, this.action, this.types, (parameters) => {
      const value = parse(parameters);
      if (value instanceof Map) this.model.replace(value);
      void this.bar.call();
    });
  }

  /**
   * Shows why a call has no result, and adds the call to the history.
   * @param {import("./contract.js").CallError} error
   * @param {CallBody} body
   */
  showError(error, body) {
    this.remember(error.code ?? word("call-failed"), body);
    this.tabs.show("result");
    panelOf("result").replaceChildren(errorView(error));
  }
}
