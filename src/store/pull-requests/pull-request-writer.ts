import { formatDeployId } from '../../domain/deployments/deploy-id';
import type { Sight } from '../../domain/people/sight';
import type { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { PersonStore } from '../people/person-store';
import { pullRequestTeams } from '../schema/pull-requests';
import { ActivityRows } from './activity-rows';
import { CommitLists, type ReadList } from './commit-lists';
import { learnFacts, listKeys, type Learnt } from './learn-facts';
import { listChanges, PullRequestRows, type RepositoryKey, type Rows } from './pull-request-rows';
import type { PullRequestFacts, RepositoryFacts } from './saved-rows';

/**
 * Writes down what was learnt of pull requests. However much that is, and of how many repositories, each row is loaded
 * once and written once, a statement a table, and the workspace gets one new version.
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
  async save(workspace: string, learnt: readonly RepositoryFacts[], tx: Transaction): Promise<void> {
    const keys = listKeys(learnt);
    if (keys.length === 0) return;
    await this.#rows.hold(workspace, tx);
    const before = await this.#rows.load(workspace, keys, tx);
    const { rows, teams } = learnFacts(workspace, before, learnt);
    const [inActivities, inCommits] = [
      await this.#activities.learn(workspace, learnt, tx),
      await this.#commits.replace(workspace, listCommitLists(learnt, rows), tx),
    ];
    const touched = new Set([...inActivities, ...inCommits]);
    await this.#rows.save(workspace, listChanges(before, rows, touched), tx);
    await this.#saveTeams(teams, tx);
    await this.#people.saveAll(workspace, learnt.flatMap(listSights), tx);
  }

  /** The row of one as it would be if these facts were saved now; `null`: it would not be known. */
  async foresee({ workspace, repositoryUuid }: RepositoryKey, number: number, facts: PullRequestFacts) {
    const key = { repositoryUuid, number };
    const before = await this.#rows.load(workspace, [key]);
    return learnFacts(workspace, before, [{ repositoryUuid, facts }]).rows.get(formatDeployId(key)) ?? null;
  }

  async #saveTeams(merges: Learnt['teams'], tx: Transaction): Promise<void> {
    const rows = merges.flatMap(({ workspace, repositoryUuid, number, teams }) =>
      [...new Set(teams)].map((team) => ({ workspace, repositoryUuid, number, team })),
    );
    await this.#database.insert(pullRequestTeams, rows, { onConflict: 'keep', tx });
  }
}

/** Of the pull requests that are known. */
function listCommitLists(learnt: readonly RepositoryFacts[], rows: Rows): ReadList[] {
  return learnt
    .flatMap(({ repositoryUuid, facts }) =>
      (facts.commits ?? []).map(({ number, commits, seenAt = null }) => ({ repositoryUuid, number, commits, seenAt })),
    )
    .filter((list) => rows.has(formatDeployId(list)));
}

/** Everybody whom the facts name, each as of then. */
function listSights({ facts: { snapshots = [], activities = [] } }: RepositoryFacts): Sight[] {
  const authors = snapshots.map(({ author, updatedAt }) => ({ person: author, at: updatedAt }));
  const reviewers = snapshots.flatMap(({ reviewers: asked, updatedAt }) =>
    (asked ?? []).map((person) => ({ person, at: updatedAt })),
  );
  const actors = activities.map(({ activity }) => ({ person: activity.actor, at: activity.at }));
  return [...authors, ...reviewers, ...actors].flatMap(({ person, at }) => (person === null ? [] : [{ person, at }]));
}
