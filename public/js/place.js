/** Where the reader is on the page: what has the focus, which parts are open. */
export function rememberPlace() {
  const focused = toSign(document.activeElement);
  const open = [...document.querySelectorAll('details')].map((part) => part.open);
  return {
    comeBack({ isSamePage, isRefresh }) {
      if (isRefresh) {
        reopen(open);
      }
      const said = isRefresh ? null : document.querySelector('#page [data-said]');
      if (said !== null) {
        // What came of a button has the focus, so that it is read and the way back is the next thing.
        said.focus();
      } else if (isSamePage) {
        (findBySign(focused) ?? document.querySelector('[data-landing]'))?.focus({ preventScroll: true });
      } else {
        focusHeading();
      }
    },
  };
}

/** Where a page begins: whoever follows a way to another one lands on its heading, and hears it. */
function focusHeading() {
  const place = document.querySelector('#page h1') ?? document.getElementById('page');
  place.tabIndex = -1;
  place.focus();
}

/** What makes a control the same one on the next page. */
function toSign(element) {
  if (element === null || element === document.body || element.id === 'page') {
    return null;
  }
  const text = element.matches('a, button, summary') ? element.textContent.replaceAll(/[↑↓]/g, '') : '';
  return `${element.getAttribute('name') ?? ''}|${element.getAttribute('value') ?? ''}|${text}`;
}

function findBySign(sign) {
  if (sign === null) {
    return null;
  }
  const controls = [...document.querySelectorAll('#page :is(a, button, summary, input, select, textarea)')];
  return controls.find((control) => toSign(control) === sign && isShown(control)) ?? null;
}

/** What lies in a closed menu takes no focus. */
function isShown(control) {
  return control.checkVisibility?.() ?? control.getClientRects().length > 0;
}

function reopen(open) {
  const parts = [...document.querySelectorAll('details')];
  if (parts.length === open.length) {
    parts.forEach((part, index) => {
      part.open = open[index];
    });
  }
}
