// Arrow keys and Enter move between the fields of the month; left and right only at the end of a text.
import { fresh } from "./taken.js";

function column(input) {
  return [...input.closest("tr").children].indexOf(input.closest("td"));
}

function inColumn(row, index) {
  const cell = row && row.children[index];
  return cell ? cell.querySelector("input:not([type=hidden])") : null;
}

function vertical(input, step) {
  const index = column(input);
  let row = input.closest("tr");
  do row = step < 0 ? row.previousElementSibling : row.nextElementSibling;
  while (row && !inColumn(row, index));
  return inColumn(row, index);
}

function sideways(input, step) {
  const fields = [...input.closest("tr").querySelectorAll("input:not([type=hidden])")];
  return fields[fields.indexOf(input) + step];
}

function target(input, key) {
  const atStart = input.selectionStart === 0 && input.selectionEnd === 0;
  const atEnd = input.selectionStart === input.value.length;
  const all = input.selectionStart === 0 && input.selectionEnd === input.value.length;
  if (key === "ArrowUp") return vertical(input, -1);
  if (key === "ArrowDown" || key === "Enter") return vertical(input, 1);
  if (key === "ArrowLeft" && (atStart || all)) return sideways(input, -1);
  if (key === "ArrowRight" && (atEnd || all)) return sideways(input, 1);
  return undefined;
}

export function start(root) {
  for (const table of fresh(root, "table[data-filling]", "filling")) {
    table.addEventListener("keydown", (event) => {
      const input = event.target.closest("input");
      if (!input || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const next = target(input, event.key);
      if (event.key === "Enter") event.preventDefault(); // only the button saves
      if (!next) return;
      event.preventDefault();
      next.focus();
      next.select();
      next.scrollIntoView({ block: "nearest", inline: "nearest" });
    });
  }
}
