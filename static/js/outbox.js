// Forms that could not be sent for want of a network, and drafts that were. An entry keeps the
// form's own key (form_key), so that the portal makes one of it however often it arrives.
import { keys, read, remove, write } from "./kept.js";

const viewer = document.body.dataset.viewer;
const box = `outbox:${viewer}:`;
const state = document.querySelector("[data-outbox-state]");

export function waiting() {
  return viewer ? keys(box) : [];
}

export function forget() {
  for (const key of [...keys(box), ...keys(`draft:${viewer}:`)]) remove(key);
}

export async function reachable() {
  if (!navigator.onLine) return false;
  const patience = new AbortController();
  setTimeout(() => patience.abort(), 5000);
  try {
    await fetch(import.meta.url, { method: "HEAD", cache: "no-store", signal: patience.signal });
    return true;
  } catch {
    return false;
  }
}

export function keep(form, values) {
  const title = document.querySelector("h1").textContent.trim();
  write(box + form.dataset.draft, {
    draft: form.dataset.draft,
    page: location.pathname + location.search,
    action: form.action,
    title,
    values,
  });
  show();
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

// True when the entry is done with: it arrived, now or before.
async function send(entry) {
  const before = await fetch(entry.page, { cache: "no-store" });
  const page = await pageAt(before);
  if (!stillSignedIn(page)) return false;
  const form = formOf(page, entry.draft);
  if (!form) return before.ok; // the page asks for it no more: it has arrived already
  const body = new URLSearchParams(entry.values);
  body.set("csrf_token", form.elements.csrf_token.value);
  const after = await fetch(entry.action, { method: "POST", body, cache: "no-store" });
  const answer = await pageAt(after);
  return after.ok && stillSignedIn(answer) && !formOf(answer, entry.draft);
}

async function empty() {
  for (const key of waiting()) {
    const entry = read(key);
    if (!entry) continue;
    try {
      if (await send(entry)) {
        remove(key);
        remove(`draft:${viewer}:${entry.draft}`);
        show(state.dataset.sent.replace("{title}", entry.title));
      } else {
        show(state.dataset.refused.replace("{title}", entry.title), entry.page);
      }
    } catch {
      return show(); // the network went again; the next "online" tries once more
    }
  }
}

// One tab sends at a time, so that two open pages do not send the same entry side by side.
function emptyAlone() {
  if (!waiting().length) return undefined;
  if (navigator.locks) return navigator.locks.request("outbox", empty);
  return empty();
}

// A draft is done with when the page that follows its sending is the viewer's own and shows
// neither the form again nor an error.
function dropSent() {
  let sent = null;
  try {
    sent = JSON.parse(sessionStorage.getItem("sent"));
    sessionStorage.removeItem("sent");
  } catch {
    return;
  }
  if (!sent || !viewer || !sent.place.startsWith(`draft:${viewer}:`)) return;
  const failed = document.querySelector("[data-error-page]");
  if (failed || formOf(document, sent.draft)) return;
  remove(sent.place);
  remove(box + sent.draft);
}

export function settle() {
  dropSent();
  if (!viewer) return;
  show();
  emptyAlone();
  addEventListener("online", emptyAlone);
}
