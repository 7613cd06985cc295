/** Turns the buttons that stand for links into real links: they can be read, copied and reached as such. */
export function upgradeLinks(root) {
  foldAway(root);
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

/**
 * What is meant for a browser without scripts is text in a page that the browser opened; in one that a script has read
 * it would be elements, thousands of them.
 */
function foldAway(root) {
  for (const part of root.querySelectorAll('noscript')) {
    if (part.childElementCount > 0) {
      part.textContent = part.innerHTML;
    }
  }
}
