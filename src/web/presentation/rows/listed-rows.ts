import type { DeliveryFilter } from '../../../reporting/filter/delivery-filter';
import { mostRowsPerPage, type Rows } from '../../../reporting/filter/row-page';
import type { WholeSnapshot } from '../../../reporting/snapshot';
import { everything, type RowsQuestion } from './list-by-incident';

type List<Item> = (snapshot: WholeSnapshot, question: RowsQuestion) => Rows<Item> | Promise<Rows<Item>>;
export type Stream<Item> = (snapshot: WholeSnapshot, filter: DeliveryFilter) => AsyncIterable<readonly Item[]>;

/** A list that is read, counted and looked through by its rows alone. */
export function buildListed<Item>(list: List<Item>, toTime: (item: Item) => string) {
  const count = async (snapshot: WholeSnapshot, filter: DeliveryFilter) =>
    (await list(snapshot, { filter, page: everything })).items.length;
  const findTime = async (snapshot: WholeSnapshot, question: RowsQuestion) => {
    const [first] = (await list(snapshot, question)).items;
    return first === undefined ? null : toTime(first);
  };
  return { stream: streamPages(list), count, findTime };
}

/** For lists that are not long. */
function streamPages<Item>(list: List<Item>): Stream<Item> {
  return async function* (snapshot, filter) {
    let cursor: string | null = null;
    do {
      const { items, next } = await list(snapshot, { filter, page: { limit: mostRowsPerPage, cursor } });
      yield items;
      cursor = next;
    } while (cursor !== null);
  };
}
