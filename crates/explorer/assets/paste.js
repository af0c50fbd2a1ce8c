/**
 * The dialog that fills the form from pasted text: JSON, or a command line of curl, tc3 or tccli.
 */

import { messageOf, post } from "./api.js";
import { button, element, freshId, openDialog } from "./dom.js";
import { word } from "./words.js";

/**
 * Opens the dialog.
 * @param {import("./contract.js").ActionId} of
 * @param {(pasted: import("./contract.js").Pasted) => string | undefined} onpaste applies the parsed text, or returns a problem
 */
export function openPaste(of, onpaste) {
  const [input, problem] = [freshId(), freshId()];
  const text = element("textarea", {
    id: input,
    class: "code",
    rows: 10,
    spellcheck: "false",
    "aria-describedby": problem,
    autofocus: true,
  });
  const message = element("p", { id: problem, class: "problem", role: "alert" });
  const fill = async () => {
    try {
      /** @type {import("./contract.js").PasteBody} */
      const body = { of, text: text.value };
      const failure = onpaste(await post("/api/paste", body));
      if (failure) message.textContent = failure;
      else dialog.close();
    } catch (error) {
      message.textContent = messageOf(error);
    }
  };
  const dialog = openDialog(
    word("paste-title"),
    word("close"),
    element("label", { for: input }, word("paste-label")),
    text,
    message,
    element(
      "div",
      { class: "toolbar" },
      button(word("cancel"), () => dialog.close()),
      button(word("paste-fill"), () => void fill(), { class: "primary" }),
    ),
  );
}
