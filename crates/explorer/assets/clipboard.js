/**
 * Copying text.
 */

import { button } from "./dom.js";
import { word } from "./words.js";

/**
 * Builds a button that copies text. Where the browser does not allow it, the text is selected, for Ctrl-C.
 * @param {() => string} text
 * @param {() => HTMLElement | null | undefined} shown the element that shows the text
 */
export function copyButton(text, shown) {
  const made = button(word("copy"), async () => {
    try {
      await navigator.clipboard.writeText(text());
      made.textContent = word("copied");
    } catch {
      const node = shown();
      if (node) getSelection()?.selectAllChildren(node);
      made.textContent = word("copy-selected");
    }
    setTimeout(() => void (made.textContent = word("copy")), 2000);
  });
  made.setAttribute("aria-live", "polite");
  return made;
}
