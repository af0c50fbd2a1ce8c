/**
 * Values that must not be stored: history and links carry none of them.
 */

/** @typedef {import("./exact.js").Value} Value */

const SECRET = /passw(or)?d|secret|token|credential|(api|access|private|secret|sign)_?keys?$/i;

/**
 * Returns whether a parameter of a name looks secret.
 * @param {string} name
 */
const isSecret = (name) => SECRET.test(name);

/**
 * Returns a copy in which values of parameters that look secret are empty, and the paths of those that were not.
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
    const at = path ? `${path}.${name}` : String(name);
    if (typeof name === "string" && isSecret(name) && item !== "" && item !== null) {
      hidden.push(at);
      return "";
    }
    const inner = withoutSecrets(item, at);
    hidden.push(...inner.hidden);
    return inner.value;
  };
  if (Array.isArray(value)) return { value: value.map((item, index) => visit(index, item)), hidden };
  if (!(value instanceof Map)) return { value, hidden };
  return { value: new Map([...value].map(([name, item]) => [name, visit(name, item)])), hidden };
}
