// Runs before the first paint, so it is a plain script in the head: no flash of the other theme.
(function () {
  var root = document.documentElement;
  root.classList.add("js");
  var chosen = null;
  try { chosen = localStorage.getItem("theme"); } catch (_) { /* storage is switched off */ }
  if (chosen !== "light" && chosen !== "dark") {
    chosen = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  root.dataset.bsTheme = chosen;
})();
