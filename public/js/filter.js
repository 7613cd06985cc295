import { forgetAsked } from './navigation.js';

/**
 * A filter acts when it is chosen. Boxes are ticked one after the other: they act when their list is closed, or after a
 * pause; and whoever goes through a list by arrow keys means the last one. Dates have a button of their own.
 */
const pauseMs = 600;

let waiting = null;

export function actAtOnce() {
  document.addEventListener('change', onChange);
  document.addEventListener('toggle', onToggle, { capture: true });
  // Whatever sends the form sends all of it.
  document.addEventListener('submit', stop, { capture: true });
}

function onChange({ target }) {
  const form = target.closest('form[data-filter]');
  if (form === null || !target.matches('input[type="checkbox"], [data-at-once]')) {
    return;
  }
  forgetAsked();
  stop();
  waiting = { form, timer: setTimeout(act, pauseMs) };
}

function onToggle({ target }) {
  if (target.matches('details[data-menu]') && !target.open && waiting !== null) {
    act();
  }
}

function act() {
  const form = waiting?.form;
  stop();
  if (form?.isConnected) {
    form.requestSubmit();
  }
}

function stop() {
  clearTimeout(waiting?.timer);
  waiting = null;
}
