// A placement of the grid is taken up, put on another month, resident or department, and judged by
// the server wherever it hangs.  Nothing is saved before the button in the tray is pressed.
import { fresh } from "./taken.js";

const PAUSE = 120; // milliseconds a target must stand before it is judged

function monthAfter(begin, months) {
  const [year, month] = begin.split("-").map(Number);
  const count = year * 12 + month - 1 + months;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, "0")}`;
}

function cellAt(row, month) {
  let at = 0;
  for (const cell of row.querySelectorAll("td")) {
    if (month < at + cell.colSpan) return cell;
    at += cell.colSpan;
  }
  return undefined;
}

function firstMonth(cell) {
  let at = 0;
  for (let one = cell.previousElementSibling; one && one.matches("td"); one = one.previousElementSibling) at += one.colSpan;
  return at;
}

function monthUnder(cell, x) {
  const box = cell.getBoundingClientRect();
  const within = Math.floor(((x - box.left) / box.width) * cell.colSpan);
  return firstMonth(cell) + Math.max(0, Math.min(cell.colSpan - 1, within));
}

class Hand {
  constructor(board) {
    this.board = board;
    this.tray = board.querySelector("[data-tray]");
    this.said = board.querySelector("[data-said]");
    this.headings = [...board.querySelectorAll("table thead th")].slice(1);
    this.link = null;
  }

  get holds() { return this.link !== null; }

  say(...words) { this.said.textContent = words.filter(Boolean).join(" "); }

  // Room for the tray below the grid; not while dragging, where nothing may slip from under the hand.
  makeRoom() {
    this.board.classList.add("holding");
    this.board.scrollIntoView({ block: "start" });
  }

  async take(link, dragged = false) {
    if (this.holds) this.leave(true);
    this.link = link;
    this.row = link.closest("tr");
    this.month = firstMonth(link.closest("td"));
    this.began = `${this.row.dataset.resident} ${this.month}`;
    this.where = "";
    link.classList.add("taken-up");
    if (!dragged) this.makeRoom();
    this.show();
    this.say(this.board.dataset.taken, link.closest("td").title);
    await this.ask();
  }

  leave(quietly) {
    if (!this.holds) return;
    const { link } = this;
    clearTimeout(this.waiting);
    this.asked?.abort();
    this.link = null;
    link.classList.remove("taken-up");
    this.board.classList.remove("holding");
    this.mark(null);
    this.tray.hidden = true;
    this.tray.replaceChildren();
    if (quietly) return;
    this.say(this.board.dataset.left);
    link.focus();
  }

  mark(cell) {
    this.board.querySelector(".cell-target")?.classList.remove("cell-target");
    cell?.classList.add("cell-target");
  }

  show() {
    const cell = cellAt(this.row, this.month);
    this.mark(cell);
    cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  hang(row, month) {
    if (!row?.dataset.resident || month < 0 || month >= this.headings.length) return;
    if (row === this.row && month === this.month) return;
    this.row = row;
    this.month = month;
    this.show();
    this.soon();
  }

  soon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.ask(), PAUSE);
  }

  get hasMoved() { return `${this.row.dataset.resident} ${this.month}` !== this.began; }

  address() {
    const wanted = new URLSearchParams({ row: this.link.dataset.row, view: this.board.dataset.view });
    if (this.hasMoved) wanted.set("resident", this.row.dataset.resident);
    if (this.hasMoved) wanted.set("month", monthAfter(this.board.dataset.begin, this.month));
    if (this.where) wanted.set("where", this.where);
    if (this.result) wanted.set("part", "1");
    return `${this.board.dataset.arrange}?${wanted}`;
  }

  // The part of the tray that a new answer replaces; null until the whole tray was fetched.
  get result() { return this.tray.querySelector("[data-result]"); }

  async ask() {
    clearTimeout(this.waiting);
    this.asked?.abort();
    this.asked = new AbortController();
    let answer;
    try {
      answer = await fetch(this.address(), { signal: this.asked.signal });
    } catch (problem) {
      if (problem.name === "AbortError") return false;
      throw problem;
    }
    if (!this.holds) return false;
    if (!answer.ok || answer.redirected) {
      location.assign(this.link.href); // the page of the placement says what is the matter
      return false;
    }
    this.fill(await answer.text(), this.result);
    return true;
  }

  fill(text, result) {
    const place = result || this.tray;
    place.innerHTML = text;
    this.tray.hidden = false;
    place.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: place } }));
    if (result || this.hasMoved) {
      const who = this.row.querySelector("th span").textContent.trim();
      const words = [...place.querySelectorAll(".note")].map((one) => one.innerText);
      this.say(`${this.board.dataset.at} ${who}, ${this.headings[this.month].title}.`, ...words);
    }
  }

  async drop() {
    this.makeRoom();
    this.show();
    if (!(await this.ask())) return;
    const save = this.tray.querySelector("[data-save]");
    (save || this.tray.querySelector("[data-leave]"))?.focus();
  }
}

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

function press(hand, event) {
  const link = event.target.closest("tbody a[data-row]");
  if (event.key === "Escape" && hand.holds) {
    event.preventDefault();
    hand.leave(false);
  } else if (event.key === "Enter" && link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    if (hand.holds) hand.drop();
    else hand.take(link);
  } else if (link && hand.holds && STEPS[event.key]) {
    const [down, across] = STEPS[event.key];
    event.preventDefault();
    event.stopPropagation();
    let row = hand.row;
    if (down) row = down < 0 ? row.previousElementSibling : row.nextElementSibling;
    hand.hang(row, hand.month + across);
  }
}

function drag(hand, table) {
  let grip = 0; // months between the beginning of the stay and the pointer
  table.addEventListener("dragstart", (event) => {
    const link = event.target.closest?.("a[data-row]");
    if (!link) return;
    const cell = link.closest("td");
    grip = monthUnder(cell, event.clientX) - firstMonth(cell);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", link.textContent.trim());
    hand.take(link, true);
  });
  const over = (event) => {
    const cell = event.target.closest?.("tbody td");
    if (!cell || !hand.holds) return;
    event.preventDefault();
    const month = monthUnder(cell, event.clientX);
    const free = !cell.querySelector("a") || cell.contains(hand.link);
    hand.hang(cell.closest("tr"), free ? Math.max(0, month - grip) : month);
  };
  table.addEventListener("dragover", over);
  table.addEventListener("drop", (event) => {
    if (!hand.holds) return;
    over(event);
    hand.drop();
  });
  table.addEventListener("dragend", (event) => {
    if (event.dataTransfer.dropEffect === "none") hand.leave(false);
  });
}

export function start(root) {
  for (const board of fresh(root, "[data-arrange]", "arrange")) {
    const hand = new Hand(board);
    const table = board.querySelector("table");
    for (const link of table.querySelectorAll("a[data-row]")) link.draggable = true;
    board.addEventListener("keydown", (event) => press(hand, event), true);
    drag(hand, table);
    hand.tray.addEventListener("click", (event) => {
      if (event.target.closest("[data-leave]")) hand.leave(false);
    });
    hand.tray.addEventListener("change", (event) => {
      if (!event.target.matches("[data-where]")) return;
      hand.where = event.target.value;
      hand.ask();
    });
  }
}
