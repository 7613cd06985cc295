import type { DeliveryFilter } from '../../reporting/filter/delivery-filter';
import { parseRowPage, type RowPage, type Rows } from '../../reporting/filter/row-page';
import type { Snapshot } from '../../reporting/snapshot';
import { refuse, type AnswerApi, type ApiAnswer, type ApiRequest } from './api-answer';

/** Opens a workspace as far as somebody may see it. */
type Open<S> = (workspace: string, visible: readonly string[] | null) => Promise<S>;

/** What the caller may see of their workspace. */
export function openFor<S>({ caller }: Pick<ApiRequest, 'caller'>, open: Open<S>): Promise<S> {
  return open(caller.workspace, caller.sight.repositories);
}

/** Answers with what the filters of the query choose, or names what is wrong with them. */
export function withFilter(
  snapshot: Snapshot,
  { caller, query }: ApiRequest,
  answer: (filter: DeliveryFilter) => ApiAnswer | Promise<ApiAnswer>,
): ApiAnswer | Promise<ApiAnswer> {
  const parsed = snapshot.parseFilter(query, caller);
  return 'problems' in parsed ? refuse(parsed.problems) : answer(parsed.filter);
}

/** Numbers of a range. */
interface Reported<Report> {
  readonly compute: (snapshot: Snapshot, filter: DeliveryFilter) => Report | Promise<Report>;
  readonly toCsv: (report: Report) => string;
}

export function answerReport<Report extends object>(
  open: Open<Snapshot>,
  name: string,
  { compute, toCsv }: Reported<Report>,
): AnswerApi {
  return async (request) => {
    const snapshot = await openFor(request, open);
    return withFilter(snapshot, request, async (filter) => {
      const report = await compute(snapshot, filter);
      const fileName = `${name}-${filter.from}-${filter.to}`;
      return { kind: 'rows', body: report, fileName, toCsv: () => toCsv(report), next: null };
    });
  };
}

/** A list that is read page by page. */
export interface Listing<Item, S extends Snapshot = Snapshot> {
  readonly name: string;
  readonly open: Open<S>;
  readonly list: (snapshot: S, filter: DeliveryFilter, page: RowPage) => Rows<Item> | Promise<Rows<Item>>;
  readonly toCsv: (items: readonly Item[]) => string;
}

export async function withPage<Item, S extends Snapshot>(
  request: ApiRequest,
  { name, open, list, toCsv }: Listing<Item, S>,
): Promise<ApiAnswer> {
  const parsed = parseRowPage(request.query);
  if ('problems' in parsed) {
    return refuse(parsed.problems);
  }
  const snapshot = await openFor(request, open);
  return withFilter(snapshot, request, async (filter) => {
    const rows = await list(snapshot, filter, parsed.page);
    const fileName = `${name}-${filter.from}-${filter.to}`;
    return { kind: 'rows', body: rows, fileName, toCsv: () => toCsv(rows.items), next: rows.next };
  });
}
