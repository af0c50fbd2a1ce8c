/**
 * Adds the interactive parts of a page. A user can read and search pages without them.
 */

import { ActionPage } from "./action.js";
import { button, element } from "./dom.js";
import { openEmulator } from "./emulator.js";
import { enableSearch, openSearch } from "./search.js";
import { themeSelect } from "./theme.js";
import { word } from "./words.js";

const main = document.querySelector("main");
const site = document.documentElement.dataset["site"] ?? location.pathname.split("/")[1] ?? "";

const tools = document.getElementById("tools") ?? element("div", { id: "tools" });
if (!tools.isConnected) document.querySelector("header")?.append(tools);
const page = main?.dataset["page"] ?? "";
const [, , service = "", version = "", action = ""] = location.pathname.split("/");
// Each service version has an emulator.
const hasEmulator = ["version", "action", "type"].includes(page);
tools.replaceChildren(
  button(word("search-button"), () => openSearch(site), { title: "Ctrl+K", "aria-keyshortcuts": "Control+K" }),
  ...(hasEmulator ? [button(word("emulator"), () => openEmulator({ site, service, version }, page === "action" ? action : ""))] : []),
  themeSelect(),
);
enableSearch(site);
for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".languages a")))
  // Keeps the parameters, which are in the fragment.
  link.addEventListener("click", () => void (link.hash = location.hash));
if (page === "action") new ActionPage(JSON.parse(document.getElementById("action")?.textContent ?? ""));
