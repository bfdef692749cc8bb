// A form is sent once: the second tap on its button does nothing until the page comes back.
import { fresh } from "./taken.js";

export function start(root) {
  for (const form of fresh(root, "form[data-once]", "once")) {
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }
      form.dataset.sent = "yes";
      // After the browser has gathered the values: a disabled button would not send its own.
      setTimeout(() => dim(form, true));
    });
  }
}

export function dim(form, sent) {
  if (!sent) delete form.dataset.sent;
  for (const button of form.querySelectorAll("button")) {
    if (sent) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

// "Back" shows the page as it was left, with its buttons still off.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) dim(form, false);
});
