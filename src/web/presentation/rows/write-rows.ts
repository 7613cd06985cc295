import { mostRowsPerPage } from '../../../reporting/filter/row-page';
import type { DeliveryFilter } from '../../../reporting/filter/delivery-filter';
import type { WholeSnapshot } from '../../../reporting/snapshot';
import type { RowsKind } from './row-kinds';

/** All rows of a list as CSV, a page after the other: however many there are, no more than a page is in memory. */
export async function* writeRows<Item>(
  { list, toCsv }: Pick<RowsKind<Item>, 'list' | 'toCsv'>,
  { snapshot, filter }: { readonly snapshot: WholeSnapshot; readonly filter: DeliveryFilter },
): AsyncGenerator<string> {
  let cursor: string | null = null;
  let isContinued = false;
  do {
    const { items, next } = await list(snapshot, { filter, page: { limit: mostRowsPerPage, cursor } });
    yield toCsv(items, { isContinued });
    isContinued = true;
    cursor = next;
  } while (cursor !== null);
}
