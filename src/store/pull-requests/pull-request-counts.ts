import { isSizedAt } from '../../domain/pull-requests/size';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import type { CountsRow, PullRequestRow } from '../schema/pull-requests';

/** How many pull requests of a repository are known, and what they lack. */
export type PullRequestCounts = Omit<CountsRow, 'workspace'>;

type Counts = Omit<PullRequestCounts, 'repositoryUuid'>;

/** A row as it was (`null`: not there) and as it is now; the same twice where only its lists changed. */
export interface RowChange {
  readonly before: PullRequestRow | null;
  readonly after: PullRequestRow;
}

const fields = ['total', 'merged', 'open', 'unreadCommits', 'unsized'] as const satisfies readonly (keyof Counts)[];
const none: Counts = { total: 0, merged: 0, open: 0, unreadCommits: 0, unsized: 0 };

// Counted up where it is: raw, as no model counts and inserts in one statement.
const addition = `INSERT INTO pull_request_counts (workspace, repository, total, merged, open, unread_commits, unsized)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (workspace, repository) DO UPDATE SET
    total = pull_request_counts.total + excluded.total,
    merged = pull_request_counts.merged + excluded.merged,
    open = pull_request_counts.open + excluded.open,
    unread_commits = pull_request_counts.unread_commits + excluded.unread_commits,
    unsized = pull_request_counts.unsized + excluded.unsized`;

/** Counts rows as they are now in the place of what they were, so that nobody ever has to look at all of them. */
export async function countChanges(
  database: Database,
  changes: readonly RowChange[],
  { workspace, tx }: { readonly workspace: string; readonly tx: Transaction },
): Promise<void> {
  for (const [repositoryUuid, counts] of sumChanges(changes)) {
    const added = fields.map((field) => counts[field]);
    if (added.some((count) => count !== 0)) await database.write(addition, [workspace, repositoryUuid, ...added], tx);
  }
}

/** By repository. */
function sumChanges(changes: readonly RowChange[]): Map<string, Counts> {
  const sums = new Map<string, Counts>();
  for (const { before, after } of changes) {
    const sum = sums.get(after.repositoryUuid) ?? none;
    sums.set(after.repositoryUuid, add(add(sum, countRow(after), 1), countRow(before), -1));
  }
  return sums;
}

function add(one: Counts, other: Counts, times: 1 | -1): Counts {
  return {
    total: one.total + times * other.total,
    merged: one.merged + times * other.merged,
    open: one.open + times * other.open,
    unreadCommits: one.unreadCommits + times * other.unreadCommits,
    unsized: one.unsized + times * other.unsized,
  };
}

function countRow(row: PullRequestRow | null): Counts {
  if (row === null) return none;
  const isMerged = row.state === 'MERGED';
  const isOpen = row.state === 'OPEN';
  const lacksSize = (isMerged || isOpen) && !isSizedAt(row.sizeHead, row.sourceHash);
  return {
    total: 1,
    merged: Number(isMerged),
    open: Number(isOpen),
    unreadCommits: Number(isMerged && row.commitsState === 'unread'),
    unsized: Number(lacksSize),
  };
}
