import { say, show } from './navigation.js';
import { getSession } from './session.js';

/** A view is saved where it is seen, and its link is copied by opening the menu of links. */
export function offerViews() {
  document.addEventListener('submit', onSubmit);
  document.addEventListener('toggle', onToggle, { capture: true });
  document.addEventListener('focusin', ({ target }) => {
    if (target.matches('.address-field')) {
      target.select();
    }
  });
}

function onSubmit(event) {
  const { target: form } = event;
  if (form.matches('[data-save-view]')) {
    event.preventDefault();
    void save(form);
  }
}

async function save(form) {
  const { name, page, query } = Object.fromEntries(new FormData(form));
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${getSession() ?? ''}` };
  const address = form.dataset.saveView;
  try {
    const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify({ name, page, query }) });
    const { said, detail } = await answer.json();
    if (answer.ok) {
      await show(window.location.href, { mode: 'replace' });
      document.querySelector('[data-menu="views"] > summary')?.focus();
      say(said);
      return;
    }
    refuse(form, detail ?? '');
  } catch {
    refuse(form, 'Drumbeat did not answer. Try again in a moment.');
  }
}

/** What is wrong stands below the field, with the focus there. */
function refuse(form, text) {
  const status = form.querySelector('[role="alert"]');
  const field = form.querySelector('[name="name"]');
  status.hidden = false;
  status.textContent = text;
  field.setAttribute('aria-invalid', 'true');
  field.focus();
}

function onToggle({ target }) {
  if (target.matches('[data-copy-link]') && target.open) {
    copy(target);
  }
}

/** The clipboard's own interface is closed to a frame unless its host opens it; what is selected may be copied anywhere. */
function copy(menu) {
  const field = menu.querySelector('.address-field');
  const status = menu.querySelector('[role="status"]');
  field.focus();
  field.select();
  status.textContent = document.execCommand('copy') ? status.dataset.copied : status.dataset.marked;
}
