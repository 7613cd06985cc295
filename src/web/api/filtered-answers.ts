import type { DeliveryFilter } from '../../reporting/filter/delivery-filter';
import { parseRowPage, type RowPage, type Rows } from '../../reporting/filter/row-page';
import type { Snapshot } from '../../reporting/snapshot';
import { refuse, type AnswerApi, type ApiAnswer, type ApiRequest } from './api-answer';

/** Answers with what the filters of the query choose, or names what is wrong with them. */
export function withFilter(
  snapshot: Snapshot,
  { caller, query }: ApiRequest,
  answer: (filter: DeliveryFilter) => ApiAnswer,
): ApiAnswer {
  const parsed = snapshot.parseFilter(query, caller);
  return 'problems' in parsed ? refuse(parsed.problems) : answer(parsed.filter);
}

/** Numbers of a range. */
interface Reported<Report> {
  readonly compute: (snapshot: Snapshot, filter: DeliveryFilter) => Report;
  readonly toCsv: (report: Report) => string;
}

export function answerReport<Report extends object>(
  open: (workspace: string) => Promise<Snapshot>,
  name: string,
  { compute, toCsv }: Reported<Report>,
): AnswerApi {
  return async (request) => {
    const snapshot = await open(request.caller.workspace);
    return withFilter(snapshot, request, (filter) => {
      const report = compute(snapshot, filter);
      const fileName = `${name}-${filter.from}-${filter.to}`;
      return { kind: 'rows', body: report, fileName, toCsv: () => toCsv(report), next: null };
    });
  };
}

/** A list that is read page by page. */
export interface Listing<Item, S extends Snapshot = Snapshot> {
  readonly name: string;
  readonly open: (workspace: string) => Promise<S>;
  readonly list: (snapshot: S, filter: DeliveryFilter, page: RowPage) => Rows<Item>;
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
  const snapshot = await open(request.caller.workspace);
  return withFilter(snapshot, request, (filter) => {
    const rows = list(snapshot, filter, parsed.page);
    const fileName = `${name}-${filter.from}-${filter.to}`;
    return { kind: 'rows', body: rows, fileName, toCsv: () => toCsv(rows.items), next: rows.next };
  });
}
