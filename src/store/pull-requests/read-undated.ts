import type { UndatedMerge } from '../../domain/pull-requests/pull-request';
import type { Database } from '../database/database';
import { pickColumns, selectList, type RowOf } from '../database/table';
import type { Transaction } from '../database/transaction';
import { pullRequests } from '../schema/pull-requests';
import { isUnderWay } from '../schema/repositories';
import { selectTeams, toTeams } from './joined-lists';

const undatedFields = pickColumns(pullRequests, [
  ...(['repositoryUuid', 'number', 'title', 'destinationBranch', 'openedAt', 'mergeRecordedAt', 'author'] as const),
]);

interface UndatedRow extends RowOf<typeof undatedFields> {
  readonly mergeRecordedAt: number;
  readonly teams: string | null;
}

/**
 * The first two conditions on the state and the moment are, word for word, those of the partial index, which the
 * planner uses only then. Of a repository whose history is still being read, those that could date a merge are still
 * being asked.
 */
export const selectUndated = `SELECT ${selectList(undatedFields, 'p')}, ${selectTeams} AS teams
  FROM pull_requests p
  WHERE p.workspace = $1 AND p.state = 'MERGED' AND p.merged_at IS NULL AND p.sealed_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM imports i
      WHERE i.workspace = p.workspace AND i.repository = p.repository AND ${isUnderWay})
  ORDER BY p.opened_at DESC, p.repository, p.number DESC`;

/** The settled merges of a workspace that nobody can date, newest opening first. */
export async function readUndated(
  database: Database,
  options: { workspace: string; tx: Transaction | undefined },
): Promise<UndatedMerge[]> {
  const rows = await database.read<UndatedRow>(selectUndated, [options.workspace], options.tx);
  return rows.map(({ author: authorUuid, teams, ...merge }) => ({ ...merge, authorUuid, teams: toTeams(teams) }));
}
