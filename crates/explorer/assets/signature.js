/**
 * The raw request, and its signature step by step. A value that one step takes from another is marked in both; hover or
 * focus on one lights up all.
 */

import { copyButton } from "./clipboard.js";
import { element } from "./dom.js";
import { word } from "./words.js";

/**
 * @typedef {import("./contract.js").Signature} Signature
 * @typedef {import("./contract.js").RawRequest} RawRequest
 * @typedef {{name: string, text: string}} Linked a value and its name
 */

/**
 * Shows the request as it is sent.
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
 * @param {string} body of the request
 */
export function showSignature(node, signature, body) {
  const { canonical_request: canonical, string_to_sign: toSign, authorization } = signature;
  const payload = { name: "payload", text: lastLine(canonical) };
  const request = { name: "request", text: lastLine(toSign) };
  const day = { name: "day", text: signature.day };
  const service = { name: "service", text: signature.service };
  const headers = { name: "headers", text: signature.signed_headers };
  const made = { name: "signature", text: signature.signature };
  const id = { name: "id", text: signature.secret_id };
  const time = { name: "time", text: signature.timestamp };

  node.replaceChildren(
    step("sign-step-body", body, [], "payload"),
    step("sign-step-canonical", canonical, [headers, payload], "request"),
    step("sign-step-string", toSign, [time, day, service, request], "signature"),
    step("sign-step-scope", signature.scope, [day, service], "signature"),
    step("sign-step-signature", signature.signature, [made]),
    step("sign-step-authorization", authorization, [id, day, service, headers, made]),
  );
  connect(node);
}

/** @param {string} text */
const lastLine = (text) => text.slice(text.lastIndexOf("\n") + 1);

/**
 * Builds a step: what it does, and its text with marks.
 * @param {string} key
 * @param {string} text
 * @param {Linked[]} values in the order in which they stand in the text
 * @param {string} [makes] the name of the value that is made from the whole text
 */
function step(key, text, values, makes) {
  return element(
    "section",
    { class: "step" },
    element("h2", {}, word(key)),
    element("p", {}, word(`${key}-text`)),
    element("pre", { class: "code", tabindex: 0, "data-value": makes }, ...marked(text, values)),
  );
}

/**
 * Cuts a text at values that follow each other in it.
 * @param {string} text
 * @param {Linked[]} values
 * @returns {(string | Node)[]}
 */
function marked(text, values) {
  /** @type {(string | Node)[]} */
  const parts = [];
  let end = 0;
  values.forEach((value, index) => {
    // The last value is at the end: a hash may occur before by chance, as a name does.
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
 * Lights up all marks of a value, and the text that it is made from, while one of the marks is hovered or focused.
 * @param {HTMLElement} node
 */
function connect(node) {
  const linked = /** @type {NodeListOf<HTMLElement>} */ (node.querySelectorAll("[data-value]"));
  /** @param {string | undefined} name */
  const light = (name) => {
    for (const one of linked) one.classList.toggle("lit", one.dataset["value"] === name);
  };
  for (const mark of node.querySelectorAll("mark")) {
    const lightMark = () => light(mark.dataset["value"]);
    const lightNone = () => light(undefined);
    mark.addEventListener("pointerenter", lightMark);
    mark.addEventListener("pointerleave", lightNone);
    mark.addEventListener("focus", lightMark);
    mark.addEventListener("blur", lightNone);
  }
}
