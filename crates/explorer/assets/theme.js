/**
 * The theme: light, dark, or the one of the system. A cookie stores it, so that the server renders pages in it.
 */

import { element, options } from "./dom.js";
import { word } from "./words.js";

const THEMES = ["system", "light", "dark"];

/** Returns the stored theme. */
function stored() {
  const found = /(?:^|;\s*)tc3-theme=(\w+)/.exec(document.cookie)?.[1] ?? "";
  return THEMES.includes(found) ? found : "system";
}

/** @param {string} theme */
function apply(theme) {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}

/** Applies the stored theme, and returns a select that changes it. */
export function themeSelect() {
  const theme = stored();
  apply(theme);
  const select = element(
    "select",
    { "aria-label": word("theme") },
    ...options(THEMES.map((name) => [name, word(`theme-${name}`)]), theme),
  );
  select.addEventListener("change", () => {
    document.cookie = `tc3-theme=${select.value}; Path=/; Max-Age=31536000; SameSite=Strict`;
    apply(select.value);
  });
  return select;
}
