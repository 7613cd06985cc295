/** A list of more boxes than these gets a box to search it; without this file it scrolls. */
const mostWithoutSearch = 20;
/** The same of a list in a menu. */
const mostOfMenu = 8;

/** The boxes of a filter are made when it is opened: of hundreds of repositories most are never looked at. */
export function offerChoices() {
  document.addEventListener('toggle', onToggle, { capture: true });
  // The event of opening comes late: whoever goes on by keyboard at once would pass by what is not made yet.
  document.addEventListener('focusin', onFocus);
  // Somebody may have been quicker than this file.
  document.querySelectorAll('.picker[open]').forEach(makeChoices);
}

function onToggle({ target }) {
  if (target.matches('.picker') && target.open) {
    makeChoices(target);
  }
}

function onFocus({ target }) {
  if (target.matches('.picker > summary')) {
    makeChoices(target.parentElement);
  }
}

/** Fills a list of the filter: among the chosen ones, which stand there, the others, by name. */
export function makeChoices(picker) {
  const folded = picker.querySelectorAll('noscript');
  folded.forEach(unfold);
  if (folded.length > 0) {
    sortChoices(picker.querySelector('.choices'));
  }
  searchChoices(picker);
}

function sortChoices(list) {
  const { compare } = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  const choices = [...list.querySelectorAll('.choice')];
  const focused = document.activeElement;
  list.append(...choices.sort((one, other) => compare(one.textContent.trim(), other.textContent.trim())));
  // What is put elsewhere loses the focus.
  if (focused !== document.activeElement) {
    focused.focus();
  }
}

/** What stands there for a browser without scripts is text to one with them. */
function unfold(folded) {
  const template = document.createElement('template');
  template.innerHTML = folded.textContent;
  for (const label of template.content.querySelectorAll('label')) {
    label.className = 'choice';
  }
  folded.replaceWith(template.content);
}

/** Puts a search box above every long list of boxes to tick. Ticked ones always stay in sight. */
export function searchChoices(root) {
  for (const list of root.querySelectorAll('.choices:not([data-searched])')) {
    const choices = [...list.querySelectorAll('.choice')];
    const isMenu = list.matches('.menu-body');
    if (choices.length > (isMenu ? mostOfMenu : mostWithoutSearch)) {
      list.dataset.searched = '';
      const legend = list.querySelector('legend');
      const search = createSearch(choices, list.dataset.find ?? `Search in the list: ${legend?.textContent ?? ''}`);
      if (isMenu) {
        legend.after(search);
      } else {
        list.before(search);
      }
    }
  }
}

function createSearch(choices, label) {
  const row = document.createElement('div');
  row.className = 'choices-search';
  const input = document.createElement('input');
  input.type = 'search';
  input.className = 'input';
  input.autocomplete = 'off';
  input.placeholder = 'Find';
  input.setAttribute('aria-label', label);
  const found = document.createElement('span');
  found.className = 'subtle small';
  found.setAttribute('role', 'status');
  row.append(input, found);
  input.addEventListener('input', (event) => {
    // Only what is sent counts as a change of the form.
    event.stopPropagation();
    found.textContent = `${show(choices, input.value)} of ${choices.length}`;
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') {
      // There is nothing to send yet.
      event.preventDefault();
    }
  });
  return row;
}

/** Returns how many are shown. */
function show(choices, text) {
  const wanted = text.trim().toLowerCase();
  let shown = 0;
  for (const choice of choices) {
    const isFound = choice.textContent.toLowerCase().includes(wanted);
    choice.hidden = !isFound && !choice.querySelector('input').checked;
    shown += choice.hidden ? 0 : 1;
  }
  return shown;
}
