import type { Activity } from '../../../src/domain/pull-requests/activity';
import type {
  OpenPullRequest,
  PullRequestHistory,
  RecordedPullRequest,
} from '../../../src/domain/pull-requests/pull-request-history';
import { aHash, aMergedPullRequest, anInstant, aRepositoryUuid, day, hour } from '../builders';

/**
 * Lives of pull requests as tables of activities. Opened by Ada at `anInstant`, merged a day later; "robot" is ignored.
 */
export const theAuthor = '{ada}';
export const theIgnored: ReadonlySet<string> = new Set(['{robot}']);

const bare = { isInline: false, isDeleted: false, isGone: false, state: null, sourceHash: null, isDraft: null };

/** What people do, in the words of the tables. */
const deeds = {
  approves: { ...bare, kind: 'approval' },
  unapproves: { ...bare, kind: 'approval_withdrawn' },
  requests: { ...bare, kind: 'changes_request' },
  unrequests: { ...bare, kind: 'changes_request_withdrawn' },
  comments: { ...bare, kind: 'comment' },
  annotates: { ...bare, kind: 'comment', isInline: true },
  'commented-deleted': { ...bare, kind: 'comment', isDeleted: true },
  'annotated-deleted': { ...bare, kind: 'comment', isInline: true, isDeleted: true },
  'approved-gone': { ...bare, kind: 'approval', isGone: true },
  'requested-gone': { ...bare, kind: 'changes_request', isGone: true },
  pushes: { ...bare, kind: 'update', state: 'OPEN', sourceHash: 'bbbbbbbbbbbb' },
  queues: { ...bare, kind: 'update', state: 'QUEUED' },
  'drafts-by-word': { ...bare, kind: 'update', state: 'DRAFT' },
  drafts: { ...bare, kind: 'update', state: 'OPEN', isDraft: true },
  readies: { ...bare, kind: 'update', state: 'OPEN', isDraft: false },
} as const satisfies Readonly<Record<string, Omit<Activity, 'at' | 'actorUuid'>>>;
export type Deed = keyof typeof deeds;
export const allDeeds = Object.keys(deeds) as readonly Deed[];

/**
 * `hours since the opening, who, what`: "2 rita approves; 3:00:20 ? comments", hours alone or with minutes and seconds.
 * `?` is an unknown person; what is "gone" Bitbucket no longer shows as in force.
 */
export function readActivities(table: string): Activity[] {
  const lines = table.split(';').map((line) => line.trim());
  return lines.filter((line) => line !== '').map(toActivity);
}

/** One activity; `hours` may have a fraction. */
export function aDeed(hours: number, who: string, deed: Deed): Activity {
  return { ...deeds[deed], at: anInstant + Math.round(hours * hour), actorUuid: who === '?' ? null : `{${who}}` };
}

function toActivity(line: string): Activity {
  const [hours, who = '?', word] = line.split(/\s+/);
  const deed = allDeeds.find((one) => one === word);
  if (deed === undefined) {
    throw new Error(`No activity: ${line}`);
  }
  const [whole = Number.NaN, minutes = 0, seconds = 0] = (hours ?? '').split(':').map(Number);
  return aDeed(whole + minutes / 60 + seconds / 3_600, who, deed);
}

/** Open. */
export function aHistory(table: string, overrides: Partial<PullRequestHistory> = {}): PullRequestHistory {
  return {
    authorUuid: theAuthor,
    state: 'OPEN',
    isDraft: false,
    firstCommitAt: anInstant - 2 * hour,
    openedAt: anInstant,
    mergedAt: null,
    closedAt: null,
    activities: readActivities(table),
    ...overrides,
  };
}

export function aRecordedPullRequest(table: string, overrides: Partial<RecordedPullRequest> = {}): RecordedPullRequest {
  return {
    ...aMergedPullRequest({ authorUuid: theAuthor, mergedAt: anInstant + day }),
    destinationBranch: 'main',
    isDraft: false,
    firstCommitAt: anInstant - 2 * hour,
    linesChanged: 40,
    activities: readActivities(table),
    changes: [1, 2].map((number) => ({ changeId: aHash(number), createdAt: anInstant - number * hour })),
    ...overrides,
  };
}

export function anOpenPullRequest(table: string, overrides: Partial<OpenPullRequest> = {}): OpenPullRequest {
  return {
    ...aHistory(table),
    repositoryUuid: aRepositoryUuid,
    number: 1,
    title: 'Count the drums',
    destinationBranch: 'main',
    isQueued: false,
    commitCount: 2,
    lastCommitAt: anInstant - hour,
    linesChanged: 40,
    reviewerUuids: null,
    ...overrides,
  };
}
