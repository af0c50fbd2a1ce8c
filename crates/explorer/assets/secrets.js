/**
 * Removes secrets, which must not be in the history or in links.
 */

/** @typedef {import("./exact.js").Value} Value */

const SECRET =
  /passw(or)?d|pwd|secret|token|credential|user_?sig|(api|access|auth|private|secret|share|sign)_?keys?$/i;

/** Names of tokens that are not secret: pagination and idempotency tokens. */
const PLAIN = /^(next|page|continuation|client|context)_?token$/i;

/**
 * Returns whether the name of a parameter suggests a secret.
 * @param {string} name
 */
const isSecret = (name) => SECRET.test(name) && !PLAIN.test(name);

/**
 * Returns a copy without secret values, and the paths of the omitted ones. If the spec does not mark a parameter, its name
 * decides.
 * @param {Map<string, Value>} parameters
 * @param {import("./contract.js").Secrets} secrets
 * @returns {{value: Map<string, Value>, hidden: string[]}}
 */
export function withoutSecrets(parameters, secrets) {
  /** @type {string[]} */
  const hidden = [];
  /**
   * @param {Map<string, Value>} structure
   * @param {string | undefined} owner the data type; empty for the parameters, undefined if it marks no fields
   * @param {string} path the path of the structure, followed by a dot
   */
  const members = (structure, owner, path) => {
    /** @type {Map<string, Value>} */
    const kept = new Map();
    for (const [name, item] of structure) {
      const known = owner === undefined ? undefined : own(own(secrets, owner) ?? {}, name);
      const isHidden = typeof known === "boolean" ? known : isSecret(name);
      if (isHidden && hasText(item, known === true)) hidden.push(path + name);
      else kept.set(name, visit(item, typeof known === "string" ? known : undefined, path + name));
    }
    return kept;
  };
  /**
   * @param {Value} value
   * @param {string | undefined} owner the data type of the structures in the value
   * @param {string} path
   * @returns {Value}
   */
  const visit = (value, owner, path) => {
    if (Array.isArray(value)) return value.map((item, index) => visit(item, owner, `${path}.${index}`));
    return value instanceof Map ? members(value, owner, `${path}.`) : value;
  };
  return { value: members(parameters, "", ""), hidden };
}

/**
 * Returns a member of an object, if it is its own.
 * @template T
 * @param {Record<string, T>} object
 * @param {string} name
 */
const own = (object, name) => (Object.hasOwn(object, name) ? object[name] : undefined);

/**
 * Returns whether a value can be secret: any non-empty value if the spec marks it as secret, else text, lists and structures.
 * @param {Value} value
 * @param {boolean} isKnown
 */
function hasText(value, isKnown) {
  if (value === null || value === "") return false;
  return isKnown || typeof value === "string" || Array.isArray(value) || value instanceof Map;
}
