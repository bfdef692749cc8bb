// What is typed into a form with data-draft is kept in this browser until the form has been sent.
// With data-outbox the form is also sent by itself when there was no network.
import { isKept, keep } from "./outbox.js";
import { read, remove, write } from "./kept.js";
import { reachable } from "./reachable.js";
import { fresh } from "./taken.js";
import { isKnownThere, keepThere, stopKeeping } from "./saved.js";
import { putBack, valuesOf } from "./values.js";

const viewer = document.body.dataset.viewer;
const timers = new WeakMap();
const place = (form) => `draft:${viewer}:${form.dataset.draft}`;

function differs(control) {
  if (control.type === "radio" || control.type === "checkbox") {
    return control.checked !== control.defaultChecked;
  }
  if (!control.options) return "defaultValue" in control && control.value !== control.defaultValue;
  const chosen = [...control.options].some((option) => option.defaultSelected);
  return [...control.options].some(
    (option, at) => option.selected !== (chosen || control.multiple ? option.defaultSelected : at === 0),
  );
}

// The names of what was filled in before this script had come.
function filledIn(form) {
  const visible = [...form.elements].filter((control) => control.name && control.type !== "hidden");
  return new Set(visible.filter(differs).map((control) => control.name));
}

function say(form, words) {
  const state = form.querySelector("[data-draft-state]");
  if (state) state.textContent = words;
}

function hold(form) {
  clearTimeout(timers.get(form));
  timers.delete(form);
  keepThere(form, valuesOf(form), say);
  return isKept() && write(place(form), { values: valuesOf(form), at: Date.now(), saves: form.dataset.saves });
}

function watch(form) {
  const held = () => say(form, hold(form) ? form.dataset.kept : form.dataset.notKept);
  form.addEventListener("input", () => {
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(held, 300));
  });
  // A phone may end a page that is not looked at without another word.
  for (const leaving of ["visibilitychange", "pagehide"]) {
    addEventListener(leaving, () => { if (timers.has(form)) held(); });
  }
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    hold(form);
    stopKeeping(form);
    sessionStorage.setItem("sent", form.dataset.draft);
  });
}

// The next piece of work has a key of its own, so that it is not taken for the last one.
function startAnew(form) {
  remove(place(form));
  form.reset();
  const random = crypto.getRandomValues(new Uint32Array(4));
  form.elements.form_key.value = Array.from(random, (part) => part.toString(36)).join("");
}

async function sendOrKeep(event, form) {
  if (form.dataset.reached) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (form.dataset.asking) return;
  form.dataset.asking = "yes";
  const online = await reachable();
  delete form.dataset.asking;
  if (online) {
    form.dataset.reached = "yes";
    form.requestSubmit(event.submitter);
    delete form.dataset.reached;
  } else if (!form.checkValidity()) {
    form.reportValidity();
  } else {
    hold(form);
    keep(form, valuesOf(form));
    if ("again" in form.dataset) startAnew(form);
    say(form, form.dataset.willSend);
  }
}

export function start(root) {
  for (const form of fresh(root, "form[data-draft]", "drafts")) {
    const kept = read(place(form));
    const answered = form.querySelector(".error-summary"); // the server has shown what was typed
    if (kept && !answered && !isKnownThere(form, kept)) {
      putBack(form, kept.values, filledIn(form));
      say(form, form.dataset.restored);
      form.dispatchEvent(new Event("restored"));
    }
    if ("outbox" in form.dataset) {
      form.addEventListener("submit", (event) => sendOrKeep(event, form), true);
    }
    watch(form);
  }
}
