// Starts each behaviour only where the page has use for it, and again for what htmx brings in.
// What most pages use comes with this script; the rest is loaded by the pages that want it.
// A behaviour exports start(root) and marks what it has taken, so that it may run twice.
// <html data-ready> says that all the page came with have started.
import { settle } from "./outbox.js"; // first of all: it decides which drafts are still wanted
import { start as confirm } from "./confirm.js";
import { start as drafts } from "./drafts.js";
import { start as filters } from "./filters.js";
import { start as focus } from "./focus.js";
import { start as menus } from "./menus.js";
import { start as offline } from "./offline.js";
import { start as once } from "./once.js";
import { start as search } from "./search.js";
import { start as shown } from "./shown.js";
import { start as signOut } from "./sign-out.js";
import { start as theme } from "./theme.js";

const behaviours = [
  ["[data-themes]", theme],
  ["details[data-menu]", menus],
  ["[data-focus]", focus],
  ["form[data-draft]", drafts],
  ["[data-coach]", "./coach.js"],
  ["form[data-confirm]", confirm],
  ["form[data-once]", once],
  ["form[data-auto-submit]", filters],
  ["[data-shown-when]", shown],
  ["[data-search]", search],
  ["[data-copy]", "./copy.js"],
  ["[data-chart]", "./charts.js"],
  ["table[data-grid]", "./grid.js"],
  ["table[data-filling]", "./filling.js"],
  ["[data-arrange]", "./arrange.js"],
  ["[data-countdown]", "./countdown.js"],
  ["[data-autosave]", "./autosave.js"],
  ["[data-sign-out]", signOut],
  ["[data-offline]", offline],
  ["[hx-get], [hx-post], [hx-put], [hx-delete]", "./htmx.js"],
];

async function begin(behaviour, root) {
  if (typeof behaviour === "function") return behaviour(root);
  return (await import(behaviour)).start(root);
}

function start(root) {
  const wanted = behaviours.filter(
    ([selector]) => root.querySelector(selector) || (root.matches && root.matches(selector)),
  );
  return Promise.all(wanted.map(([, behaviour]) => begin(behaviour, root)));
}

start(document).finally(() => { document.documentElement.dataset.ready = ""; });
document.addEventListener("htmx:load", (event) => start(event.detail.elt));
settle();
