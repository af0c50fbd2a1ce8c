/**
 * The emulator panel: state, requests, messages, faults and clock of a service version's emulator.
 */

import { getText, messageOf, postText } from "./api.js";
import { button, element, freshId, openDialog } from "./dom.js";
import { ParseError, parse } from "./exact.js";
import { write } from "./write.js";
import { enableTabs } from "./tabs.js";
import { textView } from "./text-view.js";
import { word } from "./words.js";

const PARTS = ["state", "requests", "outbox", "faults", "clock"];

/**
 * The commands of each part. `edit` is the initial text of the input whose text is sent; without it, there is only a
 * button.
 * @type {Record<string, {path: string, edit?: string, key: string}[]>}
 */
const COMMANDS = {
  state: [],
  requests: [{ path: "requests/clear", key: "requests-clear" }],
  outbox: [],
  faults: [
    { path: "faults", key: "fault-add", edit: '{"action": "…", "times": 1, "code": "InternalError"}' },
    { path: "faults/clear", key: "faults-clear" },
  ],
  clock: [
    { path: "clock", key: "clock-advance", edit: '{"advance": 3600}' },
    { path: "clock", key: "clock-set", edit: '{"stop_at": 1767225600}' },
    { path: "clock", key: "clock-real", edit: '{"ahead": 0}' },
  ],
};

/**
 * Opens the panel of a service version's emulator.
 * @param {{site: string, service: string, version: string}} of
 * @param {string} action the action of a new fault; empty on the page of the version
 */
export function openEmulator(of, action) {
  const query = new URLSearchParams(of);
  const prefix = freshId();
  const status = element("p", { class: "status", role: "status" });
  const panels = PARTS.map((part) => {
    const attributes = { id: `${prefix}-${part}`, role: "tabpanel", "aria-labelledby": `${prefix}-tab-${part}` };
    const view = element("div", { class: "part" });
    const commands = (COMMANDS[part] ?? []).map((command) => commandRow(command, () => show(part)));
    return { part, view, node: element("div", attributes, ...commands, view) };
  });
  const tabs = PARTS.map((part) =>
    element(
      "button",
      { type: "button", role: "tab", id: `${prefix}-tab-${part}`, "data-tab": part, "aria-controls": `${prefix}-${part}` },
      word(`emulator-${part}`),
    ),
  );

  /** @param {string} part */
  async function show(part) {
    const panel = panels.find((one) => one.part === part);
    try {
      const text = await getText(`/api/emulator/${part}?${query}`);
      panel?.view.replaceChildren(textView(indented(text), word(`emulator-${part}`)));
      status.textContent = "";
    } catch (error) {
      status.textContent = messageOf(error);
    }
  }

  /**
   * @param {{path: string, edit?: string, key: string}} command
   * @param {() => Promise<void>} ondone
   */
  function commandRow({ path, edit, key }, ondone) {
    const start = edit?.replace("…", action || "…");
    const input = start === undefined ? undefined : element("input", { class: "code", "aria-label": word(key) });
    if (input && start) input.value = start;
    const send = button(word(key), async () => {
      try {
        await postText(`/api/emulator/${path}?${query}`, input?.value ?? "{}");
        await ondone();
      } catch (error) {
        status.textContent = messageOf(error);
      }
    });
    return element("div", { class: "toolbar command" }, input, send);
  }

  const tablist = element("div", { role: "tablist", "aria-label": word("emulator"), class: "small" }, ...tabs);
  const dialog = openDialog(word("emulator"), word("close"), tablist, status, ...panels.map((panel) => panel.node));
  dialog.classList.add("wide");
  const { show: select, current } = enableTabs(tablist, (part) => void show(part));
  dialog.append(element("div", { class: "toolbar" }, button(word("refresh"), () => void show(current()))));
  select("state");
}

/** @param {string} text */
function indented(text) {
  try {
    return write(parse(text), "  ");
  } catch (error) {
    if (error instanceof ParseError) return text;
    throw error;
  }
}
