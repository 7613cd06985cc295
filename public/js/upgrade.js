/** Turns the buttons that stand for links into real links: they can be read, copied and reached as such. */
export function upgradeLinks(root) {
  for (const button of root.querySelectorAll('button[data-link]')) {
    const link = document.createElement('a');
    link.className = button.className;
    link.href = button.getAttribute('formaction');
    link.dataset.link = '';
    const current = button.getAttribute('aria-current');
    if (current !== null) {
      link.setAttribute('aria-current', current);
    }
    link.append(...button.childNodes);
    button.replaceWith(link);
  }
}
