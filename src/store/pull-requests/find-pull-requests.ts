import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import { selectList, toRows, type Value } from '../database/table';
import type { Transaction } from '../database/transaction';
import { selectPerson, type WithPerson } from '../people/joined-person';
import type { RepositoryKey } from './pull-request-rows';
import { pullRequests, type PullRequestRow } from '../schema/pull-requests';
import { lacksSize } from './size';
import { toStoredPullRequest, type StoredPullRequest } from './stored-pull-request';

export interface PullRequestQuery {
  readonly state?: string;
  readonly sourceBranch?: string;
  /**
   * What is still missing: the commits, the merge record or the moment of a merged one (neither activity nor merge
   * commit have told it), the size of a merged or open one at its head.
   */
  readonly needs?: 'commits' | 'size' | 'merge_record' | 'merge_time';
  /** Only numbers below this one: the next piece of a long list. */
  readonly below?: number;
  readonly openedBefore?: Instant;
  readonly limit?: number;
}

// Word for word the conditions of the partial indexes, which the planner uses only then.
const needed = {
  commits: "p.state = 'MERGED' AND p.commits_state = 'unread'",
  size: lacksSize,
  merge_record: "p.state = 'MERGED' AND p.sealed_at IS NULL",
  merge_time: `p.state = 'MERGED' AND p.merge_hash IS NOT NULL
    AND p.merged_by_activity_at IS NULL AND p.merged_by_merge_commit_at IS NULL`,
};
const isOpen = "p.state = 'OPEN'";

// Raw: joined with the author, and by conditions that lead into the partial indexes.
const select = `SELECT ${selectList(pullRequests, 'p')}, ${selectPerson}
  FROM pull_requests p LEFT JOIN people person ON person.workspace = p.workspace AND person.uuid = p.author`;

export async function getPullRequest(
  database: Database,
  key: RepositoryKey,
  options: { number: number; tx: Transaction | undefined },
): Promise<StoredPullRequest | null> {
  const rows = await database.read<WithPerson<PullRequestRow>>(
    `${select} WHERE p.workspace = $1 AND p.repository = $2 AND p.number = $3`,
    [key.workspace, key.repositoryUuid, options.number],
    options.tx,
  );
  return toRows(pullRequests, rows).map(toStoredPullRequest)[0] ?? null;
}

/** Highest number first. */
export async function findPullRequests(
  database: Database,
  key: RepositoryKey,
  options: { where: PullRequestQuery; tx: Transaction | undefined },
): Promise<StoredPullRequest[]> {
  const { conditions, values, limit } = toConditions(key, options.where);
  const rows = await database.read<WithPerson<PullRequestRow>>(
    `${select} WHERE ${conditions.join(' AND ')} ORDER BY p.number DESC${limit}`,
    values,
    options.tx,
  );
  return toRows(pullRequests, rows).map(toStoredPullRequest);
}

function toConditions(
  key: RepositoryKey,
  where: PullRequestQuery,
): { conditions: string[]; values: Value[]; limit: string } {
  const values: Value[] = [key.workspace, key.repositoryUuid];
  const conditions = ['p.workspace = $1', 'p.repository = $2'];
  if (where.state === 'OPEN') {
    conditions.push(isOpen);
  } else if (where.state !== undefined) {
    conditions.push(`p.state = $${values.push(where.state)}`);
  }
  if (where.sourceBranch !== undefined) {
    conditions.push(`p.source_branch = $${values.push(where.sourceBranch)}`);
  }
  if (where.below !== undefined) {
    conditions.push(`p.number < $${values.push(where.below)}`);
  }
  if (where.openedBefore !== undefined) {
    conditions.push(`p.opened_at < $${values.push(where.openedBefore)}`);
  }
  if (where.needs !== undefined) {
    conditions.push(needed[where.needs]);
  }
  const limit = where.limit === undefined ? '' : ` LIMIT $${values.push(where.limit)}`;
  return { conditions, values, limit };
}
