import type { Instant } from '../../domain/instant';
import type { RecordedPullRequest } from '../../domain/pull-requests/pull-request-history';
import type { Database } from '../database/database';
import { bigint, selectRows, toBatches, toJson, toRows } from '../database/table';
import { ofARepository } from '../schema/repositories';
import { selectRecorded, mergedFields, toRecordedPullRequest, type RecordedRow } from './recorded-rows';

/** Which pull request of a workspace. */
export interface PullRequestKey {
  /** With braces. */
  readonly repositoryUuid: string;
  readonly number: number;
}

/** Where a page ends: the next one goes on behind it. */
export type PageEnd = PullRequestKey & { readonly mergedAt: Instant };

/** A part of the merges between two instants, the second excluded. */
export interface MergePage {
  readonly startAt: Instant;
  readonly endAt: Instant;
  /** The last of the page before; `null`: from the beginning. */
  readonly after: PageEnd | null;
  readonly limit: number;
}

/** The columns of keys that are bound as one JSON text. */
export const keyColumns = { repositoryUuid: ofARepository.repositoryUuid, number: bigint };

/** Merged and recorded pull requests, by moment of the merge, then by repository and number. */
export async function readRecordedPage(
  database: Database,
  workspace: string,
  { startAt, endAt, after, limit }: MergePage,
): Promise<RecordedPullRequest[]> {
  const behind = after ?? { mergedAt: startAt, repositoryUuid: '', number: 0 };
  const rows = await database.read<RecordedRow>(
    `SELECT ${selectRecorded(database.dialect)} FROM pull_requests p
     WHERE p.workspace = $1 AND p.merged_at >= $2 AND p.merged_at < $3 AND p.sealed_at IS NOT NULL
       AND (p.merged_at, p.repository, p.number) > ($2, $4, $5)
     ORDER BY p.merged_at, p.repository, p.number LIMIT $6`,
    [workspace, behind.mergedAt, endAt, behind.repositoryUuid, behind.number, limit],
  );
  return toRows(mergedFields, rows).map(toRecordedPullRequest);
}

/** Those of the keys that are merged and recorded, in no order. */
export async function readRecordedByKeys(
  database: Database,
  workspace: string,
  keys: readonly PullRequestKey[],
): Promise<RecordedPullRequest[]> {
  const found: RecordedPullRequest[] = [];
  for (const batch of toBatches(keys)) {
    const rows = await database.read<RecordedRow>(
      // From the keys to the rows, as a cross join makes SQLite go.
      `SELECT ${selectRecorded(database.dialect)}
       FROM ${selectRows(database.dialect, '$2', keyColumns)} AS k CROSS JOIN pull_requests p
       WHERE p.workspace = $1 AND p.repository = k.repository AND p.number = k.number
         AND p.merged_at IS NOT NULL AND p.sealed_at IS NOT NULL`,
      [workspace, toJson(batch.map(({ repositoryUuid, number }) => ({ repositoryUuid, number })))],
    );
    found.push(...toRows(mergedFields, rows).map(toRecordedPullRequest));
  }
  return found;
}
