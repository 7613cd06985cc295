import { showCharts } from './chart-loader.js';
import { searchChoices } from './choices.js';
import { offerCopies } from './copy.js';
import { keepLastView } from './last-view.js';
import { isOwnWindow } from './own-window.js';
import { findPage, readMeta, writeMeta } from './page.js';
import { rememberPlace } from './place.js';
import { getSession, keepSession, startSession } from './session.js';
import { upgradeLinks } from './upgrade.js';

let latest = 0;

/** Drops what was asked for and has not come: the reader has gone on choosing. */
export function forgetAsked() {
  latest += 1;
  findPage()?.removeAttribute('aria-busy');
}

/** What is shown: its address, and the ETag by which the server knows it. */
let shown = { address: null, etag: null };

export function listenForNavigation() {
  document.addEventListener('click', onClick);
  document.addEventListener('submit', onSubmit);
  window.addEventListener('popstate', () => {
    // A jump within the page is the browser's.
    if (window.location.hash === '') void show(window.location.href, { mode: 'none' });
  });
}

/** Fetches the present address again with the kept session. */
export function restore() {
  return show(window.location.href, { mode: 'replace' });
}

function onClick(event) {
  const link = event.target.closest('a[data-link]');
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (link !== null && isPlain) {
    event.preventDefault();
    void show(link.href, { mode: 'push' });
  }
}

/** Downloads, the form that opens a page anew, and sign-out are the browser's. */
function isOfBrowser(form, submitter) {
  return submitter?.hasAttribute('data-download') || form.id === 'go' || form.matches('[data-plain], [data-save-view]');
}

/** A filter becomes an address; any other form of ours is posted and its answer shown. */
function onSubmit(event) {
  const { submitter, target: form } = event;
  if (isOfBrowser(form, submitter)) {
    return;
  }
  event.preventDefault();
  const fields = new URLSearchParams(new FormData(form, submitter));
  const action = submitter?.getAttribute('formaction') ?? form.getAttribute('action');
  if (form.hasAttribute('data-filter')) {
    void show(toFilterAddress(action, fields), { mode: 'push', isFilter: true });
  } else {
    fields.set('session', getSession() ?? '');
    void show(action, { mode: 'replace', body: fields, button: submitter });
  }
}

function toFilterAddress(action, fields) {
  const address = new URL(action, window.location.href);
  fields.delete('session');
  for (const [name, value] of fields) {
    address.searchParams.append(name, value);
  }
  return address.href;
}

/**
 * Shows another page in this frame. Of several that were asked for, only the last one counts.
 * `isFilter`: the same page with other filters, which says so to whoever does not see it.
 * @param {{mode: 'push' | 'replace' | 'none' | 'refresh', body?: URLSearchParams, button?: HTMLElement, isFilter?: boolean}} options
 */
export async function show(address, options) {
  const turn = ++latest;
  findPage()?.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(address, toRequest(address, options));
    const text = await answer.text();
    if (answer.status === 401 && isOwnWindow()) {
      // The browser's own request goes with the cookie; where the sign-in has ended too, it leads to the ways in, and
      // nothing stays on a screen that nobody is signed in at.
      window.location.assign(address);
      return;
    }
    if (isStillWanted(turn, options.mode, answer.ok)) {
      replacePage(new DOMParser().parseFromString(text, 'text/html'), address, options);
      shown = { address: window.location.href, etag: answer.headers.get('ETag') };
    }
  } catch {
    if (isStillWanted(turn, options.mode, false)) {
      sayUnreachable();
    }
  } finally {
    endWaiting(turn);
  }
}

/** Whoever has asked for another page since then still waits. */
function endWaiting(turn) {
  if (turn === latest) {
    findPage()?.removeAttribute('aria-busy');
  }
}

/** A refresh that nobody asked for never replaces a good page by a bad one, or by the answer that nothing has changed. */
function isStillWanted(turn, mode, isGood) {
  return turn === latest && (mode !== 'refresh' || isGood);
}

/**
 * A form carries its session in a field, as it does without JavaScript; a link carries it in the header. A refresh asks
 * whether anything else stands there than what is shown.
 */
function toRequest(address, { body, mode }) {
  const headers = { Accept: 'text/html' };
  if (body !== undefined) {
    return { method: 'POST', headers, body };
  }
  const isKnown = mode === 'refresh' && address === shown.address && shown.etag !== null;
  return { headers: { ...headers, ...toAuthorization(), ...(isKnown ? { 'If-None-Match': shown.etag } : {}) } };
}

function toAuthorization() {
  const session = getSession();
  return session === null ? {} : { Authorization: `Bearer ${session}` };
}

function replacePage(next, address, options) {
  const page = findPage(next);
  if (page === null) {
    sayUnreachable();
    return;
  }
  const before = window.location.pathname;
  const place = rememberPlace();
  updateHistory(keepTheme(readMeta('address', next) || address), options.mode);
  document.title = next.title;
  findPage().replaceWith(document.adoptNode(page));
  takeForm(next);
  writeMeta('live', readMeta('live', next) ?? '');
  const session = readMeta('session', next);
  if (session !== null) {
    startSession(session);
    keepSession();
  }
  upgradeLinks(document);
  searchChoices(document);
  offerCopies(document);
  showCharts();
  place.comeBack({ isSamePage: before === window.location.pathname, isRefresh: options.mode === 'refresh' });
  if (options.body !== undefined) {
    // What came of a form stands where its button is; whoever pressed it is taken there.
    document.getElementById('outcome')?.focus();
  }
  tellChoice(options);
}

function tellChoice({ isFilter, mode }) {
  if (isFilter) {
    say(document.querySelector('form[data-filter]')?.dataset.spoken ?? '');
  }
  if (mode !== 'refresh') {
    keepLastView();
  }
}

/** Outside of what is replaced, so that it is read out. */
export function say(text) {
  let status = document.getElementById('said');
  if (status === null) {
    status = document.createElement('p');
    status.id = 'said';
    status.className = 'hidden';
    status.setAttribute('role', 'status');
    document.querySelector('.ac-content').append(status);
  }
  status.textContent = text;
}

function updateHistory(address, mode) {
  if (mode === 'push') {
    window.history.pushState({}, '', address);
  } else if (mode === 'replace' || mode === 'none') {
    window.history.replaceState({}, '', address);
  }
}

/** A theme that this frame was opened with stays in its address, for the next reload. */
function keepTheme(text) {
  const theme = new URLSearchParams(window.location.search).get('theme');
  const address = new URL(text, window.location.href);
  if (theme !== null && !address.searchParams.has('theme')) {
    address.searchParams.set('theme', theme);
    return address.href;
  }
  return text;
}

/** The hidden form of downloads, also after a page without a session. */
function takeForm(next) {
  const form = next.getElementById('go');
  if (form !== null && document.getElementById('go') === null) {
    findPage().before(document.adoptNode(form));
    for (const name of ['renew', 'charts']) {
      writeMeta(name, readMeta(name, next) ?? '');
    }
  }
}

function sayUnreachable() {
  document.getElementById('unreachable')?.remove();
  const message = document.createElement('p');
  message.id = 'unreachable';
  message.className = 'message message-error';
  message.setAttribute('role', 'alert');
  message.textContent = 'Drumbeat did not answer. What you see is the page from before; try again in a moment.';
  findPage()?.prepend(message);
}
