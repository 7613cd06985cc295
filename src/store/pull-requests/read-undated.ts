import type { UndatedMerge } from '../../domain/pull-requests/pull-request';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';

interface UndatedRow {
  readonly repository: string;
  readonly number: number;
  readonly title: string;
  readonly destination_branch: string | null;
  readonly opened_at: number;
  readonly sealed_at: number;
  readonly author: string | null;
  /** Slugs, parted by spaces. */
  readonly teams: string | null;
}

/**
 * The first two conditions on the state and the moment are, word for word, those of the partial index, which the
 * planner uses only then. Of a repository whose history is still being read, those that could date a merge are still
 * being asked.
 */
export const selectUndated = `SELECT p.repository, p.number, p.title, p.destination_branch, p.opened_at, p.sealed_at,
    p.author, (SELECT string_agg(l.team, ' ') FROM pull_request_teams l
      WHERE l.workspace = p.workspace AND l.repository = p.repository AND l.number = p.number) AS teams
  FROM pull_requests p
  WHERE p.workspace = $1 AND p.state = 'MERGED' AND p.merged_at IS NULL AND p.sealed_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM imports i
      WHERE i.workspace = p.workspace AND i.repository = p.repository AND i.phase NOT IN ('done', 'failed'))
  ORDER BY p.opened_at DESC, p.repository, p.number DESC`;

/** The settled merges of a workspace that nobody can date, newest opening first. */
export async function readUndated(
  database: Database,
  options: { workspace: string; tx: Transaction | undefined },
): Promise<UndatedMerge[]> {
  const rows = await database.read<UndatedRow>(selectUndated, [options.workspace], options.tx);
  return rows.map((row) => ({
    repositoryUuid: row.repository,
    number: row.number,
    title: row.title,
    destinationBranch: row.destination_branch,
    openedAt: row.opened_at,
    sealedAt: row.sealed_at,
    teams: row.teams === null ? [] : row.teams.split(' ').sort(),
    authorUuid: row.author,
  }));
}
