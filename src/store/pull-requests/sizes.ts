import { toSizeHead } from '../../domain/pull-requests/size';
import type { Transaction } from '../database/transaction';
import type { PullRequestRow } from '../schema/pull-requests';
import type { PullRequestRows, RepositoryKey } from './pull-request-rows';
import type { SizeRow } from './saved-rows';

/** With the lines changed, or why they cannot be known, as of the head they were asked for. */
export function withSize(before: PullRequestRow, row: SizeRow): PullRequestRow {
  const size =
    'problem' in row
      ? { linesAdded: null, linesRemoved: null, sizeProblem: row.problem }
      : { linesAdded: row.linesAdded, linesRemoved: row.linesRemoved, sizeProblem: null };
  return { ...before, ...size, sizeHead: toSizeHead(row.head) };
}

/** They are to be read once more. */
export async function forgetSizes(
  rows: PullRequestRows,
  key: RepositoryKey,
  { numbers, tx }: { readonly numbers: readonly number[]; readonly tx: Transaction },
): Promise<void> {
  const change = (before: PullRequestRow) => ({ ...before, sizeHead: null, sizeProblem: null });
  await rows.change(key, { numbers, change, tx });
}
