/**
 * Menus (`details[data-menu]`) work without this file; it keeps at most one open, and closes it by Escape, by a click
 * elsewhere and when the focus leaves it.
 */
export function offerMenus() {
  document.addEventListener('toggle', onToggle, { capture: true });
  document.addEventListener('click', ({ target }) => closeOthers(target));
  document.addEventListener('focusin', ({ target }) => closeOthers(target));
  document.addEventListener('keydown', onKey);
}

/** The menu that is open; `null`: none is. */
export function findOpenMenu() {
  return document.querySelector('details[data-menu][open]');
}

function onToggle({ target }) {
  if (target.matches('details[data-menu]') && target.open) {
    closeOthers(target);
    keepInSight(target.querySelector(':scope > .menu-body'));
  }
}

/** A menu at the right would stick out of the page. */
function keepInSight(body) {
  if (body === null) {
    return;
  }
  body.style.marginInlineStart = '';
  const excess = body.getBoundingClientRect().right - document.documentElement.clientWidth + 8;
  if (excess > 0) {
    body.style.marginInlineStart = `${-excess}px`;
  }
}

function closeOthers(target) {
  for (const menu of document.querySelectorAll('details[data-menu][open]')) {
    if (!menu.contains(target)) {
      menu.open = false;
    }
  }
}

function onKey(event) {
  const menu = event.key === 'Escape' ? findOpenMenu() : null;
  if (menu === null) {
    return;
  }
  const isInside = menu.contains(document.activeElement);
  menu.open = false;
  if (isInside) {
    menu.querySelector('summary').focus();
  }
  event.preventDefault();
}
