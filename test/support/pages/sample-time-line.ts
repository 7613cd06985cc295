import type { PullRequestTimeLine } from '../../../src/reporting/time-line/time-line';
import { buildOpenItem } from './sample-reviews';
import { sampleSystem } from './sample-overview';

const hour = 3_600_000;
const ada = { uuid: '{a0000000-0000-4000-8000-00000000000a}', displayName: 'Ada' };
const bo = { uuid: '{b0000000-0000-4000-8000-00000000000b}', displayName: 'Bo' };
const at = (text: string): number => Date.parse(`${text}:00.000Z`);
const plain = { isInline: false, change: null, notCounted: null, replacedBy: null } as const;

const phasesSoFar: Pick<PullRequestTimeLine, 'spans' | 'seconds' | 'usual'> = {
  spans: [
    { phase: 'coding', startAt: at('2026-11-15T00:20'), endAt: at('2026-11-15T06:20') },
    { phase: 'waiting_for_first_review', startAt: at('2026-11-15T06:20'), endAt: at('2026-11-16T06:20') },
    { phase: 'waiting_for_author', startAt: at('2026-11-16T06:20'), endAt: at('2026-11-18T10:20') },
  ],
  seconds: {
    coding: 6 * 3600,
    draft: 0,
    waiting_for_first_review: 24 * 3600,
    in_review: 0,
    waiting_for_author: 52 * 3600,
    approved: 0,
    in_merge_queue: 0,
    waiting_for_deployment: 0,
  },
  usual: {
    seconds: {
      coding: 4 * 3600,
      draft: 0,
      waiting_for_first_review: 5 * 3600,
      in_review: 3600,
      waiting_for_author: 7200,
      approved: 3600,
      in_merge_queue: 0,
      waiting_for_deployment: null,
    },
    n: 58,
  },
};

/** An open pull request that waits for its author since changes were requested, two days and four hours ago. */
export function buildTimeLine(change: Partial<PullRequestTimeLine> = {}): PullRequestTimeLine {
  return {
    number: 7,
    title: 'Charge in euros',
    url: `${sampleSystem.url}/pull-requests/7`,
    state: 'OPEN',
    draft: false,
    queued: false,
    author: ada,
    destination: 'main',
    firstCommitAt: at('2026-11-15T00:20'),
    openedAt: at('2026-11-15T06:20'),
    mergedAt: null,
    deployment: null,
    ...phasesSoFar,
    waitsIn: { phase: 'waiting_for_author', since: at('2026-11-16T06:20') },
    events: [
      { kind: 'first_commit', at: at('2026-11-15T00:20'), actor: null, ...plain },
      { kind: 'opened', at: at('2026-11-15T06:20'), actor: ada, ...plain },
      {
        kind: 'comment',
        at: at('2026-11-15T06:20') + hour,
        actor: ada,
        ...plain,
        isInline: true,
        notCounted: 'author',
      },
      { kind: 'changes_request', at: at('2026-11-16T06:20'), actor: bo, ...plain },
    ],
    item: buildOpenItem(7, { title: 'Charge in euros', phase: 'reviewed', reviews: 1 }),
    corrections: [],
    ...change,
  };
}

/** A pull request that was merged and, by that, deployed. */
export function buildDeployedTimeLine(change: Partial<PullRequestTimeLine> = {}): PullRequestTimeLine {
  const open = buildTimeLine();
  const mergedAt = at('2026-11-17T06:20');
  return {
    ...open,
    state: 'MERGED',
    mergedAt,
    deployment: { deployId: `${sampleSystem.uuid}/pullrequests/7`, at: mergedAt },
    spans: [...open.spans.slice(0, 2), { phase: 'approved', startAt: at('2026-11-16T06:20'), endAt: mergedAt }],
    seconds: { ...open.seconds, waiting_for_author: 0, approved: 24 * 3600 },
    waitsIn: null,
    item: null,
    ...change,
  };
}
