// Arrow keys move between the links of the rotation grid; Home and End go to the ends of the row.
import { fresh } from "./taken.js";

function middle(element) {
  const box = element.getBoundingClientRect();
  return (box.left + box.right) / 2;
}

function nearest(row, x) {
  const links = row ? [...row.querySelectorAll("td a")] : [];
  return links.sort((a, b) => Math.abs(middle(a) - x) - Math.abs(middle(b) - x))[0];
}

function above(row, step) {
  let next = row;
  do next = step < 0 ? next.previousElementSibling : next.nextElementSibling;
  while (next && !next.querySelector("td a"));
  return next;
}

function target(link, key) {
  const row = link.closest("tr");
  const links = [...row.querySelectorAll("a")];
  const here = links.indexOf(link);
  if (key === "ArrowLeft") return links[here - 1];
  if (key === "ArrowRight") return links[here + 1];
  if (key === "Home") return links[0];
  if (key === "End") return links[links.length - 1];
  if (key === "ArrowUp") return nearest(above(row, -1), middle(link));
  if (key === "ArrowDown") return nearest(above(row, 1), middle(link));
  return undefined;
}

export function start(root) {
  for (const table of fresh(root, "table[data-grid]", "grid")) {
    table.addEventListener("keydown", (event) => {
      const link = event.target.closest("tbody a");
      if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
      const next = target(link, event.key);
      if (!next) return;
      event.preventDefault();
      next.focus();
      next.scrollIntoView({ block: "nearest", inline: "nearest" });
    });
  }
}
