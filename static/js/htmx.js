// htmx comes only to pages that use it; it reads its settings from the meta tag of base.html.
let coming = false;

export function start() {
  if (coming || window.htmx) return;
  coming = true;
  const script = document.createElement("script");
  script.src = document.body.dataset.htmx;
  // It waits for an event that is past where the page is read but its pictures still come.
  script.addEventListener("load", () => window.htmx.process(document.body));
  document.head.append(script);
}
