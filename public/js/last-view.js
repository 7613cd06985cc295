import { isOwnWindow } from './own-window.js';
import { readMeta } from './page.js';
import { getSession } from './session.js';

/** Whoever goes through several views at once means the last one. */
const pauseMs = 1000;

let timer;
let isRefused = false;
/** Which frame of Bitbucket's this is, by what it was opened for. */
let frame = null;
/** The page with filters that this frame showed last. */
let place = null;

/** Tells the server which view this viewer has chosen: a page that is opened without one shows it again. */
export function keepLastView() {
  clearTimeout(timer);
  notePlace();
  if (document.querySelector('form[data-filter]') !== null && !isRefused) {
    timer = setTimeout(() => void tell(), pauseMs);
  }
}

async function tell() {
  const address = document.querySelector('[data-last-view]')?.dataset.lastView;
  const session = getSession();
  if (!address || session === null) {
    return;
  }
  const headers = { Authorization: `Bearer ${session}`, 'Content-Type': 'application/json' };
  try {
    const body = JSON.stringify({ query: window.location.search.slice(1) });
    const answer = await fetch(address, { method: 'PUT', headers, body });
    // Nobody in particular, or nothing to keep: it would be the same the next time.
    isRefused = answer.status === 403;
  } catch {
    // The next choice is told again.
  }
}

/**
 * Bitbucket opens a frame always at the same address. In the same tab, as when the host page is loaded again, the frame goes
 * back to where it was: also to another page than the first, and for viewers of whom nothing is kept. Not to a
 * page of one day or one release, but to the one before it: whoever comes back comes for the numbers.
 */
export function findPlaceToReturn() {
  const opened = new URLSearchParams(window.location.search);
  if (isOwnWindow() || !opened.has('jwt')) {
    return null;
  }
  frame = `drumbeat:place:${window.location.pathname}:${opened.get('repository') ?? ''}`;
  const { address } = readPlace();
  return address !== readMeta('address') && isOurs(address) ? address : null;
}

function isOurs(address) {
  return typeof address === 'string' && address.startsWith('/') && !address.startsWith('//');
}

function readPlace() {
  try {
    return JSON.parse(sessionStorage.getItem(frame) ?? '{}');
  } catch {
    return {};
  }
}

export function keepPlace() {
  notePlace();
  window.addEventListener('pagehide', () => {
    if (frame === null || place === null) {
      return;
    }
    try {
      sessionStorage.setItem(frame, JSON.stringify({ address: place }));
    } catch {
      // A browser that forbids storage opens the first page.
    }
  });
}

function notePlace() {
  if (document.querySelector('form[data-filter]') !== null) {
    place = `${window.location.pathname}${window.location.search}`;
  }
}
