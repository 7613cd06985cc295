import { toSizeHead } from '../../domain/pull-requests/size';
import type { Transaction } from '../database/transaction';
import type { PullRequestRow } from './pull-request-row';
import type { PullRequestRows, RepositoryKey } from './pull-request-rows';
import type { SizeRow } from './saved-rows';

/** Writes the lines changed down, or why they cannot be known, as of the head they were asked for. */
export async function writeSize(
  rows: PullRequestRows,
  key: RepositoryKey,
  { row, tx }: { readonly row: SizeRow; readonly tx: Transaction },
): Promise<void> {
  const size =
    'problem' in row
      ? { lines_added: null, lines_removed: null, size_problem: row.problem }
      : { lines_added: row.linesAdded, lines_removed: row.linesRemoved, size_problem: null };
  const size_head = toSizeHead(row.head);
  const change = (before: PullRequestRow | null) => before && { ...before, ...size, size_head };
  await rows.change(key, { rows: [row], change, tx });
}

/** They are to be read once more. */
export async function forgetSizes(
  rows: PullRequestRows,
  key: RepositoryKey,
  { numbers, tx }: { readonly numbers: readonly number[]; readonly tx: Transaction },
): Promise<void> {
  const change = (before: PullRequestRow | null) => before && { ...before, size_head: null, size_problem: null };
  await rows.change(key, { rows: numbers.map((number) => ({ number })), change, tx });
}
