// Forms that could not be sent for want of a network, and drafts that were. An entry keeps the
// form's own key (form_key), so that the portal makes one of it however often it arrives.
import { keys, read, remove, write } from "./kept.js";

const viewer = document.body.dataset.viewer;
const box = `outbox:${viewer}:`;
const state = document.querySelector("[data-outbox-state]");

export function isKept() {
  return !signedOut;
}

export function waiting() {
  return viewer ? keys(box) : [];
}

const PAUSE = 30000;
let later;
let signedOut = false;

// What is typed is kept no more either: a page is still there for a while after it was left.
export function forget() {
  signedOut = true;
  for (const key of [...keys(box), ...keys(`draft:${viewer}:`), "viewer"]) remove(key);
}

// A form with data-again is written many times without network: each stands for itself.
export function keep(form, values) {
  const title = document.querySelector("h1").textContent.trim();
  const which = "again" in form.dataset ? `:${form.elements.form_key.value}` : "";
  write(box + form.dataset.draft + which, {
    draft: form.dataset.draft,
    page: location.pathname + location.search,
    action: form.action,
    title,
    values,
  });
  show();
  tryAgain();
}

function show(words, page) {
  const left = waiting().length;
  state.hidden = !left && !words;
  state.textContent = [words, left ? state.dataset.waiting.replace("{n}", left) : ""].filter(Boolean).join(" ");
  if (!page) return;
  const link = document.createElement("a");
  link.href = page;
  link.textContent = state.dataset.open;
  state.append(" ", link);
}

async function pageAt(response) {
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

function formOf(page, draft) {
  return [...page.querySelectorAll("form[data-draft]")].find((form) => form.dataset.draft === draft);
}

const stillSignedIn = (page) => page.body.dataset.viewer === viewer;
const success = (page) => page.querySelector(".flashes .note-good");

// Where to go on when the entry is done with, because it arrived now or before; else nothing.
async function send(entry) {
  const before = await fetch(entry.page, { cache: "no-store" });
  const page = await pageAt(before);
  if (!stillSignedIn(page)) return "";
  const form = formOf(page, entry.draft);
  if (!form) return before.ok ? before.url : ""; // asked for no more: it has arrived already
  const body = new URLSearchParams(entry.values);
  body.set("csrf_token", form.elements.csrf_token.value);
  const after = await fetch(entry.action, { method: "POST", body, cache: "no-store" });
  const answer = await pageAt(after);
  const taken = success(answer) || !formOf(answer, entry.draft);
  return after.ok && stillSignedIn(answer) && taken ? after.url : "";
}

// The form that has arrived must not stay open as if it had not.
function arrived(entry, next) {
  const words = state.dataset.sent.replace("{title}", entry.title);
  const open = formOf(document, entry.draft);
  if (!open || "again" in open.dataset) return show(words);
  sessionStorage.setItem("said", words);
  return location.assign(next);
}

async function empty() {
  for (const key of waiting()) {
    const entry = read(key);
    if (!entry) continue;
    try {
      const next = await send(entry);
      if (next) {
        remove(key);
        remove(`draft:${viewer}:${entry.draft}`);
        arrived(entry, next);
      } else {
        show(state.dataset.refused.replace("{title}", entry.title), entry.page);
      }
    } catch {
      show(); // the network went again
      return tryAgain();
    }
  }
}

// A device that knows of having no network says when it is back; others have to be asked.
function tryAgain() {
  clearTimeout(later);
  if (navigator.onLine) later = setTimeout(emptyAlone, PAUSE);
}

// One tab sends at a time, so that two open pages do not send the same entry side by side.
function emptyAlone() {
  if (!waiting().length) return undefined;
  if (navigator.locks) return navigator.locks.request("outbox", empty);
  return empty();
}

// A draft is done with when a page of the viewer says that the sending succeeded. Nothing less
// will do: after a fault of the network or an ended session people come back by many ways.
function dropSent() {
  let draft = null;
  try {
    draft = sessionStorage.getItem("sent");
  } catch {
    return;
  }
  if (!draft || !viewer || !success(document)) return;
  sessionStorage.removeItem("sent");
  remove(`draft:${viewer}:${draft}`);
  remove(box + draft);
}

dropSent(); // at once, before drafts.js puts anything back

// A success that follows another form says nothing of the draft.
document.addEventListener("submit", (event) => {
  if (!event.target.dataset.draft) forgetSent();
}, true);

function forgetSent() {
  try {
    sessionStorage.removeItem("sent");
  } catch {
    // nothing was kept
  }
}

// Whose outbox the page without network may name is whoever is signed in here.
export function settle() {
  if (!viewer) return remove("viewer");
  write("viewer", viewer);
  show(sessionStorage.getItem("said"));
  sessionStorage.removeItem("said");
  emptyAlone();
  addEventListener("online", emptyAlone);
}
