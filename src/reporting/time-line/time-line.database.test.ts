import { aRepositoryUuid, aWorkspaceUuid, hour } from '../../../test/support/builders';
import { ada, bo, cy, november, reviewedNow, robot } from '../../../test/support/facts/reviewed-world';
import type { TestStores } from '../../../test/support/test-database';
import { openReviewedReporting } from '../../../test/support/facts/reviewed-reporting';
import type { Reporting } from '../reporting';
import type { PullRequestTimeLine } from './time-line';

let stores: TestStores;
let reporting: Reporting;

beforeAll(async () => {
  ({ stores, reporting } = await openReviewedReporting());
});

afterAll(() => stores.close());

async function load(number: number): Promise<PullRequestTimeLine> {
  const found = await (await reporting.openWhole(aWorkspaceUuid, null)).readTimeLine(aRepositoryUuid, number);
  if (found === null) throw new Error(`There is no pull request ${number}.`);
  return found;
}

const name = ({ uuid, displayName }: { uuid: string; displayName: string | null }) => ({ uuid, displayName });

describe('a time line', () => {
  it('is not there for a pull request that is not there', async () => {
    expect(await (await reporting.openWhole(aWorkspaceUuid, null)).readTimeLine(aRepositoryUuid, 99)).toBeNull();
  });

  it('of a deployment tells each phase from the first commit to the merge', async () => {
    const found = await load(1);
    expect(found).toMatchObject({
      ...{ number: 1, state: 'MERGED', draft: false, author: name(ada), destination: 'main' },
      ...{ firstCommitAt: november(2, '08:00'), openedAt: november(2, '10:00'), mergedAt: november(3, '10:00') },
      deployment: { deployId: `${aRepositoryUuid}/pullrequests/1`, at: november(3, '10:00') },
      ...{ waitsIn: null, corrections: [], item: { id: 1, reviews: 4 } },
    });
    expect(found.spans.map(({ phase, startAt }) => [phase, startAt])).toEqual([
      ['coding', november(2, '08:00')],
      ['waiting_for_first_review', november(2, '10:00')],
      ['waiting_for_author', november(2, '12:00')],
      ['in_review', november(2, '13:00')],
      ['approved', november(2, '16:00')],
    ]);
    expect(found.seconds).toMatchObject({ coding: 7_200, in_review: 10_800, draft: 0, waiting_for_deployment: 0 });
    expect(Object.values(found.seconds).reduce((sum, seconds) => sum + seconds, 0)).toBe(26 * 3600);
  });

  it('names what happened, who did it, and why it counts nowhere', async () => {
    const { events } = await load(1);
    const seen = events.map(({ kind, at, actor, change, notCounted }) => [
      ...[kind, at, actor?.displayName ?? null, change, notCounted],
    ]);
    expect(seen).toEqual([
      ['first_commit', november(2, '08:00'), null, null, null],
      ['opened', november(2, '10:00'), ada.displayName, null, null],
      ['comment', november(2, '10:30'), robot.displayName, null, 'bot'],
      ['comment', november(2, '11:00'), ada.displayName, null, null],
      ['comment', november(2, '12:00'), bo.displayName, null, null],
      ['changes_request', november(2, '12:30'), bo.displayName, null, null],
      ['update', november(2, '13:00'), ada.displayName, 'push', null],
      ['approval', november(2, '16:00'), cy.displayName, null, null],
      ['approval', november(2, '18:00'), bo.displayName, null, null],
      ['merged', november(3, '10:00'), bo.displayName, null, null],
      ['deployed', november(3, '10:00'), null, null, null],
    ]);
  });

  it('goes on to the later deployment that holds its commits', async () => {
    const found = await load(3);
    expect(found.deployment).toEqual({ deployId: `${aRepositoryUuid}/pullrequests/4`, at: november(6, '22:00') });
    expect(found.spans.at(-1)).toEqual({
      ...{ phase: 'waiting_for_deployment', startAt: november(5, '22:00'), endAt: november(6, '22:00') },
    });
    expect(found.events.find(({ notCounted }) => notCounted === 'withdrawn')?.actor).toEqual(name(cy));
  });

  it('that was merged and is not known to be deployed waits for that', async () => {
    expect((await load(2)).waitsIn).toEqual({ phase: 'waiting_for_deployment', since: november(4, '12:00') });
  });

  it('of an open one ends now, and says what it waits in', async () => {
    const found = await load(10);
    expect(found).toMatchObject({
      state: 'OPEN',
      queued: true,
      mergedAt: null,
      deployment: null,
      item: { phase: 'approved' },
    });
    expect(found.spans.at(-1)).toEqual({
      ...{ phase: 'approved', startAt: november(21, '12:00'), endAt: reviewedNow },
    });
    // It is in a merge queue by its mark alone.
    expect(found.waitsIn).toMatchObject({ phase: 'in_merge_queue', since: november(21, '12:00') });
  });

  it('stands beside the median of its repository in the last 90 days', async () => {
    const { usual } = await load(10);
    expect(usual).toEqual({
      n: 4,
      seconds: {
        // Of 2 h, 0, 0 and 32 h, and so on.
        coding: 3_600,
        draft: 0,
        waiting_for_first_review: (1.5 * hour) / 1000,
        in_review: (0.5 * hour) / 1000,
        waiting_for_author: 0,
        approved: (5 * hour) / 1000,
        in_merge_queue: 0,
        waiting_for_deployment: 0,
      },
    });
  });

  it('of one that a correction leaves out is there, too, and names the correction', async () => {
    const correction = {
      ...{ kind: 'leave_out_pull_request' as const, subject: `${aRepositoryUuid}/pullrequests/4`, target: null },
      ...{ reason: 'By mistake', madeBy: null, madeAt: reviewedNow },
    };
    const id = (await stores.corrections.add(aWorkspaceUuid, correction)) ?? '';
    expect(await load(4)).toMatchObject({ corrections: [id], item: { id: 4 } });
    await stores.corrections.undo(aWorkspaceUuid, { id, by: null, now: reviewedNow });
    expect((await load(4)).corrections).toEqual([]);
  });
});
