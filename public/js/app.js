import { fetchCharts, showCharts } from './chart-loader.js';
import { offerTables } from './chart-tables.js';
import { offerChoices, searchChoices } from './choices.js';
import { offerCopies } from './copy.js';
import { actAtOnce } from './filter.js';
import { findPlaceToReturn, keepPlace } from './last-view.js';
import { followLive } from './live.js';
import { offerMenus } from './menus.js';
import { listenForNavigation, restore, show } from './navigation.js';
import { isDoor, isOwnWindow, keepOwnWindow } from './own-window.js';
import { readMeta } from './page.js';
import { openAskedSection } from './sections.js';
import { keepSession, recallSession, startSession } from './session.js';
import { upgradeLinks } from './upgrade.js';
import { offerViews } from './views.js';

/**
 * Everything works without this file; it makes navigation quick, keeps the session alive and draws charts.
 * A page that came without a session (a reload: the address never holds a token) is fetched again with the kept one.
 */
function start() {
  offerCopies(document);
  offerTables();
  offerChoices();
  offerMenus();
  actAtOnce();
  offerViews();
  if (isOwnWindow()) {
    keepOwnWindow();
  }
  if (isDoor()) {
    followLive();
    return;
  }
  const session = readMeta('session');
  if (session === null) {
    listenForNavigation();
    if (recallSession() !== null) {
      void restore().then(openAskedSection);
    }
    return;
  }
  startSession(session);
  const returned = findPlaceToReturn();
  window.history.replaceState({}, '', readMeta('address') ?? window.location.pathname);
  keepSession();
  listenForNavigation();
  followLive();
  keepPlace();
  if (returned !== null) {
    void show(returned, { mode: 'replace' });
    return;
  }
  fetchCharts();
  afterFirstPaint(() => {
    upgradeLinks(document);
    searchChoices(document);
    showCharts();
    openAskedSection();
  });
}

/** Numbers first: what can be read is there without scripts. */
function afterFirstPaint(work) {
  requestAnimationFrame(() => setTimeout(work));
}

start();
