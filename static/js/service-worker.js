// Answers where there is no network: with the page that says so, and the files it is made of.
// Nothing else is kept, no page of a person and no answer to anything that was sent. The portal
// puts `portal` before this: its root, its version, the files and the address of the page.
const mine = `portal ${portal.root} `;
const name = mine + portal.version;

async function keep(cache, address, settings) {
  const answer = await fetch(address, settings);
  if (!answer.ok) throw new Error(`${address} answers ${answer.status}`);
  // While an upgrade runs, another version may answer, which promises nothing for this address.
  const promised = (answer.headers.get("Cache-Control") || "").includes("immutable");
  if (portal.files.includes(address) && !promised) throw new Error(`${address} is of another version`);
  await cache.put(address, answer);
}

addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(name);
    await Promise.all(portal.files.map((file) => keep(cache, file)));
    await keep(cache, portal.page, { credentials: "omit", cache: "no-store" });
    await skipWaiting();
  })());
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const other of await caches.keys()) {
      if (other.startsWith(mine) && other !== name) await caches.delete(other);
    }
    if (registration.navigationPreload) await registration.navigationPreload.enable();
    await clients.claim();
  })());
});

const kept = (address) => caches.match(address, { cacheName: name, ignoreVary: true });

async function pageOrWhatIsKept(event) {
  try {
    return (await event.preloadResponse) || (await fetch(event.request));
  } catch {
    return (await kept(portal.page)) || Response.error();
  }
}

async function file(request) {
  return (await kept(request.url)) || fetch(request);
}

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return; // what is sent never passes through here
  if (request.mode === "navigate") event.respondWith(pageOrWhatIsKept(event));
  else if (portal.files.includes(new URL(request.url).pathname)) event.respondWith(file(request));
});
