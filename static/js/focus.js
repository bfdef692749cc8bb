// The summary of errors gets the focus; its links go to the field itself, past the fixed header.
import { fresh } from "./taken.js";

export function start(root) {
  for (const summary of fresh(root, "[data-focus]", "focus")) {
    summary.focus();
    summary.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      const field = link && document.getElementById(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      const control = field.matches("fieldset") ? field.querySelector("input") || field : field;
      (document.querySelector(`label[for="${CSS.escape(field.id)}"]`) || field).scrollIntoView();
      control.focus({ preventScroll: true });
    });
  }
}
