/**
 * The bar that calls the action: target, region, and the call itself, which can be aborted.
 */

import { ApiError, messageOf, post } from "./api.js";
import { button, element, freshId, openDialog, options, steady } from "./dom.js";
import { parse } from "./exact.js";
import { word } from "./words.js";
import { write } from "./write.js";

/**
 * @typedef {import("./contract.js").ActionData} ActionData
 * @typedef {import("./contract.js").Answer} Answer
 * @typedef {import("./contract.js").CallBody} CallBody
 * @typedef {import("./contract.js").CallError} CallError
 */

/** What is not known of a call without an answer. */
const NO_ANSWER = { code: null, meaning: null, try: null, client_token: null };

/** Chooses target and region, and calls. */
export class CallBar {
  /**
   * @param {HTMLElement} node
   * @param {ActionData} action
   * @param {{
   *   obstacle: () => string, body: () => CallBody, onanswer: (answer: Answer, body: CallBody) => void, onerror: (error: CallError, body: CallBody) => void, onchange: () => void,
   * }} page `obstacle` tells why nothing can be called now, if so
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
   * Shows a notice until the next one of its name; without a text, none.
   * @param {string} name
   * @param {string} text
   * @param {...Node} more what can be done about it
   */
  notify(name, text, ...more) {
    const { notices } = this;
    if ((notices.get(name)?.firstChild?.textContent ?? "") === text) return;
    if (text) notices.set(name, element("p", { class: "notice" }, text, ...more.flatMap((node) => [" ", node])));
    else notices.delete(name);
    steady(() => this.noticeList.replaceChildren(...notices.values()));
  }

  /** Shows what the chosen target means, and whether it can be called. */
  update() {
    const { target } = this;
    const isReal = !target?.is_emulator;
    const isBarred = isReal && this.action.access === "write" && !this.action.can_write;
    this.callButton.disabled = isBarred || this.running !== undefined;
    this.targetSelect.classList.toggle("real", isReal);
    this.regionInput.placeholder = target?.region ?? "";
    this.note.className = isReal ? "note" : "quiet";
    this.note.textContent = word(isBarred ? "read-only" : isReal ? "real" : "emulator-note");
  }

  /** @param {CallBody} [confirmed] what a person agreed to write, and to which host */
  async call(confirmed) {
    if (this.running || this.callButton.disabled) return;
    this.status.textContent = confirmed ? "" : this.page.obstacle();
    if (this.status.textContent) return;
    const body = confirmed ?? this.page.body();
    const running = new AbortController();
    this.running = running;
    this.callButton.disabled = true;
    this.abortButton.hidden = false;
    this.status.textContent = word("calling");
    try {
      /** @type {Answer} */
      const answer = await post("/api/call", body, running.signal);
      this.status.textContent = word(answer.error ? "call-failed" : "answered", { time: answer.milliseconds });
      this.page.onanswer(answer, body);
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
   * Tells why there is no answer. If the request may have left, a write may have acted.
   * @param {unknown} error
   * @param {boolean} isAborted
   * @param {CallBody} body
   */
  fail(error, isAborted, body) {
    const isSent = isAborted || !(error instanceof ApiError) || error.status === 0 || error.status >= 500;
    const message = isAborted ? word("aborted") : messageOf(error);
    this.status.textContent = word("call-failed");
    const mayHaveActed = isSent && this.action.access === "write";
    this.page.onerror({ ...NO_ANSWER, message, may_have_acted: mayHaveActed }, body);
  }

  /**
   * Asks before a write on a real account.
   * @param {import("./contract.js").Confirmation} confirmation
   * @param {CallBody} body what is sent if the person agrees, whatever the form has by then
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
