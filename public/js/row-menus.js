/** Menus of rows are open one at a time; Escape and a click beside them close them. */
export function offerRowMenus() {
  document.addEventListener('click', ({ target }) => closeMenus(target.closest('.row-menu')));
  document.addEventListener('keydown', (event) => {
    const menu = event.key === 'Escape' ? document.querySelector('.row-menu[open]') : null;
    if (menu !== null) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });
}

function closeMenus(but) {
  for (const menu of document.querySelectorAll('.row-menu[open]')) {
    if (menu !== but) {
      menu.open = false;
    }
  }
}
