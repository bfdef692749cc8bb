// What a guest has sent without a network waits on the phone, and goes once there is one. The phone
// may be anybody's: nothing is kept before it is sent, and it can be deleted there. The portal takes
// one answer for each link, however often one arrives.
import { keys, read, remove, write } from "./kept.js";
import { fresh } from "./taken.js";
import { putBack, valuesOf } from "./values.js";

const BOX = "guest:";
const PAUSE = 30000;
const PATIENCE = 15000;
const own = BOX + location.pathname;
const state = document.querySelector("[data-guest-box]");
let later;

const formHere = () => document.querySelector("form[data-guest]");

function show() {
  const others = keys(BOX).filter((key) => key !== own).length;
  const words = [read(own) && state.dataset.waiting, others && state.dataset.others.replace("{n}", others)];
  state.hidden = !words.some(Boolean);
  state.querySelector("p").textContent = words.filter(Boolean).join(" ");
  state.querySelector("button").hidden = !read(own);
}

function keep(form) {
  return write(own, { action: location.pathname + location.search, values: valuesOf(form) });
}

// Where the page goes on; "ask" where the portal has something to say first; nothing to try again.
async function send({ action, values }) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const body = new URLSearchParams(values);
    const answer = await fetch(action, { method: "POST", body, signal: patience.signal });
    if (answer.ok && answer.redirected) return answer.url;
    return { 404: "closed", 409: "closed", 410: "closed", 422: "ask" }[answer.status];
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

function goOn(key, next) {
  if (next !== "ask") remove(key);
  const form = key === own && formHere();
  if (!form) return;
  if (next === "ask" || next === "closed") form.submit(); // what is missing, or why none is taken
  else location.replace(next);
}

async function empty() {
  clearTimeout(later);
  for (const key of navigator.onLine ? keys(BOX) : []) {
    const entry = read(key);
    const next = entry && (await send(entry));
    if (next) goOn(key, next);
  }
  show();
  if (keys(BOX).length && navigator.onLine) later = setTimeout(emptyAlone, PAUSE);
}

function emptyAlone() {
  return navigator.locks ? navigator.locks.request("guest-box", empty) : empty();
}

async function pressed(event, form) {
  if (!form.checkValidity() && !navigator.onLine) {
    event.preventDefault();
    event.stopImmediatePropagation();
    form.reportValidity();
    return;
  }
  if (!keep(form)) return; // nothing can be kept here: it is sent as any form is
  event.preventDefault();
  event.stopImmediatePropagation();
  const button = form.querySelector(".form-actions button");
  button.setAttribute("aria-disabled", "true");
  await emptyAlone();
  button.removeAttribute("aria-disabled");
}

function takeBack() {
  remove(own);
  show();
}

export function start(root) {
  for (const form of fresh(root, "form[data-guest]", "guest")) {
    const kept = read(own);
    if (form.querySelector(".error-summary")) remove(own); // the portal has shown what was sent
    else if (kept) putBack(form, kept.values, new Set());
    form.addEventListener("submit", (event) => pressed(event, form), true);
    form.addEventListener("input", () => { if (read(own)) keep(form); });
  }
  state.querySelector("button").addEventListener("click", takeBack);
  addEventListener("online", emptyAlone);
  emptyAlone();
}
