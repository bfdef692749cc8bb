// "/" opens the search from any page, unless somebody is typing.
import { fresh } from "./taken.js";

export function start(root) {
  for (const link of fresh(root, "[data-search]", "search")) {
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      link.click();
    });
  }
}
