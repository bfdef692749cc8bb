// A clock that counts down from when the examiner starts it, and goes on after the page was left.
import { fresh } from "./taken.js";
import { read, write } from "./kept.js";

const shown = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

function run(box, began) {
  const all = Number(box.dataset.countdown);
  const words = document.createElement("span");
  box.replaceChildren(words);
  const tick = () => {
    const left = Math.max(0, all - Math.floor((Date.now() - began) / 1000));
    words.textContent = left ? `${shown(left)} ${box.dataset.left}` : box.dataset.over;
    box.classList.toggle("is-over", left === 0);
    if (left && box.isConnected) setTimeout(tick, 1000);
  };
  tick();
}

export function start(root) {
  for (const box of fresh(root, "[data-countdown]", "countdown")) {
    const key = `countdown:${box.dataset.countdownKey}`;
    const began = read(key);
    if (began) {
      run(box, began);
      continue;
    }
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-secondary";
    button.textContent = `${box.dataset.start} (${shown(Number(box.dataset.countdown))})`;
    button.addEventListener("click", () => {
      write(key, Date.now());
      run(box, Date.now());
    });
    box.replaceChildren(button);
  }
}
