// Loads each behaviour only where the page has use for it, and again for what htmx brings in.
// A behaviour exports start(root) and marks what it has taken, so that it may run twice.
// <html data-ready> says that all the page came with have started.
import { settle } from "./outbox.js"; // first of all: it decides which drafts are still wanted

const behaviours = [
  ["[data-themes]", "./theme.js"],
  ["details[data-menu]", "./menus.js"],
  ["[data-focus]", "./focus.js"],
  ["form[data-draft]", "./drafts.js"],
  ["[data-coach]", "./coach.js"],
  ["form[data-confirm]", "./confirm.js"],
  ["form[data-once]", "./once.js"],
  ["form[data-auto-submit]", "./filters.js"],
  ["[data-shown-when]", "./shown.js"],
  ["[data-search]", "./search.js"],
  ["[data-copy]", "./copy.js"],
  ["[data-chart]", "./charts.js"],
  ["table[data-grid]", "./grid.js"],
  ["table[data-filling]", "./filling.js"],
  ["[data-arrange]", "./arrange.js"],
  ["[data-countdown]", "./countdown.js"],
  ["[data-autosave]", "./autosave.js"],
  ["[data-sign-out]", "./sign-out.js"],
  ["[hx-get], [hx-post], [hx-put], [hx-delete]", "./htmx.js"],
];

function start(root) {
  const wanted = behaviours.filter(
    ([selector]) => root.querySelector(selector) || (root.matches && root.matches(selector)),
  );
  return Promise.all(wanted.map(([, file]) => import(file).then((behaviour) => behaviour.start(root))));
}

start(document).finally(() => { document.documentElement.dataset.ready = ""; });
document.addEventListener("htmx:load", (event) => start(event.detail.elt));
settle();
