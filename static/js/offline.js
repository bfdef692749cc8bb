// The service worker answers with a page of its own where there is no network; see
// service-worker.js. It is asked for last, so that it takes nothing from what the page needs.
let asked = false;

export function start() {
  const place = document.body.dataset.offline;
  if (asked || !("serviceWorker" in navigator)) return;
  asked = true;
  // "all": not asked for anew with each page, but as often as the portal says.
  const settings = { updateViaCache: "all" };
  const register = () => navigator.serviceWorker.register(place, settings).catch(() => {
    // The browser keeps nothing, or the network went: the next page asks again.
  });
  if (document.readyState === "complete") register();
  else addEventListener("load", register, { once: true });
}
