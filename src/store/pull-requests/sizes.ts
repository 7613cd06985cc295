import { toSizeHead } from '../../domain/pull-requests/size';
import type { Transaction } from '../database/transaction';
import type { PullRequestRow } from '../schema/pull-requests';
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
      ? { linesAdded: null, linesRemoved: null, sizeProblem: row.problem }
      : { linesAdded: row.linesAdded, linesRemoved: row.linesRemoved, sizeProblem: null };
  const sizeHead = toSizeHead(row.head);
  const change = (before: PullRequestRow | null) => before && { ...before, ...size, sizeHead };
  await rows.change(key, { rows: [row], change, tx });
}

/** They are to be read once more. */
export async function forgetSizes(
  rows: PullRequestRows,
  key: RepositoryKey,
  { numbers, tx }: { readonly numbers: readonly number[]; readonly tx: Transaction },
): Promise<void> {
  const change = (before: PullRequestRow | null) => before && { ...before, sizeHead: null, sizeProblem: null };
  await rows.change(key, { rows: numbers.map((number) => ({ number })), change, tx });
}
