import type { Frame, Page } from 'playwright-core';
import { openTables } from './lay-open';

export interface TileText {
  readonly name: string;
  readonly value: string;
  readonly sample: string;
}

/** The numbers of an overview as a reader finds them. */
export interface ShownNumbers {
  readonly tiles: readonly TileText[];
  /** Rows of the table behind each chart, by the caption. */
  readonly tables: Readonly<Record<string, readonly (readonly string[])[]>>;
  /** Rows of the table of repositories: name, deployments, lead time, failure rate, time to recover; rework rate where it differs. */
  readonly systems: readonly (readonly string[])[];
}

/** Also where scripts of the page do not run. */
export async function readNumbers(place: Frame | Page): Promise<ShownNumbers> {
  await place.evaluate(openTables);
  return place.evaluate<ShownNumbers>(`(() => {
    const all = (root, query) => [...root.querySelectorAll(query)];
    const text = (element) => element.textContent.replace(/\\s+/g, ' ').trim();
    const rows = (table) => all(table, 'tbody tr').map((row) => all(row, 'th, td').map(text));
    return {
      tiles: all(document, '.tile').map((tile) => ({
        name: text(tile.querySelector('h2')),
        value: text(tile.querySelector('.tile-value')),
        sample: text(tile.querySelector('.tile-sample')),
      })),
      tables: Object.fromEntries(all(document, '.chart table').map((one) => [text(one.caption), rows(one)])),
      systems: all(document, '[aria-labelledby="systems"] tbody tr').map((row) =>
        [text(row.querySelector('th')), ...all(row, '.number').map(text)]),
    };
  })()`);
}
