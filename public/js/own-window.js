import { readMeta } from './page.js';

/** Outside of Bitbucket's frame: the browser may ask for any page itself, by its cookie. */
export function isOwnWindow() {
  return readMeta('own-window') !== null;
}

/** A page of our own window that holds no session: the ways in, and what they refuse. */
export function isDoor() {
  return readMeta('own-window') === 'door';
}

/**
 * Codes and used links do not stay in the address. A page that comes back from the browser's memory is asked for again:
 * meanwhile somebody may have signed out.
 */
export function keepOwnWindow() {
  const address = readMeta('address');
  if (isDoor() && address) {
    window.history.replaceState({}, '', address);
  }
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) {
      window.location.reload();
    }
  });
}
