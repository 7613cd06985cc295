import type { Sight } from '../../domain/people/sight';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { PersonStore } from '../people/person-store';
import { pullRequestTeams } from '../schema/pull-requests';
import { ActivityRows } from './activity-rows';
import { CommitLists } from './commit-lists';
import { learnFacts, listNumbers, type Learnt } from './learn-facts';
import { listChanges, PullRequestRows, type RepositoryKey } from './pull-request-rows';
import type { PullRequestFacts, TeamsOfMerge } from './saved-rows';

/**
 * Writes down what was learnt of pull requests. However much that is, each row is loaded once and written once, and
 * the workspace gets one new version.
 */
export class PullRequestWriter {
  readonly #database: Database;
  readonly #rows: PullRequestRows;
  readonly #activities: ActivityRows;
  readonly #commits: CommitLists;
  readonly #people: PersonStore;

  constructor(database: Database) {
    this.#database = database;
    this.#rows = new PullRequestRows(database);
    this.#activities = new ActivityRows(database);
    this.#commits = new CommitLists(database);
    this.#people = new PersonStore(database);
  }

  /** Of pull requests not yet known, snapshots and activities are kept, and nothing else. */
  async save(key: RepositoryKey, facts: PullRequestFacts, tx: Transaction): Promise<void> {
    const numbers = listNumbers(facts);
    if (numbers.length === 0) return;
    await this.#rows.hold(key.workspace, tx);
    const before = await this.#rows.load(key, numbers, tx);
    const learnt = learnFacts(key, before, facts);
    const [inActivities, inCommits] = [
      await this.#activities.learn(key, facts, tx),
      await this.#commits.replace(key, toLists(facts, learnt), tx),
    ];
    const touched = new Set([...inActivities, ...inCommits]);
    await this.#rows.save(key.workspace, listChanges(before, learnt.rows, touched), tx);
    await this.#saveTeams(key, learnt.teams, tx);
    await this.#people.saveAll(key.workspace, listSights(facts), tx);
  }

  /** The row of one as it would be if these facts were saved now; `null`: it would not be known. */
  async foresee(key: RepositoryKey, number: number, facts: PullRequestFacts) {
    return learnFacts(key, await this.#rows.load(key, [number]), facts).rows.get(number) ?? null;
  }

  async #saveTeams(key: RepositoryKey, merges: readonly TeamsOfMerge[], tx: Transaction): Promise<void> {
    const rows = merges.flatMap(({ number, teams }) => [...new Set(teams)].map((team) => ({ ...key, number, team })));
    await this.#database.insert(pullRequestTeams, rows, { onConflict: 'keep', tx });
  }
}

function toLists({ commits = [] }: PullRequestFacts, { rows }: Learnt) {
  const known = commits.filter(({ number }) => rows.has(number));
  return new Map(known.map(({ number, commits: list, seenAt }) => [number, { commits: list, seenAt: seenAt ?? null }]));
}

/** Everybody whom the facts name, each as of then. */
function listSights({ snapshots = [], activities = [] }: PullRequestFacts): Sight[] {
  const authors = snapshots.map(({ author, updatedAt }) => ({ person: author, at: updatedAt }));
  const actors = activities.map(({ activity }) => ({ person: activity.actor, at: activity.at }));
  return [...authors, ...actors].flatMap(({ person, at }) => (person === null ? [] : [{ person, at }]));
}
