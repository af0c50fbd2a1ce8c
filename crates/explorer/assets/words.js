/**
 * The texts of the interface in the page's language. The page contains them, so the server has the only table of texts.
 */

/** @type {Record<string, string> | undefined} */
let table;

/**
 * Returns a text of the interface, with values for its placeholders such as `{name}`.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function word(key, values = {}) {
  table ??= JSON.parse(document.getElementById("words")?.textContent || "{}");
  const text = table && Object.hasOwn(table, key) ? String(table[key]) : key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
}
