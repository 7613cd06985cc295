import type { Instant } from '../../domain/instant';
import type { Database } from '../database/database';
import type { PullRequestRow } from '../schema/pull-requests';
import type { PullRequestKey } from './read-recorded';

/** A recorded merge of which something is taken from elsewhere, or not known. */
export interface UnsureMerge extends PullRequestKey {
  readonly commitsState: PullRequestRow['commitsState'];
  readonly teamsAsOf: PullRequestRow['teamsAsOf'];
}

/** The merges of a span whose commits are not whole, or whose teams are those of the import; in no order. */
export async function readUnsure(
  database: Database,
  workspace: string,
  { startAt, endAt }: { readonly startAt: Instant; readonly endAt: Instant },
): Promise<UnsureMerge[]> {
  return database.read<UnsureMerge>(
    `SELECT p.repository AS "repositoryUuid", p.number AS number, p.commits_state AS "commitsState",
       p.teams_as_of AS "teamsAsOf"
     FROM pull_requests p
     WHERE p.workspace = $1 AND p.merged_at >= $2 AND p.merged_at < $3 AND p.sealed_at IS NOT NULL
       AND (p.commits_state <> 'complete' OR p.teams_as_of = 'import')`,
    [workspace, startAt, endAt],
  );
}
