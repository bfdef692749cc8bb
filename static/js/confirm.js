// Asks before a form with data-confirm is sent, in the page's own dialog.
import { fresh } from "./taken.js";

export function ask({ question, detail, yes, kind }) {
  const dialog = document.querySelector("[data-dialog]");
  const button = dialog.querySelector("[data-yes]");
  dialog.querySelector("[data-question]").textContent = question;
  dialog.querySelector("[data-detail]").textContent = detail || "";
  if (yes) button.textContent = yes;
  if (kind) button.className = `btn ${kind}`;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true });
  });
}

export function start(root) {
  for (const form of fresh(root, "form[data-confirm]", "confirm")) {
    form.addEventListener(
      "submit",
      async (event) => {
        if (form.dataset.agreed) return;
        event.preventDefault();
        const button = event.submitter || form.querySelector("button");
        const agreed = await ask({
          question: form.dataset.confirm,
          detail: form.dataset.confirmDetail,
          yes: button.textContent.trim(),
          kind: [...button.classList].find((name) => name.startsWith("btn-")),
        });
        if (!agreed) return;
        form.dataset.agreed = "yes";
        form.requestSubmit(button);
        delete form.dataset.agreed;
      },
      true,
    );
  }
}
