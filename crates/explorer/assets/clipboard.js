/**
 * Buttons that copy text.
 */

import { button } from "./dom.js";
import { word } from "./words.js";
import { write } from "./write.js";

/**
 * Builds a button that copies text. If the browser refuses, the button selects the text for Ctrl-C.
 * @param {() => string} text
 * @param {() => HTMLElement | null | undefined} shown the element that shows the text
 * @param {string} [key] the key of the button's label
 */
export function copyButton(text, shown, key = "copy") {
  const copy = button(word(key), async () => {
    try {
      await navigator.clipboard.writeText(text());
      copy.textContent = word("copied");
    } catch {
      const node = shown();
      if (node) getSelection()?.selectAllChildren(node);
      copy.textContent = word(node ? "copy-selected" : "copy-refused");
    }
    setTimeout(() => void (copy.textContent = word(key)), 2000);
  });
  copy.setAttribute("aria-live", "polite");
  return copy;
}

/**
 * Builds a button that copies parameters as JSON.
 * @param {() => Map<string, import("./exact.js").Value>} parameters
 */
export const copyJson = (parameters) => copyButton(() => write(parameters(), "  "), () => null, "copy-json");
