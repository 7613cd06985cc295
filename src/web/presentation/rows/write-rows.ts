import type { DeliveryFilter } from '../../../reporting/filter/delivery-filter';
import type { ListedRow, RowList } from '../../../reporting/rows/row-list';
import type { WholeSnapshot } from '../../../reporting/snapshot';
import type { ChosenRows } from './choose-rows';
import type { RowsKind } from './row-kinds';

/** All rows of a list as CSV, some at a time: however many there are, no more than these are in memory. */
export async function* writeRows<Item>(
  { stream, toCsv }: Pick<RowsKind<Item>, 'stream' | 'toCsv'>,
  { snapshot, filter }: { readonly snapshot: WholeSnapshot; readonly filter: DeliveryFilter },
): AsyncGenerator<string> {
  yield* write(stream(snapshot, filter), toCsv);
}

/** So few that nobody waits for their turn long. */
const readAtOnce = 50;

/** The same of rows in an order, or of those that were searched for; what is left out is not in a file. */
export async function* writeChosenRows<Item>(
  { toCsv }: Pick<RowsKind<Item>, 'toCsv'>,
  list: Pick<RowList<ListedRow<Item>>, 'readRows'>,
  { count, pick }: ChosenRows,
): AsyncGenerator<string> {
  const places = pick(0, count);
  const read = async function* () {
    for (let start = 0; start < places.length; start += readAtOnce) {
      const rows = await list.readRows(places.slice(start, start + readAtOnce));
      yield rows.filter(({ isLeftOut }) => !isLeftOut).map(({ item }) => item);
    }
  };
  yield* write(read(), toCsv);
}

async function* write<Item>(
  parts: AsyncIterable<readonly Item[]>,
  toCsv: RowsKind<Item>['toCsv'],
): AsyncGenerator<string> {
  let isContinued = false;
  for await (const items of parts) {
    yield toCsv(items, { isContinued });
    isContinued = true;
  }
  // What begins a file is there, even if nothing follows.
  if (!isContinued) yield toCsv([]);
}
