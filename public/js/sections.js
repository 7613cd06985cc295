/** What the sections of the settings were called as anchors, while all of them stood on one page. */
const renamed = new Map([
  ['metrics', 'time-zone'],
  ['exclusions', 'people'],
]);

/** Read before the address of the page is put in its place. */
const asked = window.location.hash.slice(1);

/** An address from before, with an anchor, opens the section of that name. */
export function openAskedSection() {
  const section = renamed.get(asked) ?? asked;
  const links = section === '' ? [] : [...document.querySelectorAll('.sections a.section-link')];
  const link = links.find(({ href }) => new URL(href).searchParams.get('section') === section);
  if (link?.hasAttribute('aria-current') === false) {
    link.click();
  }
}

/** The sections as a menu: closed by Escape and by a click beside it. */
export function closeSections() {
  document.addEventListener('keydown', ({ key }) => {
    const menu = key === 'Escape' ? document.querySelector('.sections-menu[open]') : null;
    if (menu !== null) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });
  document.addEventListener('click', ({ target }) => {
    const menu = document.querySelector('.sections-menu[open]');
    if (menu !== null && !menu.contains(target)) {
      menu.open = false;
    }
  });
}
