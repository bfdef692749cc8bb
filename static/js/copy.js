// Copies the text of a button with data-copy; on plain HTTP, where there is no clipboard, by selection.
import { fresh } from "./taken.js";

function bySelection(text) {
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

export function start(root) {
  for (const button of fresh(root, "[data-copy]", "copy")) {
    button.addEventListener("click", async () => {
      const text = button.dataset.copy;
      if (navigator.clipboard) await navigator.clipboard.writeText(text);
      else if (!bySelection(text)) return;
      const label = button.querySelector("span");
      const before = label.textContent;
      label.setAttribute("role", "status");
      label.textContent = button.dataset.copied;
      setTimeout(() => { label.textContent = before; }, 2000);
    });
  }
}
