/*
 * The facts that the second calculation works on. It is written from docs/definitions.md alone and imports nothing of the
 * product; where the names are those of the product's own facts, these can be handed in as they are.
 */

export interface NaiveSystem {
  readonly uuid: string;
  readonly slug: string;
  readonly name: string;
}

export interface NaiveChange {
  readonly changeId: string;
  /** Milliseconds since 1970 in UTC, as all instants here. */
  readonly createdAt: number;
}

/** Something that somebody did to a pull request. */
export interface NaiveActivity {
  readonly kind:
    'update' | 'comment' | 'approval' | 'changes_request' | 'approval_withdrawn' | 'changes_request_withdrawn';
  readonly at: number;
  /** `null`: nobody known. */
  readonly actorUuid: string | null;
  readonly isInline: boolean;
  readonly isDeleted: boolean;
  /** Bitbucket no longer shows it. */
  readonly isGone: boolean;
  /** Updates only: the state after it, and whether it was a draft, as far as told. */
  readonly state: string | null;
  readonly isDraft: boolean | null;
}

export interface NaivePullRequest {
  readonly system: NaiveSystem;
  readonly number: number;
  readonly title: string;
  readonly sourceBranch: string | null;
  readonly destinationBranch: string | null;
  readonly openedAt: number;
  readonly changes: readonly NaiveChange[];
  readonly isComplete: boolean;
  /** Slugs. */
  readonly teams: readonly string[];
}

/** What of a pull request reviews and phases are counted from. */
export interface NaiveHistory {
  readonly authorUuid: string | null;
  readonly isDraft: boolean;
  /** The earliest author date; `null`: no commit is known. */
  readonly firstCommitAt: number | null;
  /** Added and removed; `null`: not known. */
  readonly linesChanged: number | null;
  readonly activities: readonly NaiveActivity[];
}

export interface NaiveMerge extends NaivePullRequest {
  readonly mergedAt: number;
  /** Merged into the default branch. */
  readonly isDeployment: boolean;
}

/** A merged pull request with its reviews. */
export type NaiveReviewedMerge = NaiveMerge & NaiveHistory;

export interface NaiveIncident {
  readonly createdAt: number;
  readonly resolvedAt: number;
  readonly source: 'revert' | 'naming_convention';
  /** `null`: unlinked. */
  readonly blamed: NaiveMerge | null;
  readonly fix: NaiveMerge;
}

export interface NaiveQuestion {
  /** `YYYY-MM-DD`, both included. */
  readonly from: string;
  readonly to: string;
  readonly interval: 'day' | 'week' | 'month';
  readonly zone: string;
  /** Uuids and slugs; `null`: all. */
  readonly systems: readonly string[] | null;
  /** Slugs; none: all. */
  readonly teams: readonly string[];
  /** Default: `dora-2021`. */
  readonly table?: 'dora-2021' | 'dora-2024';
}

export function formatDeployId({ system, number }: Pick<NaivePullRequest, 'system' | 'number'>): string {
  return `${system.uuid}/pullrequests/${number}`;
}

/** Whether a pull request, or the deployment that it is, passes the filters of a question. */
export function passes(
  { system, teams }: Pick<NaivePullRequest, 'system' | 'teams'>,
  question: Pick<NaiveQuestion, 'systems' | 'teams'>,
): boolean {
  const isOfSystem =
    question.systems === null || question.systems.includes(system.uuid) || question.systems.includes(system.slug);
  return isOfSystem && (question.teams.length === 0 || teams.some((team) => question.teams.includes(team)));
}
