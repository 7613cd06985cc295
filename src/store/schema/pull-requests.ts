import type { PullRequestState } from '../../domain/pull-requests/pull-request';
import type { PullRequestActivity } from '../../domain/pull-requests/pull-request-activity';
import { bigint, defineTable, flag, integer, named, orNull, text, type Column, type RowOf } from '../database/table';
import { ofARepository } from './repositories';

const ofAPullRequest = { ...ofARepository, number: bigint };

const always = {
  ...ofAPullRequest,
  title: text(),
  state: text<PullRequestState>(),
  isDraft: flag,
  isQueued: flag,
  openedAt: bigint,
  updatedAt: bigint,
  /** Precedence of the newest snapshot, as the domain computes it. */
  seen: bigint,
};

/** Fields that a snapshot may not know. */
const knowable = {
  author: orNull(text()),
  closedAt: orNull(bigint),
  sourceBranch: orNull(text()),
  sourceHash: orNull(text()),
  sourceRepository: orNull(text()),
  sourceFullName: orNull(text()),
  destinationBranch: orNull(text()),
  destinationHash: orNull(text()),
  destinationRepository: orNull(text()),
  destinationFullName: orNull(text()),
  mergeHash: orNull(text()),
  diffstatUrl: orNull(text()),
  standing: orNull(text()),
  reviewers: orNull(text()),
};
export type KnowableField = keyof typeof knowable;
export const knowableFields = Object.keys(knowable) as readonly KnowableField[];

/** Each of them remembers how new the snapshot was that told it; `null`: the row's own `seen`. */
const seenOfKnowable = Object.fromEntries(knowableFields.map((field) => [`${field}Seen`, orNull(bigint)])) as {
  readonly [Field in KnowableField as `${Field}Seen`]: Column<number | null>;
};

/** What the other sources tell. */
const learnt = {
  mergedByActivityAt: orNull(bigint),
  mergedByMergeCommitAt: orNull(bigint),
  mergedByClosedOnAt: orNull(bigint),
  mergedByNoticeAt: orNull(bigint),
  /** `null` unless it is merged and a source told when. */
  mergedAt: orNull(bigint),
  /** The source head that its commits were read at. */
  commitsHead: orNull(text()),
  commitsState: text<'unread' | 'complete' | 'incomplete'>(),
  /** The earliest author date ever seen among its commits. */
  firstCommitAt: orNull(bigint),
  defaultBranchAtMerge: orNull(text()),
  teamsAsOf: orNull(text<'merge' | 'import'>()),
  /** When what was so at the merge was written down; only then it may be a deployment. */
  mergeRecordedAt: named('sealed_at', orNull(bigint)),
  linesAdded: orNull(bigint),
  linesRemoved: orNull(bigint),
  sizeProblem: orNull(text()),
  /** Of the source head that the size, or its problem, was read at; `null`: never tried. */
  sizeHead: orNull(text()),
  /** The version of the workspace in which the row, or one of its lists, changed last. */
  changedIn: bigint,
};

export const pullRequests = defineTable('pull_requests', ['workspace', 'repositoryUuid', 'number'], {
  ...always,
  ...knowable,
  ...seenOfKnowable,
  ...learnt,
});
export type PullRequestRow = RowOf<typeof pullRequests>;
/** What snapshots tell. */
export type SnapshotRow = Omit<PullRequestRow, keyof typeof learnt>;

/** Of each repository with a pull request: counted along with each that is written. */
export const pullRequestCounts = defineTable('pull_request_counts', ['workspace', 'repositoryUuid'], {
  ...ofARepository,
  total: bigint,
  merged: bigint,
  open: bigint,
  /** Merged ones whose commits were not read yet. */
  unreadCommits: bigint,
  /** Merged and open ones whose size was not tried at their source head yet. */
  unsized: bigint,
});
export type CountsRow = RowOf<typeof pullRequestCounts>;

export const pullRequestCommits = defineTable(
  'pull_request_commits',
  ['workspace', 'repositoryUuid', 'number', 'position'],
  {
    ...ofAPullRequest,
    position: integer,
    hash: text(),
    authoredAt: bigint,
    /** When it was first seen in a list of the pull request; `null`: nobody knows. */
    seenAt: orNull(bigint),
  },
);

export const pullRequestActivities = defineTable(
  'pull_request_acts',
  ['workspace', 'repositoryUuid', 'number', 'key'],
  {
    ...ofAPullRequest,
    key: text(),
    kind: text<PullRequestActivity['kind']>(),
    at: bigint,
    actor: orNull(text()),
    isInline: flag,
    isDeleted: flag,
    state: orNull(text()),
    sourceHash: orNull(text()),
    isDraft: orNull(flag),
    /** When a whole reading no longer showed it. */
    goneAt: orNull(bigint),
  },
);
export type ActivityRow = RowOf<typeof pullRequestActivities>;

export const pullRequestTeams = defineTable('pull_request_teams', ['workspace', 'repositoryUuid', 'number', 'team'], {
  ...ofAPullRequest,
  team: text(),
});

/** The UTC months `YYYY-MM` that ever held a merge, each with the version of its last change. */
export const factMonths = defineTable('fact_months', ['workspace', 'month'], {
  workspace: text(),
  month: text(),
  version: bigint,
});
