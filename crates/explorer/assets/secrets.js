/**
 * Values that must not be stored: history and links carry none of them.
 */

/** @typedef {import("./exact.js").Value} Value */

const SECRET =
  /passw(or)?d|pwd|secret|token|credential|user_?sig|(api|access|auth|private|secret|share|sign)_?keys?$/i;

/** Names of tokens that say where a list goes on, or that a call is not repeated. */
const PLAIN = /^(next|page|continuation|client|context)_?token$/i;

/**
 * Returns whether a parameter of a name looks secret.
 * @param {string} name
 */
const isSecret = (name) => SECRET.test(name) && !PLAIN.test(name);

/**
 * Returns a copy without the texts of parameters that look secret, and the paths of what was left out.
 * @param {Value} value
 * @param {string} [path]
 * @returns {{value: Value, hidden: string[]}}
 */
export function withoutSecrets(value, path = "") {
  /** @type {string[]} */
  const hidden = [];
  /**
   * @param {string | number} name
   * @param {Value} item
   * @returns {Value}
   */
  const visit = (name, item) => {
    const inner = withoutSecrets(item, path ? `${path}.${name}` : String(name));
    hidden.push(...inner.hidden);
    return inner.value;
  };
  if (Array.isArray(value)) return { value: value.map((item, index) => visit(index, item)), hidden };
  if (!(value instanceof Map)) return { value, hidden };
  const kept = new Map();
  for (const [name, item] of value) {
    const hasText = typeof item === "string" ? item !== "" : Array.isArray(item) || item instanceof Map;
    if (isSecret(name) && hasText) hidden.push(path ? `${path}.${name}` : name);
    else kept.set(name, visit(name, item));
  }
  return { value: kept, hidden };
}
