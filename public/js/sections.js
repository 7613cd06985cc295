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
