/**
 * Tabs for pointer and keyboard: arrow keys, Home and End.
 */

/**
 * Makes the buttons of a tab list show their panels. The panel of a button is named by `aria-controls`, or is
 * `panel-<tab>`, with the name from `data-tab`.
 * @param {HTMLElement} tablist
 * @param {(tab: string) => void} onshow
 */
export function enableTabs(tablist, onshow) {
  tablist.hidden = false;
  const tabs = /** @type {HTMLElement[]} */ ([...tablist.querySelectorAll("[role=tab]")]);

  /** @param {HTMLElement} tab */
  const panelOf = (tab) => document.getElementById(tab.getAttribute("aria-controls") ?? `panel-${tab.dataset["tab"]}`);

  /** @param {string} name */
  function show(name) {
    const shown = tabs.find((tab) => tab.dataset["tab"] === name) ?? tabs[0];
    for (const tab of tabs) {
      tab.setAttribute("aria-selected", String(tab === shown));
      tab.tabIndex = tab === shown ? 0 : -1;
      const panel = panelOf(tab);
      if (panel) panel.hidden = tab !== shown;
    }
    onshow(shown?.dataset["tab"] ?? "");
  }

  for (const tab of tabs) {
    const panel = panelOf(tab);
    if (panel) tab.setAttribute("aria-controls", panel.id);
    tab.addEventListener("click", () => show(tab.dataset["tab"] ?? ""));
  }
  tablist.addEventListener("keydown", (event) => {
    const index = tabs.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const last = tabs.length - 1;
    /** @type {Record<string, number>} */
    const targets = { ArrowLeft: index ? index - 1 : last, ArrowRight: index < last ? index + 1 : 0, Home: 0, End: last };
    const target = tabs[targets[event.key] ?? -1];
    if (index < 0 || !target || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    show(target.dataset["tab"] ?? "");
    target.focus();
  });
  const current = () => tabs.find((tab) => tab.getAttribute("aria-selected") === "true")?.dataset["tab"] ?? "";
  return { show, current };
}
