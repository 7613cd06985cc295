import type { Page } from 'playwright-core';
import { layOpen } from './lay-open';

/** A control as somebody meets it who has only a keyboard, or a finger. */
export interface MetControl {
  /** Enough of it to find it in the template. */
  readonly name: string;
  readonly hasVisibleFocus: boolean;
  /** The smaller side of what can be hit, its label included, in pixels. */
  readonly size: number;
}

/** What of a control changes its look; a choice is seen by its label. */
const look = `((one) => {
  const { outlineStyle, outlineWidth, boxShadow, borderColor, backgroundColor } = getComputedStyle(one);
  return [outlineStyle, outlineStyle === 'none' ? '' : outlineWidth, boxShadow, borderColor, backgroundColor].join();
})`;

/** Run in the page: every part open, a number on each control that is to be reached, and an ear for the focus. */
const prepare = `(() => {
  ${layOpen};
  // Of a group of choices the tabulator key reaches the chosen one; arrows lead on from there.
  const isBesideChosen = (one) => one.type === 'radio' && !one.checked &&
    [...document.getElementsByName(one.name)].some(({ checked }) => checked);
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter((one) =>
    !one.disabled && !isBesideChosen(one) && one.type !== 'hidden' && one.tabIndex >= 0 && one.getClientRects().length > 0 && one.checkVisibility());
  document.activeElement?.blur();
  all.forEach((one, index) => {
    one.dataset.walk = String(index);
    one.dataset.plain = ${look}(one);
  });
  window.met = [];
  const describe = (one) => {
    const boxes = [one, ...(one.labels ?? [])].map((element) => element.getBoundingClientRect());
    return {
      index: Number(one.dataset.walk),
      name: (one.tagName + '.' + one.className + ' ' + (one.name ?? '') + ' ' + one.textContent.trim().slice(0, 40)).trim(),
      hasVisibleFocus: ${look}(one) !== one.dataset.plain,
      size: Math.max(...boxes.map(({ width, height }) => Math.min(width, height))),
    };
  };
  document.addEventListener('focusin', ({ target }) => {
    // A menu is open while the focus is in it, and no longer: whoever meets one opens it.
    if (target.matches('details[data-menu] > summary')) target.parentElement.open = true;
    if (target.dataset.walk !== undefined) window.met.push(describe(target));
  });
  return all.length;
})()`;

/** So many steps are made before the page is asked what was met. */
const stride = 25;

/**
 * Opens what is folded and goes through the page with the tabulator key alone.
 * @returns what was met, and the controls that were never reached, as they are written.
 */
export async function walkByKeyboard(page: Page): Promise<{ met: MetControl[]; unreached: string[] }> {
  const count = await page.evaluate<number>(prepare);
  const met = new Map<number, MetControl>();
  // A date field takes several steps of its own.
  for (let steps = 0; met.size < count && steps < count + 40; steps += stride) {
    for (let step = 0; step < stride; step += 1) await page.keyboard.press('Tab');
    for (const one of await page.evaluate<(MetControl & { index: number })[]>('window.met.splice(0)')) {
      // Past the end the walk begins anew.
      if (!met.has(one.index)) met.set(one.index, one);
    }
  }
  const missed = [...Array(count).keys()].filter((index) => !met.has(index));
  const write = `${JSON.stringify(missed)}.map((index) => document.querySelector('[data-walk="' + index + '"]')?.outerHTML.slice(0, 120) ?? index)`;
  const unreached = await page.evaluate<string[]>(write);
  return { met: [...met.values()], unreached };
}
