// A draft is also kept on the server, so that it goes on on another device: a while after the last
// key, and at once when the page is left. Where the server counts otherwise than this browser did,
// another device has gone on, or has sent the form: what the server shows is then the newer.
const PAUSE = 1500;
const timers = new WeakMap();

export function isKnownThere(form, kept) {
  return "savedAt" in form.dataset && Number(form.dataset.saves) !== Number(kept.saves || 0);
}

async function send(form, values, say) {
  timers.delete(form);
  if (form.dataset.sending || !navigator.onLine) return;
  const body = new URLSearchParams(values);
  body.set("csrf_token", form.elements.csrf_token.value);
  body.set("saves", form.dataset.saves);
  try {
    const answer = await fetch(form.dataset.savedAt, { method: "POST", body, keepalive: true, redirect: "error" });
    if (answer.status === 409) say(form, form.dataset.newer);
    if (!answer.ok) return;
    form.dataset.saves = (await answer.json()).saves;
    say(form, form.dataset.keptThere);
  } catch {
    // no network: it is kept on this device, and the next key tries again
  }
}

export function keepThere(form, values, say) {
  if (!("savedAt" in form.dataset)) return;
  clearTimeout(timers.get(form));
  const now = () => send(form, values, say);
  if (document.visibilityState === "hidden") now();
  else timers.set(form, setTimeout(now, PAUSE));
}

// What is sent as a whole needs no draft any more.
export function stopKeeping(form) {
  clearTimeout(timers.get(form));
  form.dataset.sending = "yes";
}
