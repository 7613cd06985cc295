/** Buttons beside what can be copied; without this file it can be marked. */
export function offerCopies(root) {
  for (const button of root.querySelectorAll('button[data-copy][hidden]')) {
    button.hidden = false;
    button.addEventListener('click', () => void copy(button));
  }
}

async function copy(button) {
  const code = button.parentElement.querySelector('code');
  const word = button.querySelector('[data-copy-word]');
  try {
    await navigator.clipboard.writeText(code.textContent);
    word.textContent = 'Copied';
  } catch {
    // Only pages of https and of this machine may write to the clipboard.
    window.getSelection().selectAllChildren(code);
    word.textContent = 'Marked: copy it';
  }
  setTimeout(() => {
    word.textContent = 'Copy';
  }, 2000);
}
