import { findMonthStart } from '../../domain/columns/build-month';
import { changeMonth } from '../../domain/columns/change-month';
import type { ColumnContext } from '../../domain/columns/build-month';
import type { MonthColumns } from '../../domain/columns/month-columns';
import type { RecordedPullRequest } from '../../domain/pull-requests/pull-request-history';
import type { MergeReader } from '../../store/pull-requests/merge-reader';
import { deriveRows, type Derivation } from './derive-rows';
import type { Pause } from './slices';

/** Merges that are read, and rows that are put into columns, at a time: of twice as many others would notice. */
const pageSize = 500;

const nothing = { merges: new Set<number>(), deployments: new Set<number>() };

/** What the columns of a whole month are made of. */
export interface MonthMaking {
  readonly merges: MergeReader;
  readonly workspace: string;
  readonly derivation: Derivation;
  readonly context: ColumnContext;
  readonly pause: Pause;
}

/** The columns of a UTC month `YYYY-MM` from its facts, a page of merges after the other; `null`: it holds nothing. */
export async function makeMonth(month: string, making: MonthMaking): Promise<MonthColumns | null> {
  const { merges, workspace, derivation, context, pause } = making;
  let columns: MonthColumns | null = null;
  for await (const recorded of readPages(month, making)) {
    await pause();
    const put = (await deriveRows(merges, workspace, { recorded, derivation, pause })).map(({ row }) => row);
    await pause();
    columns = changeMonth(columns, { month, drop: nothing, put }, context);
    await pause();
  }
  return columns;
}

/** The next page is read while the last one is worked on. */
async function* readPages(month: string, { merges, workspace }: MonthMaking): AsyncGenerator<RecordedPullRequest[]> {
  const bounds = { startAt: findMonthStart(month), endAt: findMonthEnd(month), limit: pageSize };
  let reading = merges.readPage(workspace, { ...bounds, after: null });
  for (;;) {
    const page = await reading;
    const after = page.at(-1);
    const isLast = after === undefined || page.length < pageSize;
    if (!isLast) reading = merges.readPage(workspace, { ...bounds, after });
    // Whoever stops in between waits for nothing; what fails is told when it is awaited.
    reading.catch(() => undefined);
    yield page;
    if (isLast) return;
  }
}

function findMonthEnd(month: string): number {
  const start = new Date(findMonthStart(month));
  return Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1);
}
