import type { Frame, Page } from 'playwright-core';
import { openTables } from './lay-open';

/** The cells of every table of a page by its caption, headings left out; also where its scripts do not run. */
export async function readTables(place: Frame | Page): Promise<Readonly<Record<string, readonly string[][]>>> {
  await place.evaluate(openTables);
  return place.evaluate<Record<string, string[][]>>(`(() => {
    const text = (element) => element.textContent.replace(/\\s+/g, ' ').trim();
    const rows = (table) => [...table.querySelectorAll('tbody tr')].map((row) => [...row.cells].map(text));
    return Object.fromEntries([...document.querySelectorAll('table')].map((one) => [text(one.caption), rows(one)]));
  })()`);
}

/** Name, value and the sentence about the sample of each tile, in order. */
export async function readTiles(place: Frame | Page): Promise<readonly (readonly (string | null)[])[]> {
  return place.evaluate<(string | null)[][]>(`[...document.querySelectorAll('.tile')].map((tile) =>
    ['h2', '.tile-value', ':scope > .subtle:not(.tile-level):last-of-type'].map((query) =>
      [...tile.querySelectorAll(query)].at(-1)?.textContent.replace(/\\s+/g, ' ').trim() ?? null))`);
}
