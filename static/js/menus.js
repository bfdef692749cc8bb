// A <details> menu closes on Escape, on a click elsewhere, and when the focus leaves it.
import { fresh } from "./taken.js";

export function start(root) {
  // a long menu at the side shows where one is
  for (const here of fresh(root, "nav.side [aria-current]", "side"))
    here.closest("nav").scrollTop = Math.max(0, here.offsetTop - here.closest("nav").clientHeight / 2);
  for (const menu of fresh(root, "details[data-menu]", "menus")) {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
    });
    document.addEventListener("click", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  }
}
