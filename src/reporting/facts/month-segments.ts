import { computeReviewNumbers } from '../../domain/reviews/compute-review-numbers';
import type { Activity } from '../../domain/pull-requests/activity';
import type { RecordedPullRequest } from '../../domain/pull-requests/pull-request-history';
import type { ReviewedPullRequest } from '../../domain/reviews/review-numbers';
import type { PullRequestStore } from '../../store/pull-requests/pull-request-store';

interface Segment {
  readonly version: number;
  readonly rows: readonly ReviewedPullRequest[];
  /** Reviews and comments by the uuid of who made them, those that count nowhere too. */
  readonly activitiesBy: ReadonlyMap<string, number>;
}

/**
 * The merged pull requests of one workspace by UTC month, read again only where a month has changed. Their activities,
 * which are most of what is stored, are worked into numbers at once and not kept; so all is read again when other
 * people's activities are to be ignored, which is rare.
 */
export class MonthSegments {
  readonly #store: Pick<PullRequestStore, 'listMonths' | 'readMerged'>;
  readonly #workspace: string;
  #segments = new Map<string, Segment>();
  /** Whose activities were ignored; `null`: nothing was loaded yet. */
  #ignored: ReadonlySet<string> | null = null;

  constructor(store: Pick<PullRequestStore, 'listMonths' | 'readMerged'>, workspace: string) {
    this.#store = store;
    this.#workspace = workspace;
  }

  /** `ignored`: uuids of bots and of people left out. `null`: nothing has changed since the last time. */
  async load(ignored: ReadonlySet<string>): Promise<ReviewedPullRequest[] | null> {
    const months = await this.#store.listMonths(this.#workspace);
    const isSame = this.#ignored !== null && isSameSet(this.#ignored, ignored);
    if (isSame && months.every(({ month, version }) => this.#segments.get(month)?.version === version)) return null;
    const known = isSame ? this.#segments : new Map<string, Segment>();
    const segments = new Map<string, Segment>();
    for (const { month, version } of months) {
      const before = known.get(month);
      // A month that changes between the two readings is read again the next time.
      segments.set(month, before?.version === version ? before : await this.#read(month, { version, ignored }));
    }
    this.#segments = segments;
    this.#ignored = ignored;
    return this.list();
  }

  /** As of the last load. */
  list(): ReviewedPullRequest[] {
    return [...this.#segments.values()].flatMap(({ rows }) => rows);
  }

  /** How many reviews and comments each person made on merged pull requests, as of the last load. */
  countActivities(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { activitiesBy } of this.#segments.values()) {
      activitiesBy.forEach((count, uuid) => counts.set(uuid, (counts.get(uuid) ?? 0) + count));
    }
    return counts;
  }

  async #read(month: string, { version, ignored }: { version: number; ignored: ReadonlySet<string> }) {
    const recorded = await this.#store.readMerged(this.#workspace, month);
    const activitiesBy = countActivitiesBy(recorded.flatMap(({ activities }) => activities));
    return { version, rows: recorded.map((one) => toReviewed(one, ignored)), activitiesBy };
  }
}

/** Reviews and comments by the uuid of who made them; deleted and withdrawn ones too, those of nobody known not. */
export function countActivitiesBy(activities: readonly Activity[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { kind, actorUuid } of activities) {
    const isSaid = kind === 'approval' || kind === 'changes_request' || kind === 'comment';
    if (isSaid && actorUuid !== null) counts.set(actorUuid, (counts.get(actorUuid) ?? 0) + 1);
  }
  return counts;
}

/** When it was deployed, which takes all of the repository's merges to know, is added to the numbers later. */
function toReviewed(recorded: RecordedPullRequest, ignored: ReadonlySet<string>): ReviewedPullRequest {
  return {
    repositoryUuid: recorded.repositoryUuid,
    number: recorded.number,
    title: recorded.title,
    sourceBranch: recorded.sourceBranch,
    openedAt: recorded.openedAt,
    mergedAt: recorded.mergedAt,
    changes: recorded.changes,
    isComplete: recorded.isComplete,
    teams: recorded.teams,
    teamsAsOf: recorded.teamsAsOf,
    authorUuid: recorded.authorUuid,
    destinationBranch: recorded.destinationBranch,
    defaultBranchAtMerge: recorded.defaultBranchAtMerge,
    isDraft: recorded.isDraft,
    review: computeReviewNumbers(recorded, { ignored, deployedAt: null }),
  };
}

function isSameSet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((value) => other.has(value));
}
