import { show } from './navigation.js';
import { readMeta } from './page.js';

/**
 * Keeps a page fresh that says how often it changes (`live`, in seconds), unless the reader is filling in a form,
 * is not looking, or has asked for less motion on the screen by leaving the tab. The server answers with the page only
 * where another one stands there by now.
 */
export function followLive() {
  const seconds = Number(readMeta('live') ?? '');
  setTimeout(() => void refresh(), (seconds > 0 ? seconds : 30) * 1000);
}

/** A page that was asked for and has not come, which a refresh would overtake; an open menu; a form being filled in. */
const busy = '#page[aria-busy], details[data-menu][open], [data-changed]';

async function refresh() {
  const isWanted = Number(readMeta('live') ?? '') > 0;
  if (isWanted && document.visibilityState === 'visible' && !isBusy()) {
    await show(window.location.href, { mode: 'refresh' });
  }
  followLive();
}

function isBusy() {
  // A refresh would take away what is marked, before it is copied.
  const isMarking = window.getSelection()?.isCollapsed === false;
  const isTyping = document.activeElement?.matches('input, select, textarea') ?? false;
  return isMarking || isTyping || document.querySelector(busy) !== null;
}

document.addEventListener('input', (event) => {
  event.target.closest('form')?.setAttribute('data-changed', '');
});
