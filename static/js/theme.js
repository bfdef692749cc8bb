// Light, dark or as the device says; kept in this browser. theme-first.js sets it before the paint.
import { fresh } from "./taken.js";

const root = document.documentElement;
const device = matchMedia("(prefers-color-scheme: dark)");

function chosen() {
  try {
    return localStorage.getItem("theme") || "auto";
  } catch {
    return "auto";
  }
}

function apply(choice) {
  root.dataset.bsTheme = choice === "auto" ? (device.matches ? "dark" : "light") : choice;
  for (const button of document.querySelectorAll("[data-themes] button")) {
    button.setAttribute("aria-pressed", String(button.value === choice));
  }
  document.dispatchEvent(new CustomEvent("theme"));
}

export function start(page) {
  for (const group of fresh(page, "[data-themes]", "theme")) {
    group.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      try {
        localStorage.setItem("theme", button.value);
      } catch {
        // chosen for this page only
      }
      apply(button.value);
    });
    device.addEventListener("change", () => apply(chosen()));
    apply(chosen());
  }
}
