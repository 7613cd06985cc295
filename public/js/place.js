import { makeChoices } from './choices.js';
import { findOpenMenu } from './menus.js';

/** Where the reader is on the page: what has the focus, which parts are open. */
export function rememberPlace() {
  const focused = toSign(document.activeElement);
  const landing = findLanding();
  const list = rememberList();
  const open = [...document.querySelectorAll('details')].map((part) => part.open);
  return {
    comeBack({ isSamePage, isRefresh }) {
      const findAgain = () => findBySign(focused);
      if (isRefresh) {
        reopen(open);
        findAgain()?.focus({ preventScroll: true });
        return;
      }
      const said = document.querySelector('#page [data-said]');
      if (said !== null) {
        // What came of a button has the focus, so that it is read and the way back is the next thing.
        said.focus();
      } else if (!isSamePage || isElsewhere(landing)) {
        focusHeading(isSamePage);
      } else {
        reopenList(list);
        (findAgain() ?? findLanding())?.focus({ preventScroll: true });
      }
    },
  };
}

/** The heading of a page that shows one of many things at the same path: a section of the settings, a day, a release. */
function findLanding() {
  return document.querySelector('#page [data-landing]');
}

/** Another of these things is another page to whoever reads it, though the way to it may stand there again. */
function isElsewhere(before) {
  const now = findLanding();
  return before !== null && now !== null && before.textContent !== now.textContent;
}

/** Where a page begins: whoever follows a way to another one lands on its heading, and hears it. */
function focusHeading(isSamePage) {
  const heading = isSamePage ? findLanding() : document.querySelector('#page h1');
  const place = heading ?? document.getElementById('page');
  place.tabIndex = -1;
  place.focus();
}

/** What makes a control the same one on the next page. */
function toSign(element) {
  if (element === null || element === document.body || element.id === 'page') {
    return null;
  }
  const text = element.matches('a, button, summary') ? element.textContent.replaceAll(/[↑↓]/g, '') : '';
  const [name, value, label] = ['name', 'value', 'aria-label'].map((key) => element.getAttribute(key) ?? '');
  // A summary says what is chosen in its menu, which may be something else by now.
  const menu = element.matches('summary') ? element.parentElement.dataset.menu : '';
  return menu ? `menu|${menu}` : [name, value, label, text].join('|');
}

/** In a menu that is closed again its button stands for what was pressed. */
function findShown(element) {
  const closed = element.closest('details[data-menu]:not([open])');
  return closed === null ? element : closed.querySelector('summary');
}

/** A list of boxes stays open while one after the other is ticked. */
function rememberList() {
  const menu = findOpenMenu();
  const list = menu?.querySelector('.choices') ?? null;
  return list && { menu: menu.dataset.menu, find: list.querySelector('[type="search"]')?.value, top: list.scrollTop };
}

function reopenList(list) {
  const menu = list && document.querySelector(`.picker[data-menu="${list.menu}"]`);
  if (menu === null) {
    return;
  }
  menu.open = true;
  makeChoices(menu);
  const search = menu.querySelector('[type="search"]');
  if (search !== null && list.find) {
    search.value = list.find;
    search.dispatchEvent(new Event('input'));
  }
  menu.querySelector('.choices').scrollTop = list.top;
}

function findBySign(sign) {
  if (sign === null) {
    return null;
  }
  const controls = [...document.querySelectorAll('#page :is(a, button, summary, input, select, textarea)')];
  const same = controls.filter((control) => toSign(control) === sign);
  return same.map(findShown).find(isShown) ?? null;
}

/** What a narrow window leaves out takes no focus. */
function isShown(control) {
  return control.checkVisibility?.() ?? control.getClientRects().length > 0;
}

function reopen(open) {
  const parts = [...document.querySelectorAll('details')];
  if (parts.length === open.length) {
    parts.forEach((part, index) => {
      part.open = open[index];
    });
  }
}
