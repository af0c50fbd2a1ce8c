/**
 * The search dialog: a combobox that finds services, actions, parameters, types and error codes.
 */

import { get, messageOf } from "./api.js";
import { debounce, element, freshId, openDialog } from "./dom.js";
import { word } from "./words.js";

/** @typedef {import("./contract.js").Hit} Hit */

/**
 * Opens the search.
 * @param {string} site
 */
export function openSearch(site) {
  const list = freshId();
  const input = element("input", {
    type: "text",
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": list,
    "aria-autocomplete": "list",
    "aria-label": word("search"),
    placeholder: word("search-placeholder"),
    autocomplete: "off",
    spellcheck: "false",
    autofocus: true,
  });
  const listbox = element("div", { id: list, role: "listbox", "aria-label": word("search-hits"), class: "hits" });
  const status = element("p", { class: "quiet", role: "status" });
  /** @type {HTMLElement[]} */
  let nodes = [];
  let active = -1;
  /** @type {AbortController | undefined} */
  let pending;

  /** @param {number} index */
  function activate(index) {
    nodes[active]?.setAttribute("aria-selected", "false");
    active = index;
    const node = nodes[active];
    if (!node) return input.removeAttribute("aria-activedescendant");
    node.setAttribute("aria-selected", "true");
    node.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", node.id);
  }

  /** @param {Hit[]} hits */
  function show(hits) {
    nodes = hits.map((hit) => hitNode(hit));
    listbox.replaceChildren(...nodes);
    input.setAttribute("aria-expanded", String(nodes.length > 0));
    activate(nodes.length ? 0 : -1);
  }

  const ask = debounce(30, async () => {
    const query = input.value.trim();
    pending?.abort();
    pending = new AbortController();
    const { signal } = pending;
    if (!query) {
      status.textContent = "";
      return show([]);
    }
    try {
      /** @type {import("./contract.js").Hits} */
      const found = await get(`/api/search?${new URLSearchParams({ site, q: query })}`, signal);
      if (signal.aborted) return;
      show(found.hits);
      status.textContent = word(found.hits.length ? "search-count" : "search-none", { count: found.hits.length });
    } catch (error) {
      if (!signal.aborted) status.textContent = messageOf(error);
    }
  });

  input.addEventListener("input", ask);
  input.addEventListener("keydown", (event) => {
    const last = nodes.length - 1;
    if (event.key === "ArrowDown") activate(active < last ? active + 1 : 0);
    else if (event.key === "ArrowUp") activate(active > 0 ? active - 1 : last);
    else if (event.key === "Enter") nodes[active]?.click();
    else return;
    event.preventDefault();
  });
  const dialog = openDialog(word("search"), word("close"), input, status, listbox);
  dialog.classList.add("search");
  dialog.addEventListener("close", () => pending?.abort());
}

/**
 * Builds a hit.
 * @param {Hit} hit
 */
function hitNode(hit) {
  const node = element(
    "div",
    { id: freshId(), role: "option", "aria-selected": "false", class: "hit" },
    element("span", { class: "kind" }, word(`kind-${hit.kind}`)),
    element("b", {}, hit.name ?? hit.service),
    element("span", { class: "where" }, `${hit.service} ${hit.version}`),
    hit.text && element("span", { class: "text" }, hit.text),
  );
  // Opens only pages of this server, whose paths do not begin with two slashes.
  if (/^\/(?![/\\])/.test(hit.href)) node.addEventListener("click", () => location.assign(hit.href));
  return node;
}

/**
 * Opens the search on Ctrl-K, and on `/` outside of inputs.
 * @param {string} site
 */
export function enableSearch(site) {
  document.addEventListener("keydown", (event) => {
    const isInText = event.target instanceof Element && event.target.closest("input, textarea, select");
    const isKey = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
    if (!isKey && (event.key !== "/" || isInText)) return;
    event.preventDefault();
    if (!document.querySelector("dialog[open]")) openSearch(site);
  });
}
