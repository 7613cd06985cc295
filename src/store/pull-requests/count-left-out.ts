import type { Database } from '../database/database';
import { isOneOf, toJson } from '../database/table';

/** Of merged and recorded pull requests: how many are of each author and repository, and who said how much on them. */
export interface MergedCounts {
  readonly byAuthor: ReadonlyMap<string, number>;
  readonly byRepository: ReadonlyMap<string, { readonly pullRequests: number; readonly deployments: number }>;
  /** Reviews and comments by the uuid of who made them, deleted and withdrawn ones too. */
  readonly activitiesBy: ReadonlyMap<string, number>;
}

interface Counted {
  readonly name: string;
  readonly count: number;
}

const merged = 'p.workspace = $1 AND p.merged_at IS NOT NULL AND p.sealed_at IS NOT NULL';

/** Counts what is of these authors, of these repositories, and what these people said. All uuids. */
export async function countMerged(
  database: Database,
  workspace: string,
  { authors, repositories, actors }: Record<'authors' | 'repositories' | 'actors', readonly string[]>,
): Promise<MergedCounts> {
  const isMeant = (column: string) => isOneOf(database.dialect, column, { parameter: '$2', type: 'text' });
  // Groups of all merges of a workspace: nothing of a row is needed but that it is there.
  const count = async (sql: string, uuids: readonly string[]): Promise<readonly Counted[]> =>
    uuids.length === 0 ? [] : database.read<Counted>(sql, [workspace, toJson(uuids)]);
  const [byAuthor, byRepository, deployed, said] = await Promise.all([
    count(
      `SELECT p.author AS name, count(*) AS count FROM pull_requests p
       WHERE ${merged} AND ${isMeant('p.author')} GROUP BY p.author`,
      authors,
    ),
    count(
      `SELECT p.repository AS name, count(*) AS count FROM pull_requests p
       WHERE ${merged} AND ${isMeant('p.repository')} GROUP BY p.repository`,
      repositories,
    ),
    count(
      `SELECT p.repository AS name, count(*) AS count FROM pull_requests p
       WHERE ${merged} AND p.destination_branch = p.default_branch_at_merge AND ${isMeant('p.repository')}
       GROUP BY p.repository`,
      repositories,
    ),
    count(
      `SELECT a.actor AS name, count(*) AS count FROM pull_request_acts a
       JOIN pull_requests p ON p.workspace = a.workspace AND p.repository = a.repository AND p.number = a.number
       WHERE ${merged} AND a.kind IN ('approval', 'changes_request', 'comment') AND ${isMeant('a.actor')}
       GROUP BY a.actor`,
      actors,
    ),
  ]);
  const deployments = toMap(deployed);
  return {
    byAuthor: toMap(byAuthor),
    activitiesBy: toMap(said),
    byRepository: new Map(
      byRepository.map(({ name, count: pullRequests }) => [
        name,
        { pullRequests: pullRequests, deployments: deployments.get(name) ?? 0 },
      ]),
    ),
  };
}

function toMap(counted: readonly Counted[]): ReadonlyMap<string, number> {
  return new Map(counted.map(({ name, count }) => [name, count]));
}
