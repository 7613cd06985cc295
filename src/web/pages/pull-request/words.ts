import type { Phase } from '../../../domain/reviews/phase';
import type { TimeLineEvent } from '../../../reporting/time-line/time-line';
import { formatCounted } from '../../presentation/format/numbers';

/** Every text of the page of one pull request, and of its panel in Bitbucket. */
export const words = {
  openInBitbucket: 'Open in Bitbucket',
  states: { OPEN: 'Open', MERGED: 'Merged', DECLINED: 'Declined', SUPERSEDED: 'Superseded' },
  about: (author: string, at: string, destination: string | null) =>
    `Opened by ${author} on ${at}${destination === null ? '' : `, into ${destination}`}.`,
  unknownAuthor: 'an unknown author',
  deletedAccount: 'a deleted account',
  phases: {
    heading: 'Phases',
    caption: 'The phases of this pull request, in order',
    heads: { phase: 'Phase', from: 'From', to: 'To', length: 'Length', usual: 'Usual here' },
    present: 'Present',
    bar: (pieces: readonly string[]) => `Phases in order: ${pieces.join(', ')}.`,
    piece: (phase: string, length: string) => `${phase}: ${length}`,
    usual: (n: number) =>
      n === 0
        ? nothingToCompare
        : `Usual: the median of all time in that phase, over the ${formatCounted(n, 'pull request')} of this repository merged in the last 90 days.`,
  },
  facts: {
    heading: 'Metrics',
    lines: 'Lines changed',
    commits: 'Commits',
    comments: 'Comments',
    reviews: 'Reviews',
    none: 'Did not happen.',
    contradicting: 'Left out: the dates contradict each other.',
    noLines: 'Not read yet, or Bitbucket gives none.',
    noCommits: 'Not read yet, or Bitbucket gives none.',
  },
  deployment: {
    own: (at: string) => `Deployed on ${at} as`,
    with: (at: string) => `Deployed on ${at} with`,
    page: (number: number) => `deployment #${number}`,
  },
  incidents: {
    elsewhere: 'a pull request of another repository, which is not shown here',
    blamed: 'Blamed for an incident, fixed by',
    fixed: 'Fixed an incident, blamed on',
    fixedUnlinked: 'Fixed an incident. No deployment before is known that could be blamed.',
  },
  panel: {
    title: (number: number) => `Pull request #${number}`,
    basis: (n: number) =>
      n === 0 ? nothingToCompare : `Usual: median of ${formatCounted(n, 'pull request')} merged here in 90 days.`,
    timeLine: 'Show the whole time line',
    noUsual: 'nothing to compare with',
    asUsual: (usual: string) => `as usual: ${usual}`,
    longer: (usual: string) => `longer than the usual ${usual}`,
    shorter: (usual: string) => `shorter than the usual ${usual}`,
  },
} as const;

const nothingToCompare = 'No pull request of this repository was merged in the last 90 days to compare with.';

/** What an open or merged pull request waits for, and what became of one that waits no longer. */
export const waitingWords = {
  sentence: ({ phase, since, length, reason }: Record<'since' | 'length' | 'reason', string> & { phase: Phase }) =>
    `${waits[phase]} since ${since} (${length}): ${reason}.`,
  reasons: {
    coding: 'not opened yet',
    draft: 'marked as a draft',
    waiting_for_first_review: 'nobody has reviewed yet',
    approved: 'approved, not merged yet',
    in_merge_queue: 'in the merge queue',
    waiting_for_deployment: 'merged, no deployment with this change is known',
  } satisfies Readonly<Record<Exclude<Phase, 'in_review' | 'waiting_for_author'>, string>>,
  commented: 'a reviewer commented on the code',
  changesRequested: 'changes were requested',
  pushed: 'the author pushed new commits',
  takenBack: 'a reviewer took an answer back',
  answered: 'the author has answered',
  reviewBegun: 'a review has begun',
  deployed: (day: string) => `Deployed on ${day}.`,
  merged: (day: string) => `Merged on ${day}.`,
  mergedUndated: 'Merged. Bitbucket does not tell when, so this pull request counts in no number.',
  ended: (state: string, day: string | null) =>
    `${new Map(Object.entries(ends)).get(state) ?? 'Closed'}${day === null ? '' : ` on ${day}`}.`,
} as const;

const ends = { DECLINED: 'Declined', SUPERSEDED: 'Superseded by another pull request' };

const waits: Readonly<Record<Phase, string>> = {
  coding: 'In coding',
  draft: 'Waiting for the author',
  waiting_for_first_review: 'Waiting for the first review',
  in_review: 'Waiting for the reviewers',
  waiting_for_author: 'Waiting for the author',
  approved: 'Waiting for the merge',
  in_merge_queue: 'Waiting for the merge',
  waiting_for_deployment: 'Waiting for the deployment',
};

/** The activity of a pull request. */
export const eventWords = {
  heading: 'Activity',
  notCounted: {
    bot: 'not counted: by a bot',
    author: 'not counted as a review: by the author',
    withdrawn: 'not counted: withdrawn later',
    deleted: 'not counted: deleted since',
    after_merge: 'not counted: after the merge',
    left_out: 'not counted: this person is left out by the settings',
    unknown_person: 'not counted: Bitbucket does not say by whom',
  } satisfies Readonly<Record<NonNullable<TimeLineEvent['notCounted']>, string>>,
  verbs: {
    first_commit: 'First commit',
    opened: 'Opened',
    approval: 'Approved',
    approval_withdrawn: 'Approval withdrawn',
    changes_request: 'Changes requested',
    changes_request_withdrawn: 'Request for changes withdrawn',
    merged: 'Merged',
    closed: 'Closed without a merge',
    deployed: 'Deployed',
  } satisfies Readonly<Record<Exclude<TimeLineEvent['kind'], 'update' | 'comment'>, string>>,
  changes: {
    push: 'New commits pushed',
    draft: 'Marked as a draft',
    ready: 'Marked as ready for review',
    queue: 'Added to the merge queue',
    unqueue: 'Removed from the merge queue',
    edit: 'Edited',
  } satisfies Readonly<Record<NonNullable<TimeLineEvent['change']>, string>>,
  comment: 'Comment',
  commentOnCode: 'Comment on the code',
  by: (name: string) => ` by ${name}`,
  deletedAccount: 'a deleted account',
  unknownActor: ' by somebody unknown',
  replacement: (isApproval: boolean, at: string) => `${isApproval ? 'approval' : 'request for changes'} of ${at}`,
  replacedApproval: (other: string) => `counted as a review, not as an approval: replaced by the ${other}`,
  replacedRequest: (other: string) => `counted as a review, no longer in force: replaced by the ${other}`,
  partOf: (other: string) => `part of the ${other}, changes nothing by itself`,
} as const;
