// Whether the portal answers: a device says it has a network where it has only a cable.
// The service worker lets HEAD pass, so that it does not answer for the portal.
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
