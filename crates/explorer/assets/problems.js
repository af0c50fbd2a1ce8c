/**
 * The list of the parameters' problems. It is below the form, so that the form does not move while the user types. Their
 * number is beside the form's buttons.
 */

import { button, element } from "./dom.js";
import { word } from "./words.js";

/** @typedef {import("./contract.js").Problem} Problem */

/** @type {Record<Problem["kind"], string>} */
const KEYS = {
  missing: "problem-required",
  unknown: "problem-undocumented",
  type: "problem-expected",
  null: "problem-null",
};

/**
 * Returns the text of a problem.
 * @param {Problem} problem
 */
export function problemText({ kind, expected, similar }) {
  const text = word(KEYS[kind], { type: expected ?? "" });
  return similar?.length ? `${text} ${word("similar", { names: similar.join(", ") })}` : text;
}

/** Maximum number of listed problems. */
const LIMIT = 50;

/** Lists problems, each with a button that reveals its place. */
export class ProblemList {
  /** @param {(path: string) => void} reveal */
  constructor(reveal) {
    this.reveal = reveal;
    this.node = element("div", { class: "problems" });
    this.go = button("", () => this.node.querySelector("button")?.focus(), { class: "link problem" });
    this.count = element("span", { role: "status" }, this.go);
    this.show({ problems: [], total: 0 });
  }

  /** @param {import("./contract.js").Checked} found */
  show({ problems, total }) {
    const items = problems.slice(0, LIMIT).map((problem) => {
      const { path } = problem;
      const go = button(path || "{}", () => this.reveal(path), { class: "link" });
      return element("li", {}, go, ` ${problemText(problem)}`);
    });
    const more = total - items.length;
    if (more > 0) items.push(element("li", {}, word("more-problems", { count: more })));
    this.go.textContent = word("problems", { count: total });
    this.go.classList.toggle("none", !total);
    this.node.replaceChildren(...(total ? [element("ul", { class: "problem" }, ...items)] : []));
  }
}
