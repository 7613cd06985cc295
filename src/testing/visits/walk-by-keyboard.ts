import type { Page } from 'playwright-core';

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

/** Run in the page: every part open, and a number on each control that is to be reached. */
const prepare = `(() => {
  document.querySelectorAll('details').forEach((part) => { part.open = true; });
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter((one) =>
    !one.disabled && one.type !== 'hidden' && one.tabIndex >= 0 && one.getClientRects().length > 0);
  document.activeElement?.blur();
  all.forEach((one, index) => {
    one.dataset.walk = String(index);
    one.dataset.plain = ${look}(one);
  });
  return all.length;
})()`;

/** Run in the page: what has the focus now, as it looks with and without it. */
const describeFocused = `(() => {
  const one = document.activeElement;
  if (one === null || one.dataset.walk === undefined) return null;
  const boxes = [one, ...(one.labels ?? [])].map((element) => element.getBoundingClientRect());
  return {
    index: Number(one.dataset.walk),
    name: (one.tagName + '.' + one.className + ' ' + (one.name ?? '') + ' ' + one.textContent.trim().slice(0, 40)).trim(),
    hasVisibleFocus: ${look}(one) !== one.dataset.plain,
    size: Math.max(...boxes.map(({ width, height }) => Math.min(width, height))),
  };
})()`;

/**
 * Opens everything that is folded and goes through the page with the tabulator key alone.
 * @returns what was met, and the numbers of controls that were never reached.
 */
export async function walkByKeyboard(page: Page): Promise<{ met: MetControl[]; unreached: number[] }> {
  const count = await page.evaluate<number>(prepare);
  const met = new Map<number, MetControl>();
  // A date field takes several steps of its own.
  for (let step = 0; met.size < count && step < count + 40; step += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate<(MetControl & { index: number }) | null>(describeFocused);
    if (focused !== null) {
      // On the last step in a date field the focus is drawn round its calendar sign alone.
      const wasSeen = met.get(focused.index)?.hasVisibleFocus ?? false;
      met.set(focused.index, { ...focused, hasVisibleFocus: focused.hasVisibleFocus || wasSeen });
    }
  }
  const unreached = [...Array(count).keys()].filter((index) => !met.has(index));
  return { met: [...met.values()], unreached };
}
