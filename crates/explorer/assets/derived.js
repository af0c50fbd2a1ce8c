/**
 * The tabs whose text the server derives from the parameters: request, signature and code.
 */

import { messageOf, post } from "./api.js";
import { CodeView } from "./code.js";
import { element } from "./dom.js";
import { showRequest, showSignature } from "./signature.js";

/** The tabs for request, signature and code. */
export class DerivedTabs {
  /**
   * @param {(tab: string) => HTMLElement} panelOf
   * @param {{name: string, title: string}[]} languages
   * @param {() => import("./contract.js").CallBody} body
   */
  constructor(panelOf, languages, body) {
    this.panelOf = panelOf;
    this.body = body;
    this.code = new CodeView(panelOf("code"), languages, () => void this.refresh("code"));
    // The number of the latest request. Responses to older ones are dropped.
    this.latest = 0;
  }

  /**
   * Updates a tab, if it is one of these.
   * @param {string} tab
   */
  async refresh(tab) {
    if (!["request", "signature", "code"].includes(tab)) return;
    const number = (this.latest += 1);
    const panel = this.panelOf(tab);
    let problem;
    try {
      const show = await this.fetch(tab, panel);
      if (number !== this.latest) return;
      show();
    } catch (error) {
      if (number !== this.latest) return;
      problem = element("p", { class: "problem", role: "status" }, messageOf(error));
    }
    panel.querySelector(":scope > .problem")?.remove();
    if (problem) panel.prepend(problem);
  }

  /**
   * Fetches the text of a tab, and returns a function that shows it.
   * @param {string} tab
   * @param {HTMLElement} panel
   * @returns {Promise<() => void>}
   */
  async fetch(tab, panel) {
    if (tab === "code") {
      /** @type {import("./contract.js").CallBody} */
      const body = { ...this.body(), language: this.code.language };
      /** @type {import("./contract.js").Code} */
      const snippet = await post("/api/code", body);
      return () => this.code.show(snippet);
    }
    /** @type {import("./contract.js").Signed} */
    const { request, signature } = await post("/api/request", this.body());
    return () => (tab === "request" ? showRequest(panel, request) : showSignature(panel, signature, request.body));
  }
}
