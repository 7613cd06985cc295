import type { Person } from '../../../src/domain/people/person';
import type { PullRequestActivity } from '../../../src/domain/pull-requests/pull-request-activity';
import type { Stores } from '../../../src/store/stores';
import { aHash, aPerson, aRepository, aRepositoryUuid, aWorkspaceUuid, anActivity, webUuid } from '../builders';
import { savePullRequest } from './saved-pull-requests';

/** What the world is looked at from. */
export const reviewedNow = Date.parse('2026-11-22T12:00:00Z');

export const ada = aPerson();
export const bo = aPerson({ uuid: '{44444444-4444-4444-8444-444444444444}', displayName: 'Bo', accountId: null });
export const cy = aPerson({ uuid: '{66666666-6666-4666-8666-666666666666}', displayName: '=Cy', accountId: null });
export const robot: Person = {
  ...{ uuid: '{77777777-7777-4777-8777-777777777777}', displayName: 'Robot' },
  ...{ accountId: null, type: 'app_user' },
};

/** An instant of November 2026: day, then the time in UTC. */
export function november(day: number, time: string): number {
  return Date.parse(`2026-11-${String(day).padStart(2, '0')}T${time}Z`);
}

export function activity(
  kind: PullRequestActivity['kind'],
  actor: Person,
  more: Partial<PullRequestActivity> & Pick<PullRequestActivity, 'at'>,
): PullRequestActivity {
  return anActivity({ key: `${kind}:${actor.uuid}:${more.at}`, kind, actor, ...more });
}

/**
 * Two repositories in the week of 2 to 8 November and the days after it. Merged, with their numbers by hand:
 *
 * - #1 of Drums, Ada's, 2 Nov 10:00 to 3 Nov 10:00, a deployment. 2 h coding, 2 h until Bo's first review, 1 h until
 *   Ada's push, 3 h in review, 18 h approved. Reviews: Bo's inline comment, changes request and approval, and Cy's
 *   approval; comments: Ada's and Bo's. Robot's comment counts nowhere.
 * - #2 of Drums, Bo's, 4 Nov 00:00 to 12:00, to `develop`, a draft all the time, without commits or size.
 * - #3 of Drums, Ada's, 5 Nov 10:00 to 22:00, to `develop`; its commit is dated after its opening. Cy's approval is
 *   taken back, Bo's of 14:00 stands. Deployed by #4 a day after its merge.
 * - #4 of Drums, Ada's, 6 Nov 20:00 to 22:00, a deployment with the commit of #3 and its own. Without a review.
 *
 * Open: #10 of Drums (Ada's, approved by Bo, in the merge queue), #11 of Drums (Bo's, a draft), #12 of Web (Cy's,
 * reviewed by Ada).
 */
export async function saveReviewedWorld(stores: Stores): Promise<void> {
  await stores.repositories.saveAll(aWorkspaceUuid, [
    aRepository(),
    aRepository({ uuid: webUuid, slug: 'web', name: '=Web, "the" one', fullName: 'acme/web' }),
  ]);
  await saveMerged(stores);
  await saveOpen(stores);
}

async function saveMerged(stores: Stores): Promise<void> {
  await savePullRequest(stores, aRepositoryUuid, {
    ...{ number: 1, openedAt: november(2, '10:00'), mergedAt: november(3, '10:00'), lines: [10, 5] },
    commits: [
      { hash: aHash(1), authoredAt: november(2, '08:00') },
      { hash: aHash(2), authoredAt: november(2, '09:00') },
    ],
    activities: [
      activity('update', ada, { at: november(2, '10:00'), state: 'OPEN', sourceHash: 'a'.repeat(12) }),
      activity('comment', robot, { at: november(2, '10:30'), isInline: true }),
      activity('comment', ada, { at: november(2, '11:00') }),
      activity('comment', bo, { at: november(2, '12:00'), isInline: true }),
      activity('changes_request', bo, { at: november(2, '12:30') }),
      activity('update', ada, { at: november(2, '13:00'), state: 'OPEN', sourceHash: 'b'.repeat(12) }),
      activity('approval', cy, { at: november(2, '16:00') }),
      activity('approval', bo, { at: november(2, '18:00') }),
      activity('update', bo, { at: november(3, '10:00'), state: 'MERGED' }),
    ],
  });
  await savePullRequest(stores, aRepositoryUuid, {
    ...{ number: 2, openedAt: november(4, '00:00'), mergedAt: november(4, '12:00') },
    ...{ author: bo, isDraft: true, destination: 'develop' },
  });
  await savePullRequest(stores, aRepositoryUuid, {
    ...{ number: 3, openedAt: november(5, '10:00'), mergedAt: november(5, '22:00'), lines: [4, 0] },
    ...{ destination: 'develop', commits: [{ hash: aHash(31), authoredAt: november(5, '12:00') }] },
    activities: [
      activity('approval', cy, { at: november(5, '11:00') }),
      activity('approval_withdrawn', cy, { at: november(5, '13:00') }),
      activity('approval', bo, { at: november(5, '14:00') }),
    ],
  });
  await savePullRequest(stores, aRepositoryUuid, {
    ...{ number: 4, openedAt: november(6, '20:00'), mergedAt: november(6, '22:00'), lines: [20, 0] },
    sourceBranch: 'hotfix/late',
    commits: [
      { hash: aHash(31), authoredAt: november(5, '12:00') },
      { hash: aHash(41), authoredAt: november(6, '19:00') },
    ],
  });
}

async function saveOpen(stores: Stores): Promise<void> {
  await savePullRequest(stores, aRepositoryUuid, {
    ...{ number: 10, openedAt: november(20, '12:00'), lines: [3, 4], isQueued: true },
    commits: [{ hash: aHash(100), authoredAt: november(20, '11:00') }],
    activities: [activity('approval', bo, { at: november(21, '12:00') })],
  });
  await savePullRequest(stores, aRepositoryUuid, {
    ...{ number: 11, openedAt: november(22, '06:00'), author: bo, isDraft: true },
  });
  await savePullRequest(stores, webUuid, {
    ...{ number: 12, openedAt: november(1, '12:00'), author: cy, title: '=SUM(1)' },
    activities: [
      activity('comment', ada, { at: november(10, '12:00'), isInline: true }),
      activity('comment', robot, { at: november(22, '11:00') }),
    ],
  });
}
