import type { DeliveryFilter } from '../../../reporting/filter/delivery-filter';
import type { WholeSnapshot } from '../../../reporting/snapshot';
import type { RowsKind } from './row-kinds';

/** All rows of a list as CSV, some at a time: however many there are, no more than these are in memory. */
export async function* writeRows<Item>(
  { stream, toCsv }: Pick<RowsKind<Item>, 'stream' | 'toCsv'>,
  { snapshot, filter }: { readonly snapshot: WholeSnapshot; readonly filter: DeliveryFilter },
): AsyncGenerator<string> {
  let isContinued = false;
  for await (const items of stream(snapshot, filter)) {
    yield toCsv(items, { isContinued });
    isContinued = true;
  }
  // What begins a file is there, even if nothing follows.
  if (!isContinued) yield toCsv([]);
}
