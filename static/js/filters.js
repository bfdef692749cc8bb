// A filter form is sent when a choice changes; typed text is sent by Enter or the button.
import { fresh } from "./taken.js";

export function start(root) {
  for (const form of fresh(root, "form[data-auto-submit]", "filters")) {
    form.addEventListener("change", (event) => {
      if (event.target.matches("select, input[type=checkbox], input[type=radio], input[type=month]")) {
        form.requestSubmit();
      }
    });
    form.addEventListener("submit", () => {
      // Empty fields stay out of the address.
      for (const control of form.elements) {
        if (control.name && control.value === "") control.disabled = true;
      }
    });
  }
}

addEventListener("pageshow", () => {
  for (const control of document.querySelectorAll("form[data-auto-submit] :disabled")) {
    control.disabled = false;
  }
});
