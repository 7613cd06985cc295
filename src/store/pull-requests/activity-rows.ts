import { formatDeployId } from '../../domain/deployments/deploy-id';
import { applyWholeReading, mergeActivities } from '../../domain/pull-requests/merge-activities';
import type { PullRequestActivity } from '../../domain/pull-requests/pull-request-activity';
import type { Database } from '../database/database';
import { selectList, toRows } from '../database/table';
import type { Transaction } from '../database/transaction';
import { selectPerson, toPerson, type WithPerson } from '../people/joined-person';
import { pullRequestActivities, type ActivityRow } from '../schema/pull-requests';
import type { RepositoryKey } from './pull-request-rows';
import { findOfKeys } from './find-of-keys';
import { listKeys } from './learn-facts';
import type { PullRequestKey } from './read-recorded';
import type { PullRequestFacts, RepositoryFacts } from './saved-rows';

/** An activity as it is stored. */
export interface StoredActivity extends PullRequestActivity {
  /** A whole reading no longer showed it, or no longer as in force. */
  readonly isGone: boolean;
}

const fields = Object.keys(pullRequestActivities.columns) as readonly (keyof ActivityRow)[];

type Told = Pick<PullRequestFacts, 'activities' | 'wholeReadings'>;

/** The activities of pull requests. */
export class ActivityRows {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Merges the activities into what is stored, and after whole readings marks what these no longer showed; gives the
   * ids of the pull requests where that changed something.
   */
  async learn(workspace: string, learnt: readonly RepositoryFacts<Told>[], tx: Transaction): Promise<Set<string>> {
    const told = learnt.map(({ repositoryUuid, facts: { activities = [], wholeReadings = [] } }) => {
      return { repositoryUuid, facts: { activities, wholeReadings } };
    });
    const keys = listKeys(told);
    if (keys.length === 0) return new Set();
    const before = await this.#load(workspace, keys, tx);
    const after = new Map(before);
    for (const { repositoryUuid, facts } of told) learnOf({ workspace, repositoryUuid }, after, facts);
    const changed = [...after].filter(([id, row]) => isDifferent(before.get(id), row)).map(([, row]) => row);
    await this.#database.insert(pullRequestActivities, changed, { onConflict: 'overwrite', tx });
    return new Set(changed.map(formatDeployId));
  }

  /** In the order of time. */
  async list(key: RepositoryKey, number: number, tx?: Transaction): Promise<StoredActivity[]> {
    // Joined with the people.
    const rows = await this.#database.read<WithPerson<ActivityRow>>(
      `SELECT ${selectList(pullRequestActivities, 'a')}, ${selectPerson}
       FROM pull_request_acts a LEFT JOIN people person ON person.workspace = a.workspace AND person.uuid = a.actor
       WHERE a.workspace = $1 AND a.repository = $2 AND a.number = $3 ORDER BY a.at, a.key`,
      [key.workspace, key.repositoryUuid, number],
      tx,
    );
    return toRows(pullRequestActivities, rows).map(toActivity);
  }

  async #load(workspace: string, keys: readonly PullRequestKey[], tx: Transaction): Promise<Map<string, ActivityRow>> {
    const rows = await findOfKeys(this.#database, pullRequestActivities, { workspace, keys }, tx);
    return new Map(rows.map((row) => [toActivityId(row), row]));
  }
}

function learnOf(
  key: RepositoryKey,
  rows: Map<string, ActivityRow>,
  { activities = [], wholeReadings = [] }: Told,
): void {
  for (const { number, activity } of activities) {
    const row = toActivityRow(key, number, activity);
    rows.set(toActivityId(row), mergeActivities(rows.get(toActivityId(row)), row));
  }
  for (const reading of wholeReadings) {
    const isOfReading = ({ repositoryUuid, number }: ActivityRow) =>
      number === reading.number && repositoryUuid === key.repositoryUuid;
    const known = [...rows.values()].filter(isOfReading);
    for (const row of applyWholeReading(known, reading)) rows.set(toActivityId(row), row);
  }
}

function toActivityId(row: ActivityRow): string {
  return `${formatDeployId(row)}/${row.key}`;
}

function isDifferent(before: ActivityRow | undefined, after: ActivityRow): boolean {
  return before === undefined || fields.some((field) => before[field] !== after[field]);
}

function toActivityRow(key: RepositoryKey, number: number, { actor, ...activity }: PullRequestActivity): ActivityRow {
  return { ...key, number, ...activity, actor: actor?.uuid ?? null, goneAt: null };
}

function toActivity(row: WithPerson<ActivityRow>): StoredActivity {
  const { key, kind, at, isInline, isDeleted, state, sourceHash, isDraft, goneAt } = row;
  const actor = toPerson(row.actor, row);
  return { key, kind, at, actor, isInline, isDeleted, state, sourceHash, isDraft, isGone: goneAt !== null };
}
