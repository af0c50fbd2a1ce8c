/**
 * The call bar: selects target and region, and starts and aborts the call.
 */

import { ApiError, messageOf, post } from "./api.js";
import { button, element, freshId, openDialog, options, steady } from "./dom.js";
import { parse } from "./exact.js";
import { word } from "./words.js";
import { write } from "./write.js";

/**
 * @typedef {import("./contract.js").ActionData} ActionData
 * @typedef {import("./contract.js").CallResult} CallResult
 * @typedef {import("./contract.js").CallBody} CallBody
 * @typedef {import("./contract.js").CallError} CallError
 */

/** Fields of an error without a response. */
const NO_RESPONSE = { code: null, meaning: null, try: null, client_token: null };

/** The call bar of an action. */
export class CallBar {
  /**
   * @param {HTMLElement} node
   * @param {ActionData} action
   * @param {{
   *   blocker: () => string, body: () => CallBody, onresult: (result: CallResult, body: CallBody) => void,
   *   onerror: (error: CallError, body: CallBody) => void, onchange: () => void,
   * }} page `blocker` returns why the call cannot be made; empty if it can
   */
  constructor(node, action, page) {
    this.action = action;
    this.page = page;
    /** @type {AbortController | undefined} */
    this.running = undefined;
    const [target, region, regions] = [freshId(), freshId(), freshId()];
    const targets = action.targets.map(({ name, title }) => /** @type {[string, string]} */ ([name, title]));
    this.targetSelect = element("select", { id: target, onchange: () => { this.update(); page.onchange(); } }, ...options(targets, action.target));
    this.regionInput = element("input", {
      id: region,
      type: "text",
      list: regions,
      autocomplete: "off",
      spellcheck: "false",
      oninput: () => page.onchange(),
    });
    this.callButton = button(word("call"), () => void this.call(), { class: "primary", title: "Ctrl+Enter" });
    this.abortButton = button(word("abort"), () => this.running?.abort(), { hidden: true });
    this.note = element("span");
    this.status = element("span", { class: "status", role: "status" });
    /** @type {Map<string, HTMLElement>} */
    this.notices = new Map();
    this.noticeList = element("div", { class: "notices", role: "status" });
    const needsRegion = action.region !== "unused";
    node.replaceChildren(
      element("label", { for: target }, word("target")),
      this.targetSelect,
      ...(needsRegion ? [element("label", { for: region }, word("region")), this.regionInput] : []),
      element("datalist", { id: regions }, ...action.regions.map((value) => element("option", { value }))),
      this.callButton,
      this.abortButton,
      element("div", { class: "line" }, this.note, this.status),
      this.noticeList,
    );
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      void this.call();
    });
    this.update();
  }

  get target() {
    return this.action.targets.find(({ name }) => name === this.targetSelect.value);
  }

  get region() {
    return this.regionInput.value.trim() || null;
  }

  /** @param {string | null} region */
  set region(region) {
    this.regionInput.value = region ?? "";
  }

  /**
   * Shows a notice, which replaces the previous one of its name. An empty text removes that one.
   * @param {string} name
   * @param {string} text
   * @param {...Node} more buttons that solve the problem
   */
  notify(name, text, ...more) {
    const { notices } = this;
    if ((notices.get(name)?.firstChild?.textContent ?? "") === text) return;
    if (text) notices.set(name, element("p", { class: "notice" }, text, ...more.flatMap((node) => [" ", node])));
    else notices.delete(name);
    steady(() => this.noticeList.replaceChildren(...notices.values()));
  }

  /** Shows whether the target is a real account, and whether the action can be called there. */
  update() {
    const { target } = this;
    const isReal = !target?.is_emulator;
    const isForbidden = isReal && this.action.access === "write" && !this.action.can_write;
    this.callButton.disabled = isForbidden || this.running !== undefined;
    this.targetSelect.classList.toggle("real", isReal);
    this.regionInput.placeholder = target?.region ?? "";
    this.note.className = isReal ? "note" : "quiet";
    this.note.textContent = word(isForbidden ? "read-only" : isReal ? "real" : "emulator-note");
  }

  /**
   * Makes the call.
   * @param {CallBody} [confirmed] the body of a write, with the host that the user confirmed
   */
  async call(confirmed) {
    if (this.running || this.callButton.disabled) return;
    this.status.textContent = confirmed ? "" : this.page.blocker();
    if (this.status.textContent) return;
    const body = confirmed ?? this.page.body();
    const running = new AbortController();
    this.running = running;
    this.callButton.disabled = true;
    this.abortButton.hidden = false;
    this.status.textContent = word("calling");
    try {
      /** @type {CallResult} */
      const result = await post("/api/call", body, running.signal);
      this.status.textContent = word(result.error ? "call-failed" : "call-done", { time: result.milliseconds });
      this.page.onresult(result, body);
    } catch (error) {
      this.status.textContent = "";
      if (error instanceof ApiError && error.status === 409 && error.data?.confirm && !confirmed)
        this.confirm(error.data.confirm, body);
      else this.fail(error, running.signal.aborted, body);
    } finally {
      this.running = undefined;
      this.abortButton.hidden = true;
      this.update();
    }
  }

  /**
   * Reports why there is no result. If the request may have been sent, a write may have acted.
   * @param {unknown} error
   * @param {boolean} isAborted
   * @param {CallBody} body
   */
  fail(error, isAborted, body) {
    const isSent = isAborted || !(error instanceof ApiError) || error.status === 0 || error.status >= 500;
    const message = isAborted ? word("aborted") : messageOf(error);
    this.status.textContent = word("call-failed");
    const mayHaveActed = isSent && this.action.access === "write";
    this.page.onerror({ ...NO_RESPONSE, message, may_have_acted: mayHaveActed }, body);
  }

  /**
   * Asks before a write on a real account.
   * @param {import("./contract.js").Confirmation} confirmation
   * @param {CallBody} body the body to send after the confirmation, even if the form has changed
   */
  confirm(confirmation, body) {
    const { parameters, ...more } = confirmation;
    const facts = Object.entries(more).filter(([, value]) => value != null);
    const list = facts.map(([name, value]) =>
      element("div", {}, element("dt", {}, word(`confirm-${name}`)), element("dd", {}, String(value))),
    );
    const agree = button(word("confirm-call"), () => {
      dialog.close();
      void this.call({ ...body, confirmed: confirmation.host });
    }, { class: "danger" });
    const dialog = openDialog(
      word("confirm-title"),
      word("close"),
      element("p", {}, word("confirm-text")),
      element("dl", {}, ...list),
      element("pre", { class: "code", tabindex: 0 }, write(parse(parameters), "  ")),
      element("div", { class: "toolbar" }, button(word("cancel"), () => dialog.close(), { autofocus: true }), agree),
    );
  }
}
