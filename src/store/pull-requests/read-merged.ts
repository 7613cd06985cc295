import type { RecordedPullRequest } from '../../domain/pull-requests/pull-request-history';
import type { Database } from '../database/database';
import { toRows } from '../database/table';
import type { Transaction } from '../database/transaction';
import { mergedFields, selectRecorded, toRecordedPullRequest, type RecordedRow } from './recorded-rows';

/**
 * The merged and recorded pull requests of a UTC month `YYYY-MM`, by moment of the merge. One statement whatever the
 * month holds; the list of commits, that of teams and that of activities arrive each as one text. Of merges that are
 * not recorded yet, which an import has many of and which count nowhere, none is read.
 */
export async function readMerged(
  database: Database,
  options: { workspace: string; month: string; tx: Transaction | undefined },
): Promise<RecordedPullRequest[]> {
  const rows = await database.read<RecordedRow>(
    `SELECT ${selectRecorded(database.dialect)} FROM pull_requests p
     WHERE p.workspace = $1 AND p.merged_at >= $2 AND p.merged_at < $3 AND p.sealed_at IS NOT NULL
     ORDER BY p.merged_at, p.repository, p.number`,
    [options.workspace, ...toBounds(options.month)],
    options.tx,
  );
  return toRows(mergedFields, rows).map(toRecordedPullRequest);
}

function toBounds(month: string): [number, number] {
  const [year = Number.NaN, ordinal = Number.NaN] = month.split('-').map(Number);
  const start = Date.UTC(year, ordinal - 1, 1);
  const end = Date.UTC(year, ordinal, 1);
  if (!/^\d{4}-\d{2}$/u.test(month) || ordinal < 1 || ordinal > 12) {
    throw new Error(`Not a month: ${month}`);
  }
  return [start, end];
}
