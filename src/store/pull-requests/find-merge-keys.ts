import type { Database } from '../database/database';
import { isOneOf, toJson } from '../database/table';
import type { PullRequestKey } from './read-recorded';

/** A pull request that has changed. */
export interface ChangedPullRequest extends PullRequestKey {
  /** Merged at a known moment and recorded: it counts now. */
  readonly isRecorded: boolean;
}

const recorded = 'p.merged_at IS NOT NULL AND p.sealed_at IS NOT NULL';
const keyList = 'p.repository AS "repositoryUuid", p.number AS number';

/** Pull requests in any state whose row, or one of their lists, changed after that version of the workspace. */
export async function findChangedSince(
  database: Database,
  workspace: string,
  version: number,
): Promise<ChangedPullRequest[]> {
  // The first condition is, word for word, that of the partial index, which the planner uses only then.
  const rows = await database.read<PullRequestKey & { readonly isRecorded: number }>(
    `SELECT ${keyList}, CASE WHEN ${recorded} THEN 1 ELSE 0 END AS "isRecorded" FROM pull_requests p
     WHERE p.workspace = $1 AND p.changed_in > 0 AND p.changed_in > $2`,
    [workspace, version],
  );
  return rows.map(({ repositoryUuid, number, isRecorded }) => ({
    repositoryUuid,
    number,
    isRecorded: isRecorded === 1,
  }));
}

/** Merges by whom: keys of those that an author made, or in which an actor did something. Reads all of a workspace. */
export async function findMergesBy(
  database: Database,
  workspace: string,
  { authors, actors }: { readonly authors: readonly string[]; readonly actors: readonly string[] },
): Promise<PullRequestKey[]> {
  const { dialect } = database;
  const list = (parameter: string) => ({ parameter, type: 'text' as const });
  return database.read<PullRequestKey>(
    `SELECT ${keyList} FROM pull_requests p
     WHERE p.workspace = $1 AND ${recorded} AND ${isOneOf(dialect, 'p.author', list('$2'))}
     UNION
     SELECT ${keyList} FROM pull_request_acts a CROSS JOIN pull_requests p
     WHERE a.workspace = $1 AND ${isOneOf(dialect, 'a.actor', list('$3'))}
       AND p.workspace = $1 AND p.repository = a.repository AND p.number = a.number AND ${recorded}`,
    [workspace, toJson(authors), toJson(actors)],
  );
}

/** Keys of all merges of repositories. */
export async function findMergesOf(
  database: Database,
  workspace: string,
  repositories: readonly string[],
): Promise<PullRequestKey[]> {
  const isOfThese = isOneOf(database.dialect, 'p.repository', { parameter: '$2', type: 'text' });
  return database.read<PullRequestKey>(
    `SELECT ${keyList} FROM pull_requests p WHERE p.workspace = $1 AND ${recorded} AND ${isOfThese}`,
    [workspace, toJson(repositories)],
  );
}

/** Uuids of the known repositories that have merges. */
export async function findRepositoriesWithMerges(database: Database, workspace: string): Promise<string[]> {
  const rows = await database.read<{ readonly uuid: string }>(
    // By the key of the repository: with the sign no planner goes through all merges of the workspace instead.
    `SELECT r.uuid AS uuid FROM repositories r WHERE r.workspace = $1 AND EXISTS (
       SELECT 1 FROM pull_requests p WHERE p.workspace = r.workspace AND p.repository = r.uuid
         AND +p.merged_at IS NOT NULL AND p.sealed_at IS NOT NULL)
     ORDER BY r.uuid`,
    [workspace],
  );
  return rows.map(({ uuid }) => uuid);
}
