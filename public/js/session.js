import { isOwnWindow } from './own-window.js';
import { readMeta, writeMeta } from './page.js';

/**
 * The session token lives in memory and, for a reload, in sessionStorage; never in an address. In our own window a
 * reload goes with the cookie, so nothing is kept that would outlast a sign-out.
 * It is good for 15 minutes and renewed every ten, and whenever the tab is looked at again: how long it was away no
 * clock of a page can tell, for timers stand still while the machine sleeps and its time may be set meanwhile.
 */
const renewAfterMs = 10 * 60_000;

let token = null;
let timer;

export function getSession() {
  return token ?? recallSession();
}

export function startSession(session) {
  token = session;
  writeMeta('session', session);
  for (const field of document.querySelectorAll('input[name="session"]')) {
    field.value = session;
  }
  clearTimeout(timer);
  timer = setTimeout(() => void renew(), renewAfterMs);
}

/** Kept under what the address shows, so that frames of one tab do not take each other's. */
export function keepSession() {
  if (isOwnWindow()) {
    return;
  }
  try {
    sessionStorage.setItem(toKey(), token);
  } catch {
    // A browser that forbids storage keeps the token in memory only: a reload then needs Bitbucket.
  }
}

export function recallSession() {
  if (isOwnWindow()) {
    return null;
  }
  try {
    return sessionStorage.getItem(toKey()) ?? sessionStorage.getItem('drumbeat:workspace');
  } catch {
    return null;
  }
}

function toKey() {
  const { pathname, search } = window.location;
  const place = pathname.endsWith('/settings') ? 'settings' : new URLSearchParams(search).get('repository');
  return `drumbeat:${place ?? 'workspace'}`;
}

export async function renew() {
  const address = readMeta('renew');
  if (token === null || address === null) {
    return;
  }
  try {
    const answer = await fetch(address, { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
    if (answer.ok) {
      startSession((await answer.json()).session);
      keepSession();
      return;
    }
    if (answer.status === 401) {
      // Ended for good: the next click says so. Asking again and again would change nothing.
      return;
    }
  } catch {
    // No network: tried again below and when the tab wakes.
  }
  clearTimeout(timer);
  timer = setTimeout(() => void renew(), 60_000);
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible' && token !== null) {
    void renew();
  }
});
