// Signing out empties what this browser kept for the viewer; what was never sent is asked about first.
import { ask } from "./confirm.js";
import { forget, waiting } from "./outbox.js";
import { fresh } from "./taken.js";

export function start(root) {
  for (const form of fresh(root, "[data-sign-out]", "sign-out")) {
    form.addEventListener("submit", async (event) => {
      if (form.dataset.agreed || !waiting().length) return forget();
      event.preventDefault();
      if (!(await ask({ question: form.dataset.unsent, detail: form.dataset.unsentDetail }))) return undefined;
      form.dataset.agreed = "yes";
      return form.requestSubmit();
    });
  }
}
