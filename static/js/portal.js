// Loads each behaviour only where the page has use for it.
const behaviours = [
  ["[data-themes]", "./theme.js"],
  ["[data-menu]", "./menus.js"],
  ["[data-focus]", "./focus.js"],
  ["form[data-once]", "./once.js"],
  ["form[data-confirm]", "./confirm.js"],
];
for (const [selector, file] of behaviours) {
  if (document.querySelector(selector)) import(file).then((behaviour) => behaviour.start(document));
}
