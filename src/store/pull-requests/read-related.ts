import type { MergedPullRequest } from '../../domain/pull-requests/pull-request';
import type { Database } from '../database/database';
import { selectRows, toBatches, toJson, toRows } from '../database/table';
import { keyColumns, type PullRequestKey } from './read-recorded';
import { mergedFields, selectMerged, toRecordedPullRequest, type RecordedRow } from './recorded-rows';

/**
 * The merged and recorded pull requests that share a commit with one of the keys in the same repository, those of the
 * keys too; each once, in no order.
 */
export async function readRelated(
  database: Database,
  workspace: string,
  keys: readonly PullRequestKey[],
): Promise<MergedPullRequest[]> {
  const found = new Map<string, MergedPullRequest>();
  for (const batch of toBatches(keys)) {
    const rows = await database.read<Omit<RecordedRow, 'activities'>>(
      `WITH related AS (
         SELECT DISTINCT other.repository, other.number
         FROM ${selectRows(database.dialect, '$2', keyColumns)} AS k
         CROSS JOIN pull_request_commits own CROSS JOIN pull_request_commits other
         WHERE own.workspace = $1 AND own.repository = k.repository AND own.number = k.number
           AND other.workspace = $1 AND other.repository = own.repository AND other.hash = own.hash)
       SELECT ${selectMerged} FROM related CROSS JOIN pull_requests p
       WHERE p.workspace = $1 AND p.repository = related.repository AND p.number = related.number
         AND p.merged_at IS NOT NULL AND p.sealed_at IS NOT NULL`,
      [workspace, toJson(batch.map(({ repositoryUuid, number }) => ({ repositoryUuid, number })))],
    );
    for (const row of toRows(mergedFields, rows)) {
      found.set(`${row.repositoryUuid}/${row.number}`, toRecordedPullRequest({ ...row, activities: null }));
    }
  }
  return [...found.values()];
}
