/**
 * The page of an action: ties the parameters to the views that show and edit them.
 */

import { messageOf, post } from "./api.js";
import { errorView, showAnswer } from "./answer.js";
import { CallBar } from "./call.js";
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
import { enableTabs } from "./tabs.js";
import { word } from "./words.js";
import { write } from "./write.js";

/**
 * @typedef {import("./contract.js").ActionData} ActionData
 * @typedef {import("./contract.js").Answer} Answer
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
    // The number of the check asked last: answers to older ones are dropped.
    this.checks = 0;
    const tablist = /** @type {HTMLElement} */ (document.querySelector("main [role=tablist]"));

    const rows = element("div", { class: "form" });
    this.problems = element("div", { class: "problems", role: "status" });
    panelOf("form").replaceChildren(this.toolbar(), this.problems, rows);
    this.form = new Form(rows, action, this.model, this.types, document.getElementById("field-help"));
    this.json = new JsonView(panelOf("json"), this.model);
    this.derived = new DerivedTabs(panelOf, action.languages, () => this.body());
    const barNode = document.getElementById("call") ?? element("div", { id: "call" });
    if (!barNode.isConnected) tablist.before(barNode);
    this.changed = debounce(250, () => this.follow());
    this.bar = new CallBar(barNode, action, {
      obstacle: () => this.obstacle(),
      body: () => this.body(),
      onanswer: (answer, body) => this.answered(answer, body),
      onerror: (error, body) => this.failed(error, body),
      onchange: () => this.changed(),
    });
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
      if (problem) this.tell(problem);
      select.value = "";
    });
    return element(
      "div",
      { class: "toolbar" },
      button(word("paste"), () => openPaste(this.of, (pasted) => this.pasted(pasted))),
      examples.length > 0 && select,
      button(word("clear"), () => this.fill(new Map(), null)),
    );
  }

  /** What the server is asked with. */
  body() {
    const target = this.bar.targetSelect.value;
    return { of: this.of, target, region: this.bar.region, parameters: write(this.model.root) };
  }

  /** Why nothing can be called now; empty if it can. */
  obstacle() {
    this.form.validate();
    if (this.tabs.current() !== "json") return "";
    this.json.read();
    return this.json.isInvalid ? word("json-invalid") : "";
  }

  /** Lets the link, the problems and the shown tab follow the parameters. */
  follow() {
    const fragment = toFragment(this.model.root, this.bar.region);
    history.replaceState(null, "", fragment ? `#${fragment}` : location.pathname + location.search);
    void this.check();
    void this.derived.refresh(this.tabs.current());
  }

  /** Fills the form from the link. */
  readLink() {
    const link = fromFragment(location.hash);
    if (link.region) this.bar.region = link.region;
    if (link.parameters) this.model.replace(link.parameters);
    if (link.problem) this.tell(word("link-problem", { detail: link.problem }));
  }

  /** @param {string} problem */
  tell(problem) {
    this.problems.replaceChildren(element("p", { class: "problem" }, problem));
  }

  /** Shows what the server finds wrong with the parameters. */
  async check() {
    const number = (this.checks += 1);
    try {
      /** @type {{problems: import("./contract.js").Problem[]}} */
      const found = this.model.root.size ? await post("/api/check", this.body()) : { problems: [] };
      if (number !== this.checks) return;
      const nodes = found.problems.map(({ path, message, similar }) => {
        const hint = similar?.length ? ` ${word("similar", { names: similar.join(", ") })}` : "";
        const go = button(path || "{}", () => void this.form.reveal(path), { class: "link" });
        return element("p", { class: "problem" }, go, ` ${message}${hint}`);
      });
      this.problems.replaceChildren(...nodes);
    } catch (error) {
      this.tell(messageOf(error));
    }
  }

  /** Brings the shown tab up to date. */
  refresh() {
    const tab = this.tabs.current();
    if (tab === "form") this.form.refresh();
    if (tab === "json") this.json.refresh();
    if (tab === "history")
      showHistory(panelOf(tab), this.of, (parameters, entry) => this.fill(parameters, entry.region));
    void this.derived.refresh(tab);
  }

  /**
   * Takes parameters from elsewhere and shows the form.
   * @param {Map<string, Value>} parameters
   * @param {string | null | undefined} region
   */
  fill(parameters, region) {
    if (region) this.bar.region = region;
    this.model.replace(parameters);
    this.tabs.show("form");
  }

  /**
   * Fills the form from JSON text; returns a problem if there is one.
   * @param {string} text
   * @param {string} [region]
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
   * Fills the form from what was pasted, or goes to the action that it is for.
   * @param {import("./contract.js").Pasted} pasted
   */
  pasted({ of, region, parameters, notes }) {
    if (pagePath(of) !== pagePath(this.of)) {
      const value = parse(parameters);
      location.assign(`${pagePath(of)}#${value instanceof Map ? toFragment(value, region ?? null) : ""}`);
      return undefined;
    }
    const problem = this.fillText(parameters, region);
    if (!problem) this.problems.replaceChildren(...(notes ?? []).map((note) => element("p", { class: "note" }, note)));
    return problem;
  }

  /**
   * @param {string} outcome
   * @param {CallBody} body what was sent
   */
  remember(outcome, { of, target, region, parameters }) {
    const value = parse(parameters);
    if (!(value instanceof Map)) return;
    keep(entryOf({ time: new Date().toISOString(), of, target, region, outcome }, value));
  }

  /**
   * @param {Answer} answer
   * @param {CallBody} body
   */
  answered(answer, body) {
    const outcome = answer.error ? answer.error.code ?? word("call-failed") : String(answer.status ?? word("history-ok"));
    this.remember(outcome, body);
    this.tabs.show("answer");
    showAnswer(panelOf("answer"), answer, this.action, this.types, (parameters) => {
      const value = parse(parameters);
      if (value instanceof Map) this.model.replace(value);
      void this.bar.call();
    });
  }

  /**
   * @param {import("./contract.js").CallError} error
   * @param {CallBody} body
   */
  failed(error, body) {
    this.remember(error.code ?? word("call-failed"), body);
    this.tabs.show("answer");
    panelOf("answer").replaceChildren(errorView(error));
  }
}
