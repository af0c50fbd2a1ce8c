/**
 * Deep links: the fragment of an action's page contains parameters and region, but no secrets.
 */

import { ParseError, parse } from "./exact.js";
import { write } from "./write.js";
import { withoutSecrets } from "./secrets.js";

/** @typedef {import("./exact.js").Value} Value */

/** Maximum number of characters of parameters in a link. Programs truncate longer links. */
const LIMIT = 30_000;

/**
 * Returns the path of an action's page.
 * @param {import("./contract.js").ActionId} of
 */
export const pagePath = ({ site, service, version, action }) =>
  `/${[site, service, version, action].map(encodeURIComponent).join("/")}`;

/**
 * Returns the fragment for parameters and a region, without `#`; empty if nothing is set. Omits secrets, and returns their
 * paths as `hidden`. Omits the parameters if they are too long (`isCut`).
 * @param {Map<string, Value>} parameters
 * @param {string | null} region
 * @param {import("./contract.js").Secrets} secrets
 * @returns {{fragment: string, isCut: boolean, hidden: string[]}}
 */
export function toFragment(parameters, region, secrets) {
  const { value, hidden } = withoutSecrets(parameters, secrets);
  // `write` escapes lone surrogates, which `encodeURIComponent` rejects.
  const text = value.size ? `p=${encodeURIComponent(write(value))}` : "";
  const isCut = text.length > LIMIT;
  const parts = [isCut ? "" : text, region ? `r=${encodeURIComponent(region)}` : ""];
  return { fragment: parts.filter(Boolean).join("&"), isCut, hidden };
}

/**
 * Parses a fragment. Omits invalid parts, and returns the last error as `problem`.
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
