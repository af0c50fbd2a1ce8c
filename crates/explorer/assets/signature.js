/**
 * The raw request, and the steps of its signature. Values that occur in several steps are marked. Hovering over a mark, or
 * focusing it, highlights all marks of the value.
 */

import { copyButton } from "./clipboard.js";
import { element } from "./dom.js";
import { word } from "./words.js";

/**
 * @typedef {import("./contract.js").Signature} Signature
 * @typedef {import("./contract.js").RawRequest} RawRequest
 * @typedef {{name: string, text: string}} Linked a value in several steps, with its name
 */

/**
 * Shows the raw request.
 * @param {HTMLElement} node
 * @param {RawRequest} request
 */
export function showRequest(node, request) {
  const headers = request.headers.map(([name, value]) => `${name}: ${value}\n`).join("");
  const text = `${request.line}\n${headers}\n${request.body}`;
  const view = element("pre", { class: "code", tabindex: 0 }, text);
  node.replaceChildren(element("div", { class: "toolbar" }, copyButton(() => text, () => view)), view);
}

/**
 * Shows the steps of the signature.
 * @param {HTMLElement} node
 * @param {Signature} signature
 * @param {string} body the body of the request
 */
export function showSignature(node, signature, body) {
  const { canonical_request: canonical, string_to_sign: toSign, authorization } = signature;
  const payload = { name: "payload", text: lastLine(canonical) };
  const request = { name: "request", text: lastLine(toSign) };
  const day = { name: "day", text: signature.day };
  const service = { name: "service", text: signature.service };
  const headers = { name: "headers", text: signature.signed_headers };
  const result = { name: "signature", text: signature.signature };
  const id = { name: "id", text: signature.secret_id };
  const time = { name: "time", text: signature.timestamp };

  node.replaceChildren(
    step("sign-step-body", body, [], "payload"),
    step("sign-step-canonical", canonical, [headers, payload], "request"),
    step("sign-step-string", toSign, [time, day, service, request], "signature"),
    step("sign-step-scope", signature.scope, [day, service], "signature"),
    step("sign-step-signature", signature.signature, [result]),
    step("sign-step-authorization", authorization, [id, day, service, headers, result]),
  );
  connect(node);
}

/** @param {string} text */
const lastLine = (text) => text.slice(text.lastIndexOf("\n") + 1);

/**
 * Builds a step: title, explanation, and text with marks.
 * @param {string} key
 * @param {string} text
 * @param {Linked[]} values in the order of the text
 * @param {string} [result] the name of the value that is computed from the text
 */
function step(key, text, values, result) {
  return element(
    "section",
    { class: "step" },
    element("h2", {}, word(key)),
    element("p", {}, word(`${key}-text`)),
    element("pre", { class: "code", tabindex: 0, "data-value": result }, ...marked(text, values)),
  );
}

/**
 * Marks values in a text.
 * @param {string} text
 * @param {Linked[]} values
 * @returns {(string | Node)[]}
 */
function marked(text, values) {
  /** @type {(string | Node)[]} */
  const parts = [];
  let end = 0;
  values.forEach((value, index) => {
    // The last value is at the end of the text. Its text may also occur earlier.
    const isLast = index === values.length - 1;
    const at = isLast ? text.lastIndexOf(value.text) : text.indexOf(value.text, end);
    if (at < end || !value.text) return;
    const title = word(`sign-${value.name}`);
    parts.push(text.slice(end, at));
    parts.push(element("mark", { "data-value": value.name, tabindex: 0, title }, value.text));
    end = at + value.text.length;
  });
  parts.push(text.slice(end));
  return parts;
}

/**
 * Highlights all marks of a value, and the text that it is computed from, while a mark is hovered or focused.
 * @param {HTMLElement} node
 */
function connect(node) {
  const linked = /** @type {NodeListOf<HTMLElement>} */ (node.querySelectorAll("[data-value]"));
  /** @param {string | undefined} name */
  const highlight = (name) => {
    for (const one of linked) one.classList.toggle("lit", one.dataset["value"] === name);
  };
  for (const mark of node.querySelectorAll("mark")) {
    const highlightMark = () => highlight(mark.dataset["value"]);
    const highlightNone = () => highlight(undefined);
    mark.addEventListener("pointerenter", highlightMark);
    mark.addEventListener("pointerleave", highlightNone);
    mark.addEventListener("focus", highlightMark);
    mark.addEventListener("blur", highlightNone);
  }
}
