import type { DeliveryFilter } from '../../reporting/filter/delivery-filter';
import type { Reporting } from '../../reporting/reporting';
import { parseRowPage, type RowPage, type Rows } from '../../reporting/filter/row-page';
import { refuse, type ApiAnswer, type ApiRequest } from './api-answer';

type Parsing = Pick<Reporting, 'parseFilter'>;

/** Answers with what the filters of the query choose, or names what is wrong with them. */
export async function withFilter(
  reporting: Parsing,
  { caller, query }: ApiRequest,
  answer: (filter: DeliveryFilter) => Promise<ApiAnswer>,
): Promise<ApiAnswer> {
  const parsed = await reporting.parseFilter(caller.workspace, query, caller);
  return 'problems' in parsed ? refuse(parsed.problems) : answer(parsed.filter);
}

/** A list that is read page by page. */
export interface Listing<Item> {
  readonly name: string;
  readonly load: (filter: DeliveryFilter, page: RowPage) => Promise<Rows<Item>>;
  readonly toCsv: (items: readonly Item[]) => string;
}

export async function withPage<Item>(
  reporting: Parsing,
  request: ApiRequest,
  { name, load, toCsv }: Listing<Item>,
): Promise<ApiAnswer> {
  const parsed = parseRowPage(request.query);
  if ('problems' in parsed) {
    return refuse(parsed.problems);
  }
  return withFilter(reporting, request, async (filter) => {
    const rows = await load(filter, parsed.page);
    const fileName = `${name}-${filter.from}-${filter.to}`;
    return { kind: 'rows', body: rows, fileName, toCsv: () => toCsv(rows.items), next: rows.next };
  });
}
