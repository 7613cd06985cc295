/** A list of more boxes than these gets a box to search it; without this file it scrolls. */
const mostWithoutSearch = 20;

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

function makeChoices(picker) {
  picker.querySelectorAll('noscript').forEach(unfold);
  searchChoices(picker);
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
    if (choices.length > mostWithoutSearch) {
      list.dataset.searched = '';
      list.before(createSearch(choices, list.querySelector('legend')?.textContent ?? ''));
    }
  }
}

function createSearch(choices, what) {
  const row = document.createElement('div');
  row.className = 'choices-search';
  const input = document.createElement('input');
  input.type = 'search';
  input.className = 'input';
  input.autocomplete = 'off';
  input.placeholder = 'Search';
  input.setAttribute('aria-label', `Search in the list: ${what}`);
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
