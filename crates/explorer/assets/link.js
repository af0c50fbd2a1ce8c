/**
 * Deep links: the fragment of an action's page holds parameters and region, but no secrets.
 */

import { ParseError, parse } from "./exact.js";
import { write } from "./write.js";
import { withoutSecrets } from "./secrets.js";

/** @typedef {import("./exact.js").Value} Value */

/** The most characters of parameters in a link: programs cut longer ones. */
const LIMIT = 30_000;

/**
 * Returns the path of an action's page.
 * @param {import("./contract.js").Of} of
 */
export const pagePath = ({ site, service, version, action }) =>
  `/${[site, service, version, action].map(encodeURIComponent).join("/")}`;

/**
 * Returns the fragment for parameters and a region, without `#`; empty if nothing is set. Parameters that do not fit are
 * left out (`isCut`), and so are secrets, whose paths are `hidden`.
 * @param {Map<string, Value>} parameters
 * @param {string | null} region
 * @param {import("./contract.js").Secrets} secrets
 * @returns {{fragment: string, isCut: boolean, hidden: string[]}}
 */
export function toFragment(parameters, region, secrets) {
  const { value, hidden } = withoutSecrets(parameters, secrets);
  // A lone surrogate cannot be encoded as it is; `write` escapes it.
  const text = value.size ? `p=${encodeURIComponent(write(value))}` : "";
  const isCut = text.length > LIMIT;
  const parts = [isCut ? "" : text, region ? `r=${encodeURIComponent(region)}` : ""];
  return { fragment: parts.filter(Boolean).join("&"), isCut, hidden };
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
