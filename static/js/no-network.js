// The page without network: what waits on this device for whoever used it last and has not signed
// out, how many of others, and back to the page as soon as it can be had.
import { keys, read } from "./kept.js";
import { reachable } from "./reachable.js";

const PAUSE = 15000;

const list = document.querySelector("[data-waiting]");
const empty = document.querySelector("[data-nothing]");
const others = document.querySelector("[data-others]");
const box = `outbox:${read("viewer")}:`;
const all = keys("outbox:");
const own = all.filter((key) => key.startsWith(box));

for (const key of own) {
  const item = document.createElement("li");
  item.textContent = read(key)?.title || "?";
  list.append(item);
}
list.hidden = !own.length;
empty.hidden = all.length > 0;
others.hidden = own.length === all.length;
others.textContent = others.dataset.others.replace("{n}", all.length - own.length);
document.querySelector("[data-again]").addEventListener("click", (event) => {
  event.preventDefault();
  location.reload();
});
addEventListener("online", () => location.reload());
// It may have been the portal that was away, not the network.
setInterval(async () => { if (await reachable()) location.reload(); }, PAUSE);
document.documentElement.dataset.ready = "";
