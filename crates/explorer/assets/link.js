/**
 * Deep links: the fragment of an action's page holds parameters and region. Values that look secret are not in it.
 */

import { ParseError, parse } from "./exact.js";
import { write } from "./write.js";
import { withoutSecrets } from "./secrets.js";

/** @typedef {import("./exact.js").Value} Value */

/** The longest fragment that is written; longer parameters are left out, because programs cut such links. */
const LIMIT = 30_000;

/**
 * Returns the path of an action's page.
 * @param {import("./contract.js").Of} of
 */
export const pagePath = ({ site, service, version, action }) =>
  `/${[site, service, version, action].map(encodeURIComponent).join("/")}`;

/**
 * Returns the fragment for parameters and a region, without `#`; empty if nothing is set.
 * @param {Map<string, Value>} parameters
 * @param {string | null} region
 */
export function toFragment(parameters, region) {
  const parts = [];
  if (parameters.size) {
    // A lone surrogate cannot be encoded as it is; `write` escapes it.
    const text = encodeURIComponent(write(withoutSecrets(parameters).value));
    if (text.length <= LIMIT) parts.push(`p=${text}`);
  }
  if (region) parts.push(`r=${encodeURIComponent(region)}`);
  return parts.join("&");
}

/**
 * Reads a fragment. What is not valid is left out, and told as `problem`.
 * @param {string} fragment with or without `#`
 * @returns {{parameters?: Map<string, Value>, region?: string, problem?: string}}
 */
export function fromFragment(fragment) {
  /** @type {{parameters?: Map<string, Value>, region?: string, problem?: string}} */
  const link = {};
  for (const part of fragment.replace(/^#/, "").split("&")) {
    try {
      const text = decodeURIComponent(part.slice(2));
      if (part.startsWith("r=")) link.region = text;
      if (!part.startsWith("p=")) continue;
      const value = parse(text);
      if (value instanceof Map) link.parameters = value;
      else link.problem = text;
    } catch (error) {
      if (!(error instanceof ParseError || error instanceof URIError)) throw error;
      link.problem = error.message;
    }
  }
  return link;
}
