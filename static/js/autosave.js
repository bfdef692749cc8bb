// What is typed is also kept by the portal, so that another device goes on with it. Without network
// nothing is lost: drafts.js keeps it on this device.
import { fresh } from "./taken.js";

const WAIT = 1500;

function send(form, url) {
  const body = new FormData(form);
  fetch(url, { method: "POST", body, cache: "no-store", keepalive: true }).catch(() => {});
}

export function start(root) {
  for (const box of fresh(root, "[data-autosave]", "autosave")) {
    const form = box.querySelector("form");
    let timer;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => send(form, box.dataset.autosave), WAIT);
    });
    form.addEventListener("submit", () => clearTimeout(timer));
  }
}
